"""A person's way through a questionnaire: which pages and items they are asked, what is missing, what counts.

Answers are kept under names: an item's key, or `key-id` for an item asked of a competence. What stops being asked,
because another answer changed, doesn't count, but is kept until the answers are sent: who changes back finds it again.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kazipot.core.survey.questionnaire.checking import Fault, refusal
from kazipot.core.survey.questionnaire.definition import Item, Kind, Page, Questionnaire, Value
from kazipot.core.survey.questionnaire.expressions import parse

type Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Asked:
    """A competence that a person is asked about, named in their language."""

    id: int
    code: str
    name: str
    area: str
    descriptor: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One page as a person sees it; `number` counts from 1. Competences of one area stand on one page."""

    number: int
    page: Page
    competences: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """An item as it is asked: by itself, or of a competence."""

    item: Item
    competence: Asked | None = None

    @property
    def name(self) -> str:
        """The name under which the answer is kept."""
        return name_of(self.item.key, self.competence.id if self.competence else None)


def name_of(key: str, competence_id: int | None = None) -> str:
    """The name under which an item's answer is kept."""
    return key if competence_id is None else f"{key}-{competence_id}"


def steps(questionnaire: Questionnaire, asked: Sequence[Asked], answers: Answers) -> list[Step]:
    """The pages that a person is shown, given the answers so far."""
    found: list[Step] = []
    for page in questionnaire.pages:
        if page.relevant and not parse(page.relevant).holds(scope(answers)):
            continue
        if page.per_competence:
            for _area, competences in groupby(asked, key=lambda competence: competence.area):
                found.append(Step(len(found) + 1, page, tuple(competences)))
        else:
            found.append(Step(len(found) + 1, page))
    return found


def unconditional(questionnaire: Questionnaire) -> Questionnaire:
    """The questionnaire with every page shown, as on paper, where nobody works out conditions of pages."""
    return replace(questionnaire, pages=tuple(replace(page, relevant="") for page in questionnaire.pages))


def places(step: Step) -> Iterator[Place]:
    """Everything on a page, asked or not."""
    if step.page.per_competence:
        for competence in step.competences:
            for item in step.page.items:
                yield Place(item, competence)
    else:
        for item in step.page.items:
            yield Place(item)


def is_asked(place: Place, answers: Answers) -> bool:
    """Whether the item is asked, given the answers so far."""
    return not place.item.relevant or parse(place.item.relevant).holds(_scope_of(place, answers))


def fault_of(place: Place, answers: Answers) -> Fault | None:
    """Why what was answered isn't enough; None when it is, or when it isn't asked."""
    if place.item.kind is Kind.NOTE or not is_asked(place, answers):
        return None
    known = _scope_of(place, answers) if place.item.constraint else {}
    return refusal(place.item, answers.get(place.name), known)


def is_complete(step: Step, answers: Answers) -> bool:
    """Whether a page lacks nothing."""
    return all(fault_of(place, answers) is None for place in places(step))


def counted(questionnaire: Questionnaire, asked: Sequence[Asked], answers: Answers) -> dict[str, Value]:
    """The answers that count: those to what was asked in the end; empty ones are left out."""
    found: dict[str, Value] = {}
    for step in steps(questionnaire, asked, answers):
        for place in places(step):
            value = answers.get(place.name)
            if value is not None and place.item.kind is not Kind.NOTE and is_asked(place, answers):
                found[place.name] = value
    return found


def scope(answers: Answers, competence_id: int | None = None) -> dict[str, Value]:
    """The answers by key as an expression sees them: those asked by themselves, and those of one competence."""
    found = {name: value for name, value in answers.items() if "-" not in name}
    if competence_id is not None:
        tail = f"-{competence_id}"
        found |= {name.removesuffix(tail): value for name, value in answers.items() if name.endswith(tail)}
    return found


def _scope_of(place: Place, answers: Answers) -> dict[str, Value]:
    return scope(answers, place.competence.id if place.competence else None)
