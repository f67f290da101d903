"""Short lessons as they ship (`data/lessons`), and which of them people have finished."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import nh3
import yaml
from django.db.models import QuerySet
from django.utils.translation import get_language
from markdown_it import MarkdownIt

from kazipot.core.indicators.verification import add_months
from kazipot.core.items.definition import AREAS, Item
from kazipot.core.items.reading import NoItem, read_items
from kazipot.verification.models import LessonDone
from kazipot.verification.queries.rules import strategy_rule

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "strong", "em", "code", "blockquote"}
"""What a lesson may hold; everything else is cut away."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson in both languages: how many minutes it takes, what it tells (HTML), and what it asks at its end."""

    area: str
    title_sl: str
    title_en: str
    minutes: int
    html_sl: str
    html_en: str
    checks: tuple[Item, ...]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_sl

    @property
    def html(self) -> str:
        """The text in the reader's language."""
        return self.html_en if get_language() == "en" else self.html_sl


@cache
def lessons() -> dict[str, Lesson]:
    """Every lesson by area, in the blueprint's order; read once. Raises NoItem naming what is wrong with a check."""
    return {area: _lesson(area) for area in AREAS}


def _lesson(area: str) -> Lesson:
    text = files("kazipot.verification").joinpath(f"data/lessons/{area}.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    checks, faults = read_items(data["checks"], area=area)
    if faults:
        raise NoItem(faults)
    title, told = data["title"], data["text"]
    return Lesson(area, title["sl"], title["en"], data["minutes"], _html(told["sl"]), _html(told["en"]), tuple(checks))


def _html(text: str) -> str:
    return nh3.clean(MarkdownIt("commonmark", {"html": False}).render(text), tags=TAGS, attributes={})


def lessons_of(person_id: int, on: date) -> dict[str, date]:
    """When the person finished each lesson last, as far as it still counts on the day: {area: day}. One query."""
    since = add_months(on, -strategy_rule().months)
    rows = LessonDone.objects.filter(person_id=person_id, done_on__gt=since, done_on__lte=on).order_by("done_on")
    return dict(rows.values_list("area", "done_on"))


def lessons_done(person_ids: Collection[int] | None, as_of: date) -> dict[int, list[date]]:
    """On which days each person finished a lesson by the day: {person id: days}; everybody's if none are named."""
    rows: QuerySet[LessonDone] = LessonDone.objects.filter(done_on__lte=as_of).order_by("done_on", "pk")
    found: dict[int, list[date]] = defaultdict(list)
    chosen = rows if person_ids is None else rows.filter(person_id__in=person_ids)
    for person_id, day in chosen.values_list("person_id", "done_on"):
        found[person_id].append(day)
    return dict(found)
