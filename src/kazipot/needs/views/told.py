"""What a person is told of their own answers: in words, with last year's beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from kazipot.core.survey.questionnaire import (
    NEEDED_LEVEL,
    OWN_LEVEL,
    WANTS_TRAINING,
    Kind,
    Step,
    is_asked,
    name_of,
    places,
)
from kazipot.needs import queries
from kazipot.needs.access import Door, TheInvitation
from kazipot.organisation.access import Request


@dataclass(frozen=True, slots=True)
class Line:
    """A question and what was answered to it, in words."""

    question: str
    answer: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the questionnaire told again: for each competence (or none, "") its lines."""

    number: int
    title: str
    address: str
    sections: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A competence with the person's own level and the level needed in words, now and the year before."""

    name: str
    own: str
    needed: str
    before: str


def title_of(step: Step) -> str:
    """The heading of a page: the area of its competences, or its own label."""
    return step.competences[0].area if step.competences else step.page.label.in_language(get_language() or "sl")


def minutes(way: queries.Way) -> int:
    """About how long it takes, in minutes."""
    return queries.minutes_of(way.definition, len(way.asked))


def wishes(way: queries.Way, answers: queries.Answers) -> int:
    """In how many competences training is wanted."""
    return sum(bool(answers.get(name_of(WANTS_TRAINING, competence.id))) for competence in way.asked)


def parts(way: queries.Way, walked: Sequence[Step], answers: queries.Answers, door: Door) -> list[Part]:
    """Everything that was filled in, page by page."""
    language = get_language() or "sl"
    found = []
    for step in walked:
        sections: dict[str, list[Line]] = {}
        for place in places(step):
            value = answers.get(place.name)
            if place.item.kind is Kind.NOTE or not is_asked(place, answers) or (value is None and not place.competence):
                continue
            competence = place.competence
            code = competence.code if competence and way.definition.framework else ""
            words = queries.in_words(way.definition, place.item, value, language=language, competence=code)
            if place.item.kind is Kind.TICK and not value:
                continue
            heading = f"{competence.code} {competence.name}" if competence else ""
            sections.setdefault(heading, []).append(Line(place.item.label.in_language(language), tuple(words)))
        told = tuple((heading, tuple(lines)) for heading, lines in sections.items())
        found.append(Part(step.number, title_of(step), door.part(step.number), told))
    return found


def received(request: Request, door: Door) -> dict[str, Any]:
    """That the answers were received, and what the person may still do."""
    anonymous = door.is_anonymous
    return {
        "received": queries.answered_at(door.invitation),
        "may_change": queries.is_open(door.invitation, on=request.today) and not anonymous,
        "may_delete": not anonymous,
        "delete_address": door.part("delete"),
    }


def own_result(invitation: TheInvitation) -> dict[str, Any]:
    """What the person answered and wants, with last year's own level where it was asked in the same words."""
    response = queries.response_of(invitation)
    if response is None:
        return {"levels": [], "needs": []}
    language = get_language() or "sl"
    way, answers, needs = queries.way_of(invitation), queries.answers_of(response), queries.needs_of(response)
    earlier = queries.earlier_answers(invitation)
    items = {key: way.definition.item(key) for key in (OWN_LEVEL, NEEDED_LEVEL)}

    def words(source: queries.Answers, key: str, competence_id: int, code: str) -> str:
        item = items[key]
        value = source.get(name_of(key, competence_id))
        if item is None or value is None:
            return ""
        return ", ".join(queries.in_words(way.definition, item, value, language=language, competence=code))

    levels = []
    for competence in way.asked:
        code = competence.code if way.definition.framework else ""
        own, needed = (words(answers, key, competence.id, code) for key in (OWN_LEVEL, NEEDED_LEVEL))
        before = words(earlier.answers, OWN_LEVEL, competence.id, code) if earlier else ""
        levels.append(Level(f"{competence.code} {competence.name}", own, needed, before))
    wanted = [
        (f"{competence.code} {competence.name}", *needs[competence.id])
        for competence in way.asked
        if competence.id in needs
    ]
    return {"levels": levels, "needs": wanted, "earlier_year": earlier.year if earlier else None}
