"""What can go wrong with verifications and test items, in words that say what to do."""

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
from kazipot.verification.errors.certificates import NothingToCertify
from kazipot.verification.errors.exchange import exchange_problem
from kazipot.verification.errors.faults import as_problem
from kazipot.verification.errors.lessons import StepSkipped
from kazipot.verification.errors.results import AlreadyAnnulled, NoSuchNumber, NoSuchResult

__all__ = [
    "AlreadyAnnulled",
    "AlreadyInWork",
    "CommentMissing",
    "ItemFaulty",
    "KeyChanged",
    "KeyTaken",
    "NoParameters",
    "NoPicture",
    "NoSuchNumber",
    "NoSuchResult",
    "NothingNew",
    "NothingToCertify",
    "OwnItem",
    "PictureNameTaken",
    "ReasonMissing",
    "ReviewedAlready",
    "SharesWrong",
    "StepSkipped",
    "WrongStep",
    "as_problem",
    "exchange_problem",
]
