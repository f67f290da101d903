"""Every read of M4: postings in `postings`, what a text demands in `check`, the words to demand it in `wording`."""

from kazipot.hiring.queries.check import check_text
from kazipot.hiring.queries.postings import (
    demands_of,
    failing_postings,
    posting_by_id,
    posting_facts,
    postings,
    within,
)
from kazipot.hiring.queries.wording import Proposal, Wording, propose, wording_for, wordings

__all__ = [
    "Proposal",
    "Wording",
    "check_text",
    "demands_of",
    "failing_postings",
    "posting_by_id",
    "posting_facts",
    "postings",
    "propose",
    "within",
    "wording_for",
    "wordings",
]
