"""Records of M5: results of verifications, the bank of test items, and sittings."""

from kazipot.verification.models.bank import Blueprint, BlueprintArea, Item, ItemBank, ItemParameters, ItemVersion
from kazipot.verification.models.history import ItemEvent, ItemReview
from kazipot.verification.models.pictures import ItemPicture
from kazipot.verification.models.results import Verification
from kazipot.verification.models.sittings import AccessCode, Pool, Sitting, Step, Talk

__all__ = [
    "AccessCode",
    "Blueprint",
    "BlueprintArea",
    "Item",
    "ItemBank",
    "ItemEvent",
    "ItemParameters",
    "ItemPicture",
    "ItemReview",
    "ItemVersion",
    "Pool",
    "Sitting",
    "Step",
    "Talk",
    "Verification",
]
