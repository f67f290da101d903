"""What can go wrong with verifications and test items, in words that say what to do."""

from kazipot.verification.errors.duty import (
    AppealedAlready,
    DecidedAlready,
    DecidedBySomebodyElse,
    EndsBeforeItStarts,
    ExemptedAlready,
    InTheFuture,
    NobodyToInvite,
    NotEmployedThen,
    OnLeaveAlready,
    RecordedAlready,
    SourceNamed,
    StatementRefused,
    TermsInThePast,
    WeekEndsBeforeItStarts,
    WeekIsOver,
)
from kazipot.verification.errors.results import AlreadyAnnulled, NoSuchNumber, NoSuchResult

__all__ = [
    "AlreadyAnnulled",
    "AppealedAlready",
    "DecidedAlready",
    "DecidedBySomebodyElse",
    "EndsBeforeItStarts",
    "ExemptedAlready",
    "InTheFuture",
    "NoSuchNumber",
    "NoSuchResult",
    "NobodyToInvite",
    "NotEmployedThen",
    "OnLeaveAlready",
    "RecordedAlready",
    "SourceNamed",
    "StatementRefused",
    "TermsInThePast",
    "WeekEndsBeforeItStarts",
    "WeekIsOver",
]
