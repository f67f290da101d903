"""Every write of M5."""

from kazipot.verification.operations.appeals import decide_appeal, lodge_appeal
from kazipot.verification.operations.duty import (
    TermsGiven,
    annul_training,
    end_exemption,
    exempt,
    record_leave,
    record_training,
    set_terms,
)
from kazipot.verification.operations.history import EarlierGiven, record_history
from kazipot.verification.operations.results import (
    ResultGiven,
    annul,
    record_result,
    record_verifications,
    refusal,
    too_old,
)

__all__ = [
    "EarlierGiven",
    "ResultGiven",
    "TermsGiven",
    "annul",
    "annul_training",
    "decide_appeal",
    "end_exemption",
    "exempt",
    "lodge_appeal",
    "record_history",
    "record_leave",
    "record_result",
    "record_training",
    "record_verifications",
    "refusal",
    "set_terms",
    "too_old",
]
