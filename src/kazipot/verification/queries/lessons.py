"""Lessons that ship, how far people are with them, and who counts as trained by them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from kazipot.core.items.definition import AREAS
from kazipot.core.items.definition import Item as Definition
from kazipot.core.items.reading import NoItem
from kazipot.core.items.written import items_from_yaml
from kazipot.core.lessons import Lesson, read_lesson, trained_on
from kazipot.verification.models import LessonDone, LessonProgress

MOST_IDS = 500


def _file(name: str) -> str:
    return files("kazipot.verification").joinpath("data", "lessons", name).read_text(encoding="utf-8")


@cache
def lesson_of(area: str, language: str) -> Lesson:
    """An area's lesson in a language."""
    return read_lesson(_file(f"{area}.{language if language == 'en' else 'sl'}.md"))


@cache
def checks_of(area: str) -> dict[str, Definition]:
    """The items that close the steps of an area's lesson, by key. Raises NoItem."""
    items, faults = items_from_yaml(_file(f"{area}.checks.yaml"), area=area)
    if faults:
        raise NoItem(faults)
    return {item.key: item for item in items}


@dataclass(frozen=True, slots=True)
class LessonStanding:
    """Where a person stands with an area's lesson. `step`: the one to go on with, from 1; `done_on`: the last time."""

    area: str
    lesson: Lesson
    step: int
    done_on: date | None

    @property
    def has_begun(self) -> bool:
        """Whether the person is in the middle of it."""
        return self.step > 1


def lesson_standings(person_id: int, language: str) -> list[LessonStanding]:
    """All lessons with a person's progress. Two queries."""
    steps = dict(LessonProgress.objects.filter(person_id=person_id).values_list("area", "steps_done"))
    done: dict[str, date] = {}
    for area, day in LessonDone.objects.filter(person_id=person_id).values_list("area", "done_on"):
        done[area] = max(day, done.get(area, day))
    return [LessonStanding(area, lesson_of(area, language), steps.get(area, 0) + 1, done.get(area)) for area in AREAS]


def lessons_done(person_ids: Collection[int] | None, as_of: date) -> dict[int, date]:
    """The day on which each person was last trained in digital security by lessons: all areas within twelve months.

    None: everybody. Who has not done all is missing. One query.
    """
    rows = LessonDone.objects.filter(done_on__lte=as_of)
    if person_ids is not None and len(person_ids) <= MOST_IDS:
        rows = rows.filter(person_id__in=person_ids)
    wanted = None if person_ids is None else set(person_ids)
    found: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for person_id, area, day in rows.values_list("person_id", "area", "done_on").order_by():
        if wanted is None or person_id in wanted:
            found[person_id][area].append(day)
    days = {person_id: trained_on(done, AREAS, as_of=as_of) for person_id, done in found.items()}
    return {person_id: day for person_id, day in days.items() if day is not None}
