"""The further parts of a published analysis as they are read: trend, priorities, demand, interviews.

Versions from before method 4 have none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kazipot.core.survey.needs_tables import WHOLE
from kazipot.foundation.ui.templatetags.ui import number
from kazipot.needs.choices import PassageKind
from kazipot.needs.queries.analyses import kind_label
from kazipot.needs.queries.published import group_label, named

MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A change of a figure: what is told of it, both values, the difference with its bounds (None: trend broken)."""

    told: str
    then: float
    now: float
    value: float | None
    lower: float | None
    upper: float | None

    @property
    def is_broken(self) -> bool:
        """Whether the two years asked in other words."""
        return self.told == "broken"

    @property
    def as_points(self) -> str:
        """The change of a share in percentage points with its bounds; why there is none otherwise."""
        return self._between(100, 1)

    @property
    def as_levels(self) -> str:
        """The change of a mean level with its bounds; why there is none otherwise."""
        return self._between(1, 2)

    def _between(self, scale: int, digits: int) -> str:
        if self.value is None or self.lower is None or self.upper is None:
            return self.words
        value, lower, upper = (_signed(scale * one, digits) for one in (self.value, self.lower, self.upper))
        return _("%(value)s (%(lower)s to %(upper)s)") % {"value": value, "lower": lower, "upper": upper}

    @property
    def words(self) -> str:
        """What is told, in the reader's language."""
        return {
            "rise": pgettext("trend", "rise"),
            "fall": pgettext("trend", "fall"),
            "no change told": pgettext("trend", "no change can be told"),
            "broken": pgettext("trend", "trend broken"),
        }.get(self.told, "–")


@dataclass(frozen=True, slots=True)
class TrendLine:
    """A competence's change of the share with a stated need and of the mean own level; None where hidden."""

    name: str
    share: ChangeTold | None
    own: ChangeTold | None


@dataclass(frozen=True, slots=True)
class TrendTold:
    """A group's changes since a year."""

    year: int
    version: int
    lines: list[TrendLine]

    @property
    def is_broken(self) -> bool:
        """Whether nothing can be compared."""
        return all(one.is_broken for line in self.lines for one in (line.share, line.own) if one)


@dataclass(frozen=True, slots=True)
class PriorityTold:
    """A competence's place: mean gap in levels, importance (0 to 1) and where it comes from, people, score."""

    rank: int
    name: str
    levels: float
    importance: float
    source: str
    reason: str
    set_on: date | None
    people: int
    score: float
    lower: float
    upper: float

    @property
    def source_words(self) -> str:
        """Where the importance comes from, in the reader's language."""
        return {
            "set": _("set by the Digitalisation Service"),
            "targets": _("from what posts ask for"),
            "equal": _("the same for all"),
        }[self.source]


@dataclass(frozen=True, slots=True)
class KindDemand:
    """People of a kind of units with a stated need, and by level wanted (1 to 4); None where hidden."""

    label: str
    people: int
    to: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class DemandTold:
    """A competence's demand: people with a stated need, by level wanted (1 to 4), by own level; None where hidden.

    `kinds` are the kinds of units whose needs are told (none in versions from before method 5).
    """

    code: str
    name: str
    area: str
    people: int
    to: tuple[int | None, ...] | None
    cells: tuple[tuple[int | None, ...], ...] | None
    kinds: tuple[KindDemand, ...] = ()
    id: int = 0

    @property
    def has_more(self) -> bool:
        """Whether there is more to tell than the levels wanted: own levels, or kinds of units."""
        return self.cells is not None or bool(self.kinds)

    @property
    def levels_wanted(self) -> tuple[int | None, ...]:
        """By level wanted, with gaps where nothing is told."""
        return self.to or (None,) * 4


@dataclass(frozen=True, slots=True)
class ReachTold:
    """Units of a group by how they were reached, and its interviews (None where hidden)."""

    label: str
    both: int
    survey: int
    interviews: int
    neither: int
    held: int | None
    people: int | None


@dataclass(frozen=True, slots=True)
class QuoteTold:
    """Something said, and where it comes from as far as that is told."""

    text: str
    is_original: bool
    origin: str


