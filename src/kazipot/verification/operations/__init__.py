"""Every write of M5: results, and sittings of the test."""

from kazipot.verification.operations.codes import make_code
from kazipot.verification.operations.pools import count_exposure, freeze_pool
from kazipot.verification.operations.results import ResultGiven, annul, record_verifications, refusal
from kazipot.verification.operations.sittings import Taken, answer, close_forgotten, go_on, start_sitting
from kazipot.verification.operations.talks import close_talk, look_over

__all__ = [
    "ResultGiven",
    "Taken",
    "annul",
    "answer",
    "close_forgotten",
    "close_talk",
    "count_exposure",
    "freeze_pool",
    "go_on",
    "look_over",
    "make_code",
    "record_verifications",
    "refusal",
    "start_sitting",
]
