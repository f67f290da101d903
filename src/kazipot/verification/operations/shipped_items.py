"""The items that ship with the product come into the bank, and follow the product when it is updated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kazipot.core.items.checking import faults_of
from kazipot.core.items.definition import Item as Definition
from kazipot.core.items.expert import expert_parameters
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.verification import queries
from kazipot.verification.choices import BankScope, ItemState, ParameterOrigin
from kazipot.verification.errors import ItemFaulty
from kazipot.verification.models import Blueprint, Item, ItemBank, ItemParameters, ItemVersion
from kazipot.verification.operations.blueprints import AreaGiven, write_blueprint
from kazipot.verification.operations.item_life import replace_earlier
from kazipot.verification.operations.items import add_version, digest_of, note

BUILT_IN = "built-in"


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many items were added, renewed by a new version, retired because they ship no more, left as they were, and
    kept because the city has a version or a key of its own."""

    added: int = 0
    renewed: int = 0
    retired: int = 0
    unchanged: int = 0
    kept: int = 0


@transaction.atomic
def load_builtin_items(*, at: datetime, actor: User | None, definitions: Sequence[Definition] | None = None) -> Loaded:
    """Bring the bank up to what ships (or to `definitions`); the blueprint is made when there is none.

    Shipped items come in as live, with the difficulty that their authors judged (`core.items.expert`), to be calibrated
    from answers. Changed content becomes a new version, again with that difficulty. An item that the city has a version
    of, or has suspended or retired, stays as the city has it. Raises ItemFaulty, NoItem.
    """
    given = queries.shipped_items() if definitions is None else definitions
    faults = [fault for definition in given for fault in faults_of(definition)]
    if faults:
        raise ItemFaulty(faults)
    bank, _made = ItemBank.objects.get_or_create(
        key=BUILT_IN,
        defaults={"scope": BankScope.BUILT_IN, "title_sl": "Naloge Kažipota", "title_en": "Items of Kažipot"},
    )
    if not Blueprint.objects.exists():
        areas = [
            AreaGiven(area.key, area.title_sl, area.title_en, area.percent) for area in queries.shipped_blueprint()
        ]
        write_blueprint(areas=areas, reason="", at=at, actor=None)
    told = [_load(bank, definition, at) for definition in given]
    gone = _retire(bank, {definition.key for definition in given}, at)
    loaded = Loaded(told.count("added"), told.count("renewed"), gone, told.count("unchanged"), told.count("kept"))
    audit.record(
        "verification.load_builtin_items", bank, actor=actor, at=at, added=loaded.added, renewed=loaded.renewed,
        retired=loaded.retired, kept=loaded.kept,
    )  # fmt: skip
    return loaded


def _load(bank: ItemBank, definition: Definition, at: datetime) -> str:
    item = Item.objects.filter(key=definition.key).first()
    if item is None:
        _use(Item.objects.create(key=definition.key, bank=bank), definition, 1, at)
        return "added"
    versions = list(lock(ItemVersion.objects.filter(item=item)).defer("content").order_by("-number"))
    if item.bank_id != bank.pk or any(version.author_id for version in versions):
        return "kept"
    if versions[0].digest == digest_of(definition):
        return "unchanged"
    if versions[0].state != ItemState.LIVE:
        return "kept"
    replace_earlier(ItemVersion(item=item), "", at, None)
    _use(item, definition, versions[0].number + 1, at)
    return "renewed"


def _use(item: Item, definition: Definition, number: int, at: datetime) -> None:
    version = add_version(item, definition, number=number, state=ItemState.LIVE, reason="", at=at, actor=None)
    model, a, b = expert_parameters(definition)
    ItemParameters.objects.create(
        version=version, model=model, a=a, b=list(b), origin=ParameterOrigin.EXPERT, valid_from=at, reason=""
    )


def _retire(bank: ItemBank, shipped: set[str], at: datetime) -> int:
    rows = ItemVersion.objects.filter(item__bank=bank, state=ItemState.LIVE, author=None).exclude(item__key__in=shipped)
    found = list(lock(rows).select_related("item"))
    for version in found:
        version.state = ItemState.RETIRED
        version.save(update_fields=["state"])
        note(version, ItemState.LIVE, reason="", at=at, actor=None, verb="verification.item_retired")
    return len(found)
