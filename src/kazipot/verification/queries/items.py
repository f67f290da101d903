"""The bank as its keepers see it: lists, counts by area, history, parameters, and the key with its reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from kazipot.core.items.definition import Item as Definition
from kazipot.core.items.definition import Kind
from kazipot.verification.choices import ItemState
from kazipot.verification.models import (
    Blueprint,
    BlueprintArea,
    ItemEvent,
    ItemParameters,
    ItemPicture,
    ItemReview,
    ItemVersion,
)
from kazipot.verification.queries.bank import blueprint

IN_WORK = (ItemState.DRAFT, ItemState.IN_REVIEW, ItemState.REVIEWED)
"""States in which nobody has been asked yet."""
SEED = 1
"""The order of options in which keepers of the bank see an item."""


def item_versions(*, area: str = "", state: str = "", kind: str = "", words: str = "") -> QuerySet[ItemVersion]:
    """Versions by key; without the retired ones unless these are asked for. `words`: a part of the key."""
    rows = ItemVersion.objects.select_related("item__bank", "author").defer("content")
    rows = rows.filter(state=state) if state else rows.exclude(state=ItemState.RETIRED)
    for name, value in (("area", area), ("kind", kind), ("item__key__icontains", words)):
        if value:
            rows = rows.filter(**{name: value})
    return rows.order_by("item__key", "-number")


def in_work_or_own(rows: QuerySet[ItemVersion], user_id: int) -> QuerySet[ItemVersion]:
    """What authors and reviewers see: items that nobody has been asked yet, and what they wrote themselves."""
    return rows.filter(Q(state__in=IN_WORK) | Q(author_id=user_id))


def version_of(version_id: int) -> ItemVersion | None:
    """A version with its item, bank and author."""
    return ItemVersion.objects.select_related("item__bank", "author").filter(pk=version_id).first()


def versions_of(item_id: int) -> QuerySet[ItemVersion]:
    """Every version of an item, latest first."""
    return ItemVersion.objects.filter(item_id=item_id).select_related("author").defer("content").order_by("-number")


def events_of(version_id: int) -> QuerySet[ItemEvent]:
    """What happened to a version, latest first."""
    return ItemEvent.objects.filter(version_id=version_id).select_related("actor").order_by("-at", "-pk")


def reviews_of(version_id: int) -> QuerySet[ItemReview]:
    """What reviewers said of a version, latest first."""
    return ItemReview.objects.filter(version_id=version_id).select_related("reviewer").order_by("-at", "-pk")


def parameters_of(version_id: int) -> QuerySet[ItemParameters]:
    """All parameters of a version, latest first."""
    return ItemParameters.objects.filter(version_id=version_id).order_by("-valid_from", "-pk")


def picture_by_name(name: str) -> ItemPicture | None:
    """The picture of a name, or None."""
    return ItemPicture.objects.filter(name=name).first()


def pictures_missing(definition: Definition) -> list[str]:
    """Names of pictures that an item shows and nobody has uploaded."""
    artefacts = [each.artefact for each in (definition, *definition.parts) if each.artefact]
    wanted = {artefact.picture for artefact in artefacts if artefact.picture}
    held = ItemPicture.objects.filter(name__in=wanted).values_list("name", flat=True) if wanted else ()
    return sorted(wanted - set(held))


def blueprints() -> QuerySet[Blueprint]:
    """All versions of the blueprint, latest first."""
    return Blueprint.objects.select_related("made_by").order_by("-number")


@dataclass(frozen=True, slots=True)
class AreaCount:
    """An area of the blueprint: its share of a test, and how many of its items are in use, on trial and in work.

    `share`: the area's part of all items in use, in [0, 1].
    """

    area: BlueprintArea
    live: int
    pilot: int
    in_work: int
    share: float


def counts_by_area(at: datetime) -> list[AreaCount]:
    """How many items each area of the blueprint has. Three queries."""
    states = {"live": [ItemState.LIVE], "pilot": [ItemState.PILOT, ItemState.CALIBRATED], "in_work": list(IN_WORK)}
    sums = {name: Count("pk", filter=Q(state__in=wanted)) for name, wanted in states.items()}
    rows: Any = ItemVersion.objects.values("area").annotate(**sums).order_by()
    found = {row["area"]: row for row in rows}
    total = sum(row["live"] for row in found.values()) or 1
    none = dict.fromkeys(states, 0)
    return [
        AreaCount(area, row["live"], row["pilot"], row["in_work"], row["live"] / total)
        for area in blueprint(at)
        for row in (found.get(area.key, none),)
    ]


@dataclass(frozen=True, slots=True)
class KeyLine:
    """An option with what it is (right or wrong; of an order its number, of a match what goes with it) and why."""

    text: str
    right: bool
    match: str
    rationale: str
    number: int = 0


@dataclass(frozen=True, slots=True)
class KeyPart:
    """The key of an item, or of a part of a story."""

    stem: str
    kind: str
    lines: tuple[KeyLine, ...]


def key_of(definition: Definition, language: str) -> list[KeyPart]:
    """Which answers are right and why, in a language: for keepers of the bank only."""
    parts = definition.parts if definition.kind is Kind.SCENARIO else (definition,)
    return [KeyPart(part.stem.in_language(language), str(part.kind), _lines(part, language)) for part in parts]


def _lines(part: Definition, language: str) -> tuple[KeyLine, ...]:
    shown = _regions(part, language)
    return tuple(
        KeyLine(
            shown.get(option.key) or option.text.in_language(language),
            option.correct or part.kind is Kind.ORDER or bool(part.kind is Kind.MATCH and option.text),
            option.match.in_language(language),
            option.rationale.in_language(language),
            number if part.kind is Kind.ORDER else 0,
        )
        for number, option in enumerate(part.options, start=1)
    )


def _regions(part: Definition, language: str) -> Mapping[str, str]:
    """Words of each region of a place to find."""
    if part.kind is not Kind.HOTSPOT or part.artefact is None:
        return {}
    lines = {line.region: line.text.in_language(language) for line in part.artefact.lines if line.region}
    return lines | {area.region: area.text.in_language(language) for area in part.artefact.areas}