@dataclass(frozen=True, slots=True)
class HeardTold:
    """A competence in the interviews: passages by kind."""

    name: str
    kinds: tuple[int, ...]


def _signed(value: float, digits: int) -> str:
    """A number with its sign: +3,2 or −0,4."""
    told = number(round(abs(value), digits))
    return told if not round(value, digits) else f"{'+' if value > 0 else MINUS}{told}"


def _names(content: Mapping[str, Any]) -> dict[str, str]:
    return {str(row["id"]): f"{row['code']} {named(row)}" for row in content["competences"]}


def trend(content: Mapping[str, Any], key: str) -> list[TrendTold]:
    """A group's changes since earlier years, the latest year first; empty where none is told."""
    names = _names(content)
    found = []
    for since in content.get("trend", ()):
        lines = since["groups"].get(key, {})
        told = [
            TrendLine(name, *(ChangeTold(**lines[pk][one]) if one in lines[pk] else None for one in ("share", "own")))
            for pk, name in names.items()
            if pk in lines
        ]
        if told:
            found.append(TrendTold(since["year"], since["version"], told))
    return found


def priority(content: Mapping[str, Any], key: str) -> list[PriorityTold]:
    """A group's priorities in order; empty where none are told."""
    told = content.get("priorities", {})
    names = _names(content)
    found = []
    for row in told.get("groups", {}).get(key, ()):
        given = told["importance"][row["competence"]]
        found.append(
            PriorityTold(
                row["rank"], names[row["competence"]], row["levels"], row["importance"], given["source"],
                given["reason"], date.fromisoformat(given["on"]) if given["on"] else None, row["people"],
                row["score"], *row["bounds"],
            )
        )  # fmt: skip
    return found


def demand_told(content: Mapping[str, Any]) -> list[DemandTold]:
    """The demand by competence, in their order; those whose needs are hidden are left out."""
    told = content.get("demand", {})
    return [
        DemandTold(
            row["code"],
            named(row),
            named(row, "area"),
            line["people"],
            None if line["to"] is None else tuple(line["to"]),
            None if line["cells"] is None else tuple(tuple(cells) for cells in line["cells"]),
            tuple(
                KindDemand(kind_label(key), kind["people"], tuple(kind["to"] or (None,) * 4))
                for key, kind in line.get("kinds", {}).items()
            ),
            row["id"],
        )
        for row in content["competences"]
        if (line := told.get(str(row["id"]))) is not None
    ]


def reached(content: Mapping[str, Any]) -> list[ReachTold]:
    """The whole and kinds of units: how units were reached, and how many were interviewed."""
    told = content.get("interviews", {})
    talks = told.get("groups", {})
    return [
        ReachTold(
            _("All units") if key == WHOLE else kind_label(key),
            units["both"],
            units["survey"],
            units["interviews"],
            units["neither"],
            talks.get(key, {}).get("interviews"),
            talks.get(key, {}).get("people"),
        )
        for key, units in told.get("units", {}).items()
    ]


def heard_told(content: Mapping[str, Any]) -> list[HeardTold]:
    """What was heard in the interviews, by competence: gaps, barriers, ideas, good practices."""
    told = content.get("interviews", {}).get("heard", {})
    return [
        HeardTold(name, tuple(told[pk][kind] for kind in PassageKind.values))
        for pk, name in _names(content).items()
        if pk in told
    ]


def quotes_told(content: Mapping[str, Any]) -> list[tuple[str, list[QuoteTold]]]:
    """What people said, under what it is about: (competences and kind, quotes)."""
    names = _names(content)
    labels = {group["key"]: group_label(group) for group in content["groups"]}
    found: dict[str, list[QuoteTold]] = {}
    for quote in content.get("interviews", {}).get("quotes", ()):
        about = ", ".join(names[str(pk)] for pk in quote["competences"] if str(pk) in names)
        heading = f"{about}: {PassageKind(quote['kind']).label}" if about else str(PassageKind(quote["kind"]).label)
        origin = quote["unit"] or (labels.get(quote["group"], kind_label(quote["group"])) if quote["group"] else "")
        found.setdefault(heading, []).append(QuoteTold(quote["text"], quote["is_original"], origin))
    return sorted(found.items())
