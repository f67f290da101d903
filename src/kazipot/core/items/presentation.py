"""An item as a person is shown it: texts in their language, options as places in a shuffled order, and no key.

What must not reach a page (which options are right, rationales, explanations, keys of options and regions, difficulty)
has no field in these records at all. Where a link leads is told where hovering over it would tell it: of links and
buttons. Places (1, 2, …) are those of `answering`, which reads the answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kazipot.core.items.answering import Part, parts_shown
from kazipot.core.items.definition import Artefact, Item, Kind

HOVERED = frozenset({"link", "button"})
"""Roles of lines whose target a browser or a mail program shows."""

type Filled = Mapping[str, Sequence[str]]
"""What was filled in so far: values by name of field."""


@dataclass(frozen=True, slots=True)
class ChoiceShown:
    """An option: its place in the order shown, its text, the name of its field, and what was chosen for it so far (of
    one that is ticked, its own place; of an order or a match, the rank or the place on the other side)."""

    place: str
    text: str
    field: str
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line of an artefact. `target`: where a link leads; `place`: the region it forms, "" if it can't be marked."""

    role: str
    text: str
    target: str = ""
    place: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class SpotShown:
    """A region of a picture, in per cent of its width and height, with words for those who can't see it."""

    place: str
    text: str
    chosen: bool
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class ArtefactShown:
    """Something to look at. `field`: the name of the check boxes of its regions, "" when nothing is to be marked."""

    form: str
    lines: tuple[LineShown, ...]
    picture: str
    alt: str
    spots: tuple[SpotShown, ...]
    field: str = ""


@dataclass(frozen=True, slots=True)
class PartShown:
    """A question, or a part of a scenario (`number` from 1). `others`: the other side of a match; `ranks`: what an
    option of an order may be given."""

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


def shown(item: Item, seed: int, language: str, filled: Filled | None = None) -> QuestionShown:
    """The item in a language, its options in the order that the seed gives, with what was filled in so far."""
    held = filled or {}
    parts = tuple(_part(part, language, held) for part in parts_shown(item, seed))
    if item.kind is not Kind.SCENARIO:
        return QuestionShown(str(item.kind), "", None, parts)
    artefact = None if item.artefact is None else _artefact(item.artefact, language, {}, "", ())
    return QuestionShown(str(item.kind), item.stem.in_language(language), artefact, parts)


def _part(part: Part, language: str, filled: Filled) -> PartShown:
    item, spots = part.item, part.item.kind is Kind.HOTSPOT
    field = part.field if spots else ""
    places = {key: str(place) for place, key in enumerate(part.left, 1)} if spots else {}
    artefact = None
    if item.artefact is not None:
        artefact = _artefact(item.artefact, language, places, field, filled.get(field, ()))
    choices = () if spots else _choices(part, language, filled)
    ranks = tuple(choice.place for choice in choices) if item.kind is Kind.ORDER else ()
    texts = {option.key: option.match.in_language(language) for option in item.options}
    others = tuple(ChoiceShown(str(place), texts[key], part.field) for place, key in enumerate(part.right, 1))
    stem = item.stem.in_language(language)
    return PartShown(part.number, str(item.kind), stem, part.field, choices, others, artefact, ranks)


def _choices(part: Part, language: str, filled: Filled) -> tuple[ChoiceShown, ...]:
    texts = {option.key: option.text.in_language(language) for option in part.item.options}
    numbered = part.item.kind in {Kind.ORDER, Kind.MATCH}
    found = []
    for place, key in ((str(number), key) for number, key in enumerate(part.left, 1)):
        field = f"{part.field}-{place}" if numbered else part.field
        given = filled.get(field, ())
        chosen = "".join(given[:1]) if numbered else place * (place in given)
        found.append(ChoiceShown(place, texts[key], field, chosen))
    return tuple(found)


def _artefact(
    artefact: Artefact, language: str, places: Mapping[str, str], field: str, ticked: Sequence[str]
) -> ArtefactShown:
    lines = []
    for line in artefact.lines:
        place, target = places.get(line.region, ""), line.target if line.role in HOVERED else ""
        lines.append(LineShown(line.role, line.text.in_language(language), target, place, place in ticked))
    spots = tuple(
        SpotShown(
            places[area.region], area.text.in_language(language), places[area.region] in ticked,
            area.x, area.y, area.width, area.height,
        )
        for area in artefact.areas
        if area.region in places
    )  # fmt: skip
    alt = artefact.alt.in_language(language)
    return ArtefactShown(str(artefact.form), tuple(lines), artefact.picture, alt, spots, field)
