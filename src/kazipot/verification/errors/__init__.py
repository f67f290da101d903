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
from kazipot.verification.errors.certificates import (
    NothingToCertify,
)
from kazipot.verification.errors.duty import (
    AppealedAlready,
    DecidedAlready,
    DecidedBySomebodyElse,
    EndsBeforeItStarts,
    ExemptedAlready,
    HelpFirst,
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
from kazipot.verification.errors.exchange import (
    exchange_problem,
)
from kazipot.verification.errors.faults import (
    as_problem,
)
from kazipot.verification.errors.lessons import (
    StepSkipped,
)
from kazipot.verification.errors.results import (
    AlreadyAnnulled,
    NoSuchNumber,
    NoSuchResult,
)
from kazipot.verification.errors.sittings import (
    AnotherQuestion,
    CandidateTested,
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
    "AppealedAlready",
    "CandidateTested",
    "CommentMissing",
    "DecidedAlready",
    "DecidedBySomebodyElse",
    "EndsBeforeItStarts",
    "ExemptedAlready",
    "HelpFirst",
    "InTheFuture",
    "ItemFaulty",
    "KeyChanged",
    "KeyTaken",
    "NoParameters",
    "NoPicture",
    "NoQuestions",
    "NoSuchNumber",
    "NoSuchResult",
    "NobodyToInvite",
    "NotEmployedThen",
    "NotYet",
    "NothingNew",
    "NothingToCertify",
    "OnLeaveAlready",
    "OwnItem",
    "PictureNameTaken",
    "ReasonMissing",
    "RecordedAlready",
    "ReviewedAlready",
    "SharesWrong",
    "SittingOver",
    "SourceNamed",
    "StatementRefused",
    "StepSkipped",
    "SuchTimeIsNotGiven",
    "TalkIsClosed",
    "TermsInThePast",
    "WeekEndsBeforeItStarts",
    "WeekIsOver",
    "WrongStep",
    "as_problem",
    "exchange_problem",
]
