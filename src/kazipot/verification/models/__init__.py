"""Records of M5: results of verifications, and what else the duty rests on."""

from kazipot.verification.models.duty import Exemption, LongLeave, Terms, TrainingDone
from kazipot.verification.models.elsewhere import LearningSource, Statement
from kazipot.verification.models.notices import BouncedAddress, Invitation, Notice, Week
from kazipot.verification.models.results import Appeal, Verification

__all__ = [
    "Appeal",
    "BouncedAddress",
    "Exemption",
    "Invitation",
    "LearningSource",
    "LongLeave",
    "Notice",
    "Statement",
    "Terms",
    "TrainingDone",
    "Verification",
    "Week",
]
