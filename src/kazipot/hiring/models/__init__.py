"""Records of M4."""

from kazipot.hiring.models.candidates import Candidate, CandidateShowing
from kazipot.hiring.models.postings import Posting, PostingDemand
from kazipot.hiring.models.profiles import FamilyDemand, FamilyProfile
from kazipot.hiring.models.texts import Override, PostingText

__all__ = [
    "Candidate",
    "CandidateShowing",
    "FamilyDemand",
    "FamilyProfile",
    "Override",
    "Posting",
    "PostingDemand",
    "PostingText",
]
