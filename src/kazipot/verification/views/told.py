"""What the pages of the test say: the start, a question, the feedback of a practice, the result."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.core.indicators.verification import DutyRule
from kazipot.core.items.presentation import shown
from kazipot.core.psychometrics.areas import Word
from kazipot.organisation.access import Request
from kazipot.verification import queries
from kazipot.verification.access import AnyDoor, Door, TheSitting
from kazipot.verification.choices import MORE_TIME, Purpose

PAGES = {Purpose.VERIFICATION: "test", Purpose.PRACTICE: "practice", Purpose.CANDIDATE: "test"}
TIMES = {
    100: _("the usual time, %(minutes)s minutes"),
    150: _("half as much again, %(minutes)s minutes"),
    200: _("twice as much, %(minutes)s minutes"),
}


def _standing(person_id: int, request: Request) -> date | None:
    """Until when the person's verification counts, by the duty that the strategy sets."""
    rule: Callable[[], DutyRule] = import_string(settings.KAZIPOT_DUTY_RULE)
    return queries.counts_until(person_id, on=request.today, months=rule().months)


def start(door: Door, purpose: str, request: Request) -> dict[str, Any]:
    """Before the start: what awaits the person, honestly."""
    standard = queries.standard_on(request.today)
    person_id = door.person.pk
    wait = queries.next_attempt_on(person_id, on=request.today) if purpose == Purpose.VERIFICATION else None
    least, most = queries.length_on(standard, request.now)
    return {
        "door": door,
        "is_practice": purpose == Purpose.PRACTICE,
        "standard": standard,
        "least": least,
        "most": most,
        "times": times_of(standard),
        "wait": wait,
        "refused": "",
        "test_address": door.address("test"),
        "practice_address": door.address("practice"),
        "standing": _standing(person_id, request),
    }


def before_a_candidates_test(request: Request) -> dict[str, Any]:
    """Before the start of a candidate's test: the same as for everybody, without a person."""
    standard = queries.standard_on(request.today)
    least, most = queries.length_on(standard, request.now)
    return {"standard": standard, "least": least, "most": most, "times": times_of(standard)}


def times_of(standard: queries.Standard) -> list[tuple[int, Any]]:
    """How much time may be chosen."""
    return [(value, TIMES[value] % {"minutes": standard.minutes * value // 100}) for value in MORE_TIME]


def question(
    door: AnyDoor, own: TheSitting, step: Any, *, filled: dict[str, list[str]], missing: int | None
) -> dict[str, Any]:
    """One question."""
    item = queries.item_of(own, step)
    least, most = queries.length_of(own)
    found = shown(item, step.seed, get_language() or "sl", filled)
    return {
        "door": door,
        "sitting": own,
        "step": step,
        "question": found,
        "address": door.address(PAGES[Purpose(own.purpose)]),
        "is_practice": queries.was_practice(own),
        "least": least,
        "most": most,
        "missing": missing,
    }


def feedback(door: AnyDoor, own: TheSitting, step: Any) -> dict[str, Any]:
    """A practice question after its answer: what is right and why."""
    item = queries.item_of(own, step)
    return {
        "door": door,
        "sitting": own,
        "step": step,
        "address": door.address("practice"),
        "review": queries.review(item, step.answer, get_language() or "sl"),
        "right": step.points == queries.points_of(item),
        "partly": 0 < step.points < queries.points_of(item),
    }


def result(door: Door, own: TheSitting, request: Request) -> dict[str, Any]:
    """What a sitting came to, and what to learn next."""
    words = queries.words_of(own) if own.passed is not None or queries.was_practice(own) else {}
    names = queries.area_names(request.now)
    named = [(names.get(area, area), word) for area, word in words.items()]
    return {
        "door": door,
        "sitting": own,
        "is_practice": queries.was_practice(own),
        "strong": sorted(name for name, word in named if word == Word.STRONG),
        "learn": sorted(name for name, word in named if word == Word.LEARN),
        "unsure": sorted(name for name, word in named if word == Word.UNSURE),
        "wait": queries.next_attempt_on(door.person.pk, on=request.today),
        "standing": _standing(door.person.pk, request),
        "test_address": door.address("test"),
        "practice_address": door.address("practice"),
        "counted": queries.answered_of(own),
    }
