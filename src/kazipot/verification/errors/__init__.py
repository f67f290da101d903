"""What can go wrong in M5, in words that say what to do."""

from kazipot.verification.errors.results import AlreadyAnnulled, NoSuchNumber, NoSuchResult
from kazipot.verification.errors.sittings import (
    AnotherQuestion,
    NoQuestions,
    NotYet,
    SittingOver,
    SuchTimeIsNotGiven,
    TalkIsClosed,
)

__all__ = [
    "AlreadyAnnulled",
    "AnotherQuestion",
    "NoQuestions",
    "NoSuchNumber",
    "NoSuchResult",
    "NotYet",
    "SittingOver",
    "SuchTimeIsNotGiven",
    "TalkIsClosed",
]
