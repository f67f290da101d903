"""Records of M5: results of verifications, what else the duty rests on, and the bank of test items."""

from kazipot.verification.models.bank import (
    Blueprint,
    BlueprintArea,
    Item,
    ItemBank,
    ItemParameters,
    ItemVersion,
)
from kazipot.verification.models.candidates import (
    CandidateTest,
)
from kazipot.verification.models.certificates import (
    Certificate,
)
from kazipot.verification.models.duty import (
    Exemption,
    LongLeave,
    Terms,
    TrainingDone,
)
from kazipot.verification.models.elsewhere import (
    LearningSource,
    Statement,
)
from kazipot.verification.models.history import (
    ItemEvent,
    ItemReview,
)
from kazipot.verification.models.lessons import (
    LessonDone,
    LessonProgress,
)
from kazipot.verification.models.notices import (
    BouncedAddress,
    Invitation,
    Notice,
    Week,
)
from kazipot.verification.models.pictures import (
    ItemPicture,
)
from kazipot.verification.models.results import (
    Appeal,
    Verification,
)
from kazipot.verification.models.sittings import (
    AccessCode,
    Pool,
    Sitting,
    Step,
    Talk,
)

__all__ = [
    "AccessCode",
    "Appeal",
    "Blueprint",
    "BlueprintArea",
    "BouncedAddress",
    "CandidateTest",
    "Certificate",
    "Exemption",
    "Invitation",
    "Item",
    "ItemBank",
    "ItemEvent",
    "ItemParameters",
    "ItemPicture",
    "ItemReview",
    "ItemVersion",
    "LearningSource",
    "LessonDone",
    "LessonProgress",
    "LongLeave",
    "Notice",
    "Pool",
    "Sitting",
    "Statement",
    "Step",
    "Talk",
    "Terms",
    "TrainingDone",
    "Verification",
    "Week",
]
