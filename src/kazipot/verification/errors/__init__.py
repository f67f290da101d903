"""What can go wrong in M5, in words that say what to do."""

from kazipot.verification.errors.bank import (
    AlreadyInWork,
    CommentMissing,
    ItemFaulty,
    KeyChanged,
    KeyTaken,
    NoParameters,
    NoPicture,
    NothingNew,
    OwnItem,
    PictureNameTaken,
    ReasonMissing,
    ReviewedAlready,
    SharesWrong,
    WrongStep,
)
from kazipot.verification.errors.faults import (
    as_problem,
)
from kazipot.verification.errors.results import (
    AlreadyAnnulled,
    NoSuchNumber,
    NoSuchResult,
)
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
    "AlreadyInWork",
    "AnotherQuestion",
    "CommentMissing",
    "ItemFaulty",
    "KeyChanged",
    "KeyTaken",
    "NoParameters",
    "NoPicture",
    "NoQuestions",
    "NoSuchNumber",
    "NoSuchResult",
    "NotYet",
    "NothingNew",
    "OwnItem",
    "PictureNameTaken",
    "ReasonMissing",
    "ReviewedAlready",
    "SharesWrong",
    "SittingOver",
    "SuchTimeIsNotGiven",
    "TalkIsClosed",
    "WrongStep",
    "as_problem",
]
