"""A question as a page shows it: texts in the reader's language, options as places in the order shown, and no key.

What the page must not know (which options are right, rationales, keys of options, parameters) is not in these records
at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kazipot.core.items.answering import Part, parts_shown
from kazipot.core.items.definition import Artefact, Item, Kind


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """An option: its place in the order shown, its text, and what was chosen for it so far."""

    place: str
    text: str
    field: str
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of an artefact; `place`: the region that it forms, if it can be marked. `target`: where a link leads."""

    role: str
    text: str
    target: str = ""
    place: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SpotShown:
    """A region of a picture, with words for those who can't see it."""

    place: str
    text: str
    chosen: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ArtefactShown:
    """Something to look at; `field`: the name of the check boxes of its regions, "" when nothing is to be marked."""

    form: str
    lines: tuple[LineShown, ...]
    picture: str
    alt: str
    spots: tuple[SpotShown, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class PartShown:
    """A question, or a part of a scenario (`number` from 1)."""

    number: int
    kind: str
    stem: str
    field: str
    choices: tuple[ChoiceShown, ...]
    others: tuple[ChoiceShown, ...]
    artefact: ArtefactShown | None
    ranks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A whole question; `story` and `artefact` are what a scenario begins with."""

    kind: str
    story: str
    artefact: ArtefactShown | None
    parts: tuple[PartShown, ...]


def shown(item: Item, seed: int, language: str, filled: Mapping[str, Sequence[str]] | None = None) -> QuestionShown:
    """The question of an item in a language, with what was filled in so far."""
    held = filled or {}
    parts = tuple(_part(part, language, held) for part in parts_shown(item, seed))
    if item.kind is not Kind.SCENARIO:
        return QuestionShown(str(item.kind), "", None, parts)
    artefact = None if item.artefact is None else _artefact(item.artefact, language, {}, "", ())
    return QuestionShown(str(item.kind), item.stem.in_language(language), artefact, parts)


def _part(part: Part, language: str, filled: Mapping[str, Sequence[str]]) -> PartShown:
    item, numbered = part.item, part.item.kind in {Kind.ORDER, Kind.MATCH}
    texts = {option.key: option for option in item.options}
    choices = tuple(
        ChoiceShown(
            str(place), texts[key].text.in_language(language), f"{part.field}-{place}" if numbered else part.field,
            _chosen(filled, f"{part.field}-{place}") if numbered else _ticked(filled, part.field, str(place)),
        )
        for place, key in enumerate(part.left, 1)
    )  # fmt: skip
    others = tuple(
        ChoiceShown(str(place), texts[key].match.in_language(language), part.field)
        for place, key in enumerate(part.right, 1)
    )
    places = {key: str(place) for place, key in enumerate(part.left, 1)} if item.kind is Kind.HOTSPOT else {}
    field = part.field if item.kind is Kind.HOTSPOT else ""
    artefact = None
    if item.artefact is not None:
        artefact = _artefact(item.artefact, language, places, field, tuple(filled.get(field, ())))
    ranks = tuple(str(rank) for rank in range(1, len(choices) + 1)) if item.kind is Kind.ORDER else ()
    return PartShown(
        part.number, str(item.kind), item.stem.in_language(language), part.field,
        () if item.kind is Kind.HOTSPOT else choices, others, artefact, ranks,
    )  # fmt: skip


def _chosen(filled: Mapping[str, Sequence[str]], field: str) -> str:
    values = filled.get(field, ())
    return values[0] if values else ""


def _ticked(filled: Mapping[str, Sequence[str]], field: str, place: str) -> str:
    return place if place in filled.get(field, ()) else ""


def _artefact(
    artefact: Artefact, language: str, places: Mapping[str, str], field: str, ticked: tuple[str, ...]
) -> ArtefactShown:
    lines = tuple(
        LineShown(
            line.role, line.text.in_language(language), line.target, places.get(line.region, ""),
            places.get(line.region, "") in ticked,
        )
        for line in artefact.lines
    )  # fmt: skip
    spots = tuple(
        SpotShown(
            places[area.region], area.text.in_language(language), places[area.region] in ticked,
            area.x, area.y, area.width, area.height,
        )
        for area in artefact.areas
        if area.region in places
    )  # fmt: skip
    return ArtefactShown(
        str(artefact.form), lines, artefact.picture, artefact.alt.in_language(language), spots, field
    )  # fmt: skip
