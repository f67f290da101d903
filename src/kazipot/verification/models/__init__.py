"""Records of M5: results of verifications, and the bank of test items."""

from kazipot.verification.models.bank import Blueprint, BlueprintArea, Item, ItemBank, ItemParameters, ItemVersion
from kazipot.verification.models.certificates import Certificate
from kazipot.verification.models.history import ItemEvent, ItemReview
from kazipot.verification.models.lessons import LessonDone, LessonProgress
from kazipot.verification.models.pictures import ItemPicture
from kazipot.verification.models.results import Verification

__all__ = [
    "Blueprint",
    "BlueprintArea",
    "Certificate",
    "Item",
    "ItemBank",
    "ItemEvent",
    "ItemParameters",
    "ItemPicture",
    "ItemReview",
    "ItemVersion",
    "LessonDone",
    "LessonProgress",
    "Verification",
]
