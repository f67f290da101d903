"""Every read of M4: postings in `postings`, what a text demands in `check`, the words to demand it in `wording`."""

from kazipot.hiring.queries.candidates import (
    FirstYearNeed,
    candidate,
    candidates_of,
    first_year_needs,
    names_are_open,
    needs_of_new_people,
)
from kazipot.hiring.queries.check import check_text
from kazipot.hiring.queries.comparing import Missing, Passage, level_number, marked, missing
from kazipot.hiring.queries.gate import Gate, gate, latest_text, override_of, overrides, profile_levels, texts_of
from kazipot.hiring.queries.postings import (
    demands_of,
    failing_postings,
    posting_by_id,
    posting_facts,
    postings,
    postings_of_units,
    within,
)
from kazipot.hiring.queries.wording import Proposal, Wording, propose, wording_for, wordings

__all__ = [
    "FirstYearNeed",
    "Gate",
    "Missing",
    "Passage",
    "Proposal",
    "Wording",
    "candidate",
    "candidates_of",
    "check_text",
    "demands_of",
    "failing_postings",
    "first_year_needs",
    "gate",
    "latest_text",
    "level_number",
    "marked",
    "missing",
    "names_are_open",
    "needs_of_new_people",
    "override_of",
    "overrides",
    "posting_by_id",
    "posting_facts",
    "postings",
    "postings_of_units",
    "profile_levels",
    "propose",
    "texts_of",
    "within",
    "wording_for",
    "wordings",
]
