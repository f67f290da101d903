"""A practice question after its answer: what is right and why. Only practice shows it, of what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kazipot.core.items.answering import from_kept
from kazipot.core.items.definition import Answer, Item, Kind, Option
from kazipot.core.items.scoring import points
from kazipot.verification.models import Sitting
from kazipot.verification.queries.sittings import steps_of


@dataclass(frozen=True, slots=True)
class LineReviewed:
    """An option: what it says, a verdict in words where there is one, and the reason."""

    text: str
    verdict: str
    good: bool
    rationale: str


@dataclass(frozen=True, slots=True)
class PartReviewed:
    """A question, or a part of a scenario."""

    stem: str
    lines: tuple[LineReviewed, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """A whole question with its key."""

    story: str
    parts: tuple[PartReviewed, ...]
    explanation: str
    sources: tuple[tuple[str, str], ...]


def points_of(item: Item) -> int:
    """The most points that the question gives."""
    return points(item)


def review(item: Item, kept: object, language: str) -> Review:
    """What is right about a question and why, beside what was answered."""
    answer = from_kept(kept)
    scenario = item.kind is Kind.SCENARIO
    parts = tuple(
        _part(part, answer.get(part.key, ()) if isinstance(answer, Mapping) else answer, language)
        for part in (item.parts if scenario else (item,))
    )
    return Review(
        item.stem.in_language(language) if scenario else "", parts, item.explanation.in_language(language),
        tuple((source.title, source.address) for source in item.sources),
    )  # fmt: skip


def _part(item: Item, answer: Answer, language: str) -> PartReviewed:
    lines = tuple(_line(item, option, place, answer, language) for place, option in enumerate(item.options, 1))
    return PartReviewed(item.stem.in_language(language), tuple(line for line in lines if line is not None))


def _line(item: Item, option: Option, place: int, answer: Answer, language: str) -> LineReviewed | None:
    rationale, text = option.rationale.in_language(language), option.text.in_language(language)
    if item.kind is Kind.ORDER:
        return LineReviewed(f"{place}. {text}", "", True, rationale)
    if item.kind is Kind.MATCH:
        return LineReviewed(f"{text} – {option.match.in_language(language)}", "", True, rationale) if text else None
    if item.kind is Kind.HOTSPOT:
        text = _region(item, option.key, language)
    chosen = answer == option.key or (isinstance(answer, tuple) and option.key in answer)
    if option.correct:
        return LineReviewed(text, _("right, and you chose it") if chosen else _("right"), True, rationale)
    return LineReviewed(text, _("you chose it, and it is wrong") if chosen else "", False, rationale)


def _region(item: Item, key: str, language: str) -> str:
    if item.artefact is None:
        return key
    for line in item.artefact.lines:
        if line.region == key:
            return line.text.in_language(language)
    return next((area.text.in_language(language) for area in item.artefact.areas if area.region == key), key)


@dataclass(frozen=True, slots=True)
class Answered:
    """How many questions were answered, and how many of them wholly rightly."""

    number: int
    right: int


def answered_of(sitting: Sitting) -> Answered:
    """How many questions of a sitting were answered, for the person themself."""
    steps = [step for step in steps_of(sitting) if step.points is not None and step.scored]
    return Answered(len(steps), sum(1 for step in steps if step.points))
