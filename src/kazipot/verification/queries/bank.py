"""Which items may be asked at a moment, with the parameters that hold then, and the blueprint."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from kazipot.core.items.definition import Item as Definition
from kazipot.core.items.reading import from_data
from kazipot.core.psychometrics.irt import Item as Calibrated
from kazipot.verification.choices import ItemState
from kazipot.verification.models import Blueprint, BlueprintArea, ItemEvent, ItemParameters, ItemVersion


@dataclass(frozen=True, slots=True)
class LiveItem:
    """A version that may be asked, with the parameters that hold (of a pilot item: b is empty unless it has some).

    Items that share a word of `enemies` never meet in a sitting.
    """

    key: str
    item_id: int
    version_id: int
    parameters_id: int
    model: str
    a: float
    b: tuple[float, ...]
    c: float
    area: str
    enemies: str
    digest: str
    """Of what the version asks."""

    def calibrated(self) -> Calibrated:
        """The item as psychometrics knows it; its name is the id of the version."""
        return Calibrated(str(self.version_id), self.model, self.a, self.b, self.c, self.area, self.enemies)


def live_items(at: datetime) -> list[LiveItem]:
    """Every item in use at the moment with the parameters valid then, by key. Two queries.

    What happened later changes nothing: the answer for a past moment is the one that was given then.
    """
    return [row for row in _known(_in_state(ItemState.LIVE, at), at) if row.b]


def pilot_items(at: datetime) -> list[LiveItem]:
    """Every item on trial at the moment, which is asked and not scored, by key. Two queries."""
    return _known(_in_state(ItemState.PILOT, at), at)


def pool_of(items: Iterable[LiveItem]) -> tuple[Calibrated, ...]:
    """Items as psychometrics knows them."""
    return tuple(item.calibrated() for item in items)


def _in_state(state: str, at: datetime) -> QuerySet[ItemVersion]:
    latest = ItemEvent.objects.filter(version=OuterRef("pk"), at__lte=at).order_by("-at", "-pk")
    rows = ItemVersion.objects.annotate(then=Subquery(latest.values("after")[:1])).filter(then=state)
    return rows.select_related("item").defer("content").order_by("item__key")


def _known(versions: QuerySet[ItemVersion], at: datetime) -> list[LiveItem]:
    found = list(versions)
    rows = ItemParameters.objects.filter(version__in=[row.pk for row in found], valid_from__lte=at)
    latest = {row.version_id: row for row in rows.order_by("valid_from", "pk")}
    return [_live(version, latest.get(version.pk)) for version in found]


def _live(version: ItemVersion, held: ItemParameters | None) -> LiveItem:
    known = (held.pk, held.model, held.a, tuple(held.b), held.c) if held else (0, "", 1.0, (), 0.0)
    return LiveItem(
        version.item.key, version.item_id, version.pk, *known, version.area, version.enemies, version.digest
    )


def definition_of(version_id: int) -> Definition:
    """What a version asks, with its key: for scoring and for reviewers, never for a page of a test."""
    return from_data(ItemVersion.objects.values_list("content", flat=True).get(pk=version_id))


def blueprint(at: datetime) -> list[BlueprintArea]:
    """The areas of the blueprint that holds at the moment, in order; none before there is one. Two queries."""
    newest = Blueprint.objects.filter(made_at__lte=at).order_by("-number").first()
    return list(newest.areas.order_by("position")) if newest else []


def shares(at: datetime) -> Mapping[str, float]:
    """Which share of a test each area gets: {area: share}, together 1."""
    return {area.key: area.percent / 100 for area in blueprint(at)}


def writers_of(version_id: int) -> frozenset[int]:
    """Ids of those who wrote a version, in whatever draft of it: they don't review it."""
    drafts = ItemEvent.objects.filter(version_id=version_id, after=ItemState.DRAFT, before__in=["", ItemState.DRAFT])
    return frozenset(pk for pk in drafts.values_list("actor_id", flat=True) if pk is not None)
