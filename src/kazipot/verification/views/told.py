"""What the pages of the test say: the start, a question, the feedback of a practice, the result."""

from datetime import date
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.core.duty.standing import Standing
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


def _counts_until(test: Standing, on: date) -> date | None:
    """The last day on which the person's verification counts; None when none counts today."""
    return test.valid_until if test.valid_until is not None and test.valid_until >= on else None


def start(door: Door, purpose: str, request: Request) -> dict[str, Any]:
    """Before the start: what awaits the person, honestly."""
    standard = queries.standard_on(request.today)
    test = queries.duty_of(door.person.pk, request.today).verification
    is_practice = purpose == Purpose.PRACTICE
    least, most = queries.length_on(standard, request.now)
    return {
        "door": door,
        "is_practice": is_practice,
        "standard": standard,
        "least": least,
        "most": most,
        "times": times_of(standard),
        "wait": None if is_practice else test.waits_until(request.today),
        "needs_help": test.needs_help and not is_practice,
        "refused": "",
        "test_address": door.address("test"),
        "practice_address": door.address("practice"),
        "lessons_address": door.address("lessons"),
        "standing": _counts_until(test, request.today),
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
    test = queries.duty_of(door.person.pk, request.today).verification
    return {
        "door": door,
        "sitting": own,
        "is_practice": queries.was_practice(own),
        "strong": sorted(name for name, word in named if word == Word.STRONG),
        "learn": sorted(name for name, word in named if word == Word.LEARN),
        "unsure": sorted(name for name, word in named if word == Word.UNSURE),
        "lessons": _lessons(door, own),
        "wait": test.waits_until(request.today),
        "needs_help": test.needs_help,
        "standing": _counts_until(test, request.today),
        "test_address": door.address("test"),
        "practice_address": door.address("practice"),
        "certificates_address": door.address("certificates"),
        "counted": queries.answered_of(own),
    }


def _lessons(door: Door, own: TheSitting) -> list[tuple[str, str]]:
    """After a failed test, the lessons of the areas in which points were lost: (address, title)."""
    if own.passed is not False or queries.was_practice(own):
        return []
    language = get_language() or "sl"
    return [
        (door.address("lesson", area), queries.lesson_of(area, language).title) for area in queries.areas_to_learn(own)
    ]
