"""Every write of M5."""

from kazipot.verification.operations.appeals import decide_appeal, lodge_appeal
from kazipot.verification.operations.codes import make_code
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
from kazipot.verification.operations.pools import count_exposure, freeze_pool
from kazipot.verification.operations.results import (
    ResultGiven,
    annul,
    record_result,
    record_verifications,
    refusal,
    too_old,
)
from kazipot.verification.operations.sittings import Taken, answer, close_forgotten, go_on, start_sitting
from kazipot.verification.operations.talks import close_talk, look_over

__all__ = [
    "EarlierGiven",
    "ResultGiven",
    "Taken",
    "TermsGiven",
    "annul",
    "annul_training",
    "answer",
    "close_forgotten",
    "close_talk",
    "count_exposure",
    "decide_appeal",
    "end_exemption",
    "exempt",
    "freeze_pool",
    "go_on",
    "lodge_appeal",
    "look_over",
    "make_code",
    "record_history",
    "record_leave",
    "record_result",
    "record_training",
    "record_verifications",
    "refusal",
    "set_terms",
    "start_sitting",
    "too_old",
]
