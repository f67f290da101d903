"""The organisation of a day as the count needs it: which unit lies below which, and of what kind each is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from kazipot.organisation.choices import UnitKind
from kazipot.organisation.models import UnitVersion


@dataclass(frozen=True, slots=True)
class Place:
    """A unit as it stood on the day or, if it was closed before, as it stood last."""

    id: int
    code: str
    employer_id: int
    employer_code: str
    parent_id: int | None
    name_sl: str
    name_en: str
    kind: str
    exists: bool

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_sl

    @property
    def path(self) -> str:
        """Employer and unit code, as scopes are written."""
        return f"{self.employer_code}/{self.code}"

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(UnitKind(self.kind).label)


class Tree:
    """Every unit that there was up to the day. Closed units keep their last place, so that nothing is lost."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: Mapping[int, Place] = {place.id: place for place in places}
        self._above: dict[int, tuple[int, ...]] = {}

    def above(self, unit_id: int) -> tuple[int, ...]:
        """The unit, the unit over it, and so on to the top; nothing for a unit that the tree doesn't know."""
        if unit_id not in self._above:
            chain: list[int] = []
            at: int | None = unit_id
            while at is not None and at in self.places and at not in chain:
                chain.append(at)
                at = self.places[at].parent_id
            self._above[unit_id] = tuple(chain)
        return self._above[unit_id]

    def below(self, unit_id: int) -> frozenset[int]:
        """The unit and every unit below it."""
        return frozenset(place for place in self.places if unit_id in self.above(place))

    def of_kind(self, kind: str) -> frozenset[int]:
        """The units that are of the kind themselves."""
        return frozenset(place.id for place in self.places.values() if place.kind == kind)

    def by_path(self, path: str) -> Place | None:
        """A unit by its employer's and its own code."""
        return next((place for place in self.places.values() if place.path == path), None)

    def kinds(self) -> list[str]:
        """The kinds that there are, in the order of the list of kinds."""
        there = {place.kind for place in self.places.values()}
        return [kind for kind in UnitKind.values if kind in there]

    def in_order(self) -> list[tuple[int, Place]]:
        """Every unit with its depth, each below the unit it belongs to, by employer and code."""
        children: dict[int | None, list[Place]] = defaultdict(list)
        for place in sorted(self.places.values(), key=lambda place: place.path):
            parent = place.parent_id if place.parent_id in self.places else None
            children[parent].append(place)
        found: list[tuple[int, Place]] = []
        waiting = [(0, place) for place in reversed(children[None])]
        while waiting:
            depth, place = waiting.pop()
            found.append((depth, place))
            waiting.extend((depth + 1, child) for child in reversed(children[place.id]))
        return found


def tree(day: date) -> Tree:
    """The units of a day, closed ones as they stood last. One query."""
    rows = (
        UnitVersion.objects.filter(valid_from__lte=day)
        .order_by("unit_id", "valid_from")
        .select_related("unit__employer")
    )
    latest = {row.unit_id: row for row in rows}
    return Tree(
        Place(
            id=row.unit_id,
            code=row.unit.code,
            employer_id=row.unit.employer_id,
            employer_code=row.unit.employer.code,
            parent_id=row.parent_id,
            name_sl=row.name_sl,
            name_en=row.name_en,
            kind=row.kind,
            exists=row.valid_to is None or row.valid_to > day,
        )
        for row in latest.values()
    )
