"""Records of M5: results of verifications, and the bank of test items."""

from kazipot.verification.models.bank import Blueprint, BlueprintArea, Item, ItemBank, ItemParameters, ItemVersion
from kazipot.verification.models.history import ItemEvent, ItemReview
from kazipot.verification.models.results import Verification

__all__ = [
    "Blueprint",
    "BlueprintArea",
    "Item",
    "ItemBank",
    "ItemEvent",
    "ItemParameters",
    "ItemReview",
    "ItemVersion",
    "Verification",
]
