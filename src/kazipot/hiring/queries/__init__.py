"""Every read of M4."""

from kazipot.hiring.queries.candidates import (
    FirstYearNeed,
    candidate,
    candidates_of,
    first_year_needs,
    names_are_open,
    needs_of_new_people,
)
from kazipot.hiring.queries.checking import Checked, Missing, check_text, marked, missing
from kazipot.hiring.queries.gate import Gate, gate, latest_text, override_of, overrides, profile_levels, texts_of
from kazipot.hiring.queries.postings import (
    demands_of,
    failing_postings,
    posting_by_id,
    posting_facts,
    postings,
    within,
)

__all__ = [
    "Checked",
    "FirstYearNeed",
    "Gate",
    "Missing",
    "candidate",
    "candidates_of",
    "check_text",
    "demands_of",
    "failing_postings",
    "first_year_needs",
    "gate",
    "latest_text",
    "marked",
    "missing",
    "names_are_open",
    "needs_of_new_people",
    "override_of",
    "overrides",
    "posting_by_id",
    "posting_facts",
    "postings",
    "profile_levels",
    "texts_of",
    "within",
]
