"""Records of M2. Answers belong to one person: only that person and the sums ever see them."""

from kazipot.needs.models.attempts import WrongCode
from kazipot.needs.models.interviews import Coding, CodingCompetence, Interview, Passage
from kazipot.needs.models.surveys import Analysis, Answer, Campaign, Invitation, ReminderLink, Response, StatedNeed

__all__ = [
    "Analysis",
    "Answer",
    "Campaign",
    "Coding",
    "CodingCompetence",
    "Interview",
    "Invitation",
    "Passage",
    "ReminderLink",
    "Response",
    "StatedNeed",
    "WrongCode",
]
