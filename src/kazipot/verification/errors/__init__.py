"""What can go wrong with verifications and test items, in words that say what to do."""

from kazipot.verification.errors.bank import (
    AlreadyInWork,
    CommentMissing,
    ItemFaulty,
    KeyChanged,
    KeyTaken,
    NoParameters,
    NothingNew,
    OwnItem,
    ReasonMissing,
    ReviewedAlready,
    SharesWrong,
    WrongStep,
)
from kazipot.verification.errors.results import AlreadyAnnulled, NoSuchNumber, NoSuchResult

__all__ = [
    "AlreadyAnnulled",
    "AlreadyInWork",
    "CommentMissing",
    "ItemFaulty",
    "KeyChanged",
    "KeyTaken",
    "NoParameters",
    "NoSuchNumber",
    "NoSuchResult",
    "NothingNew",
    "OwnItem",
    "ReasonMissing",
    "ReviewedAlready",
    "SharesWrong",
    "WrongStep",
]
