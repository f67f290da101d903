"""Items are written as drafts: new ones, new versions of old ones, and corrections of drafts."""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from kazipot.core.items.checking import missing_texts, structural_faults
from kazipot.core.items.definition import Item as Definition
from kazipot.core.items.reading import Fault, as_data
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.verification import queries
from kazipot.verification.choices import BankScope, ItemState
from kazipot.verification.errors import (
    AlreadyInWork,
    ItemFaulty,
    KeyChanged,
    KeyTaken,
    NothingNew,
    ReasonMissing,
    WrongStep,
)
from kazipot.verification.models import Item, ItemBank, ItemEvent, ItemVersion

CITY = "city"
UNFINISHED = (ItemState.DRAFT, ItemState.IN_REVIEW, ItemState.REVIEWED, ItemState.PILOT, ItemState.CALIBRATED)


@transaction.atomic
def write_item(*, definition: Definition, reason: str, at: datetime, actor: User | None) -> ItemVersion:
    """A new item of the city's own bank, as a draft. A language may still be missing. Raises ItemFaulty, KeyTaken,
    ReasonMissing."""
    _check(definition, reason, at)
    if Item.objects.filter(key=definition.key).exists():
        raise KeyTaken
    bank, _made = ItemBank.objects.get_or_create(
        key=CITY, defaults={"scope": BankScope.CITY, "title_sl": "Mestna banka nalog", "title_en": "The city's bank"}
    )
    item = Item.objects.create(key=definition.key, bank=bank)
    return add_version(item, definition, number=1, state=ItemState.DRAFT, reason=reason, at=at, actor=actor)


@transaction.atomic
def write_items(
    *, definitions: Sequence[Definition], reason: str, at: datetime, actor: User | None
) -> list[ItemVersion]:
    """New items as drafts, all or none. Raises as `write_item`; a key that is taken is named."""
    taken = Item.objects.filter(key__in=[each.key for each in definitions]).values_list("key", flat=True)
    if taken:
        raise ItemFaulty([Fault(key, "key", "key_taken", key) for key in sorted(taken)])
    twice = [key for key, times in Counter(each.key for each in definitions).items() if times > 1]
    if twice:
        raise ItemFaulty([Fault(key, "key", "twice", key) for key in twice])
    faults = [fault for each in definitions for fault in _faults(each, at)]
    if faults:
        raise ItemFaulty(faults)
    return [write_item(definition=each, reason=reason, at=at, actor=actor) for each in definitions]


@transaction.atomic
def write_draft(
    *, version_id: int, definition: Definition, reason: str, at: datetime, actor: User | None
) -> ItemVersion:
    """Other content for a draft; who wrote it becomes its author. Raises ItemFaulty, KeyChanged, NothingNew, WrongStep,
    ReasonMissing."""
    version = locked(version_id)
    _check(definition, reason, at)
    if version.state != ItemState.DRAFT:
        raise WrongStep
    if definition.key != version.item.key:
        raise KeyChanged
    content = _content(definition)
    if content["digest"] == version.digest:
        raise NothingNew
    for name, value in content.items():
        setattr(version, name, value)
    version.author, version.reason = actor, reason
    version.save(update_fields=[*content, "author", "reason"])
    note(version, version.state, reason=reason, at=at, actor=actor, verb="verification.write_draft")
    return version


@transaction.atomic
def new_version(*, version_id: int, reason: str, at: datetime, actor: User | None) -> ItemVersion:
    """A draft with the content of a version; the version itself stays what and where it is. Raises AlreadyInWork,
    ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    old = locked(version_id)
    lock(Item.objects.filter(pk=old.item_id)).get()
    versions = ItemVersion.objects.filter(item_id=old.item_id)
    if versions.filter(state__in=UNFINISHED).exists():
        raise AlreadyInWork
    newest = versions.order_by("-number").values_list("number", flat=True)[0]
    definition = queries.definition_of(old.pk)
    return add_version(
        old.item, definition, number=newest + 1, state=ItemState.DRAFT, reason=reason, at=at, actor=actor
    )  # fmt: skip


def locked(version_id: int) -> ItemVersion:
    """The version, which nobody else changes until the transaction ends."""
    return lock(ItemVersion.objects.filter(pk=version_id)).select_related("item__bank").get()


def add_version(
    item: Item, definition: Definition, *, number: int, state: str, reason: str, at: datetime, actor: User | None
) -> ItemVersion:
    """A version with its first event."""
    version = ItemVersion.objects.create(
        item=item, number=number, state=state, author=actor, reason=reason, made_at=at, **_content(definition)
    )
    note(version, "", reason=reason, at=at, actor=actor, verb="verification.write_item")
    return version


def note(version: ItemVersion, before: str, *, reason: str, at: datetime, actor: User | None, verb: str) -> None:
    """A step into the history and the audit trail."""
    ItemEvent.objects.create(
        version=version, before=before, after=version.state, actor=actor, reason=reason, at=at
    )  # fmt: skip
    audit.record(verb, version, actor=actor, at=at, item=version.item.key, version=version.number, state=version.state)


def digest_of(definition: Definition) -> str:
    """SHA-256 over what an item asks."""
    return hashlib.sha256(json.dumps(as_data(definition), sort_keys=True).encode()).hexdigest()


def _content(definition: Definition) -> dict[str, Any]:
    return {
        "area": definition.area,
        "kind": str(definition.kind),
        "difficulty": definition.difficulty,
        "enemies": " ".join(definition.enemies),
        "content": as_data(definition),
        "digest": digest_of(definition),
        "complete_sl": not missing_texts(definition, ["sl"]),
        "complete_en": not missing_texts(definition, ["en"]),
    }


def _check(definition: Definition, reason: str, at: datetime) -> None:
    if not reason.strip():
        raise ReasonMissing
    faults = _faults(definition, at)
    if faults:
        raise ItemFaulty(faults)


def _faults(definition: Definition, at: datetime) -> list[Fault]:
    areas = [area.key for area in queries.blueprint(at)]
    return structural_faults(definition, areas=areas) if areas else structural_faults(definition)
