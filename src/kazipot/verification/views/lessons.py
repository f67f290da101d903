"""Short lessons, one step a page: read, answer the check, go on. What is answered is kept nowhere."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.core.items.answering import Incomplete, answer_given
from kazipot.core.items.definition import AREAS, Item
from kazipot.core.items.presentation import shown
from kazipot.core.items.scoring import NoSuchAnswer, points, score
from kazipot.foundation.errors import DomainError
from kazipot.foundation.markdown import as_html
from kazipot.organisation.access import Request, requires
from kazipot.verification import access, operations, queries
from kazipot.verification.access import Visitor
from kazipot.verification.queries import LessonStanding
from kazipot.verification.views.entering import by_code

FAULTY = 422
SEED = 7
"""Options of a check stand in the same order for everybody: a lesson is no test."""


@require_GET
@requires("verification.see_own")
def lessons(request: Request) -> HttpResponse:
    """All lessons, which of them I have done and when."""
    return _lessons(request, access.visitor(request))


@require_GET
@by_code
def here_lessons(request: Request, door: Visitor) -> HttpResponse:
    """The same on the device on which a code was typed."""
    return _lessons(request, door)


@require_http_methods(["GET", "POST"])
@requires("verification.see_own")
def lesson(request: Request, area: str) -> HttpResponse:
    """A step of a lesson: the one where I am, or an earlier one by ?step=N."""
    return _lesson(request, access.visitor(request), area)


@require_http_methods(["GET", "POST"])
@by_code
def here_lesson(request: Request, door: Visitor, area: str) -> HttpResponse:
    """The same on the device on which a code was typed."""
    return _lesson(request, door, area)


def _lessons(request: Request, door: Visitor) -> HttpResponse:
    rows = queries.lesson_standings(door.person.pk, _language())
    context = {
        "door": door,
        "rows": [(row, door.address("lesson", row.area)) for row in rows],
        "done": sum(row.done_on is not None for row in rows),
        "trained": queries.lessons_done([door.person.pk], request.today).get(door.person.pk),
        "test_address": door.address("test"),
    }
    return render(request, "verification/lessons.html", context)


def _lesson(request: Request, door: Visitor, area: str) -> HttpResponse:
    if area not in AREAS:
        raise Http404
    standing = next(row for row in queries.lesson_standings(door.person.pk, _language()) if row.area == area)
    if request.method == "POST" and request.POST.get("action") == "next":
        return _next(request, door, standing)
    number = _step_asked(request, standing)
    context = {"door": door, "all_address": door.address("lessons"), **_context(request, standing, number)}
    response = render(request, "verification/lesson.html", context, status=FAULTY if context["missing"] else 200)
    add_never_cache_headers(response)
    return response


def _step_asked(request: Request, standing: LessonStanding) -> int:
    asked = (request.POST if request.method == "POST" else request.GET).get("step", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else standing.step
    return max(1, min(number, standing.step))


def _next(request: Request, door: Visitor, standing: LessonStanding) -> HttpResponse:
    number, steps = _step_asked(request, standing), len(standing.lesson.steps)
    here = door.address("lesson", standing.area)
    try:
        done = operations.finish_step(
            person_id=door.person.pk, area=standing.area, step=number, steps=steps, at=request.now,
            actor=request.actor.user,
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, str(error))
        return redirect(here)
    if done is not None:
        messages.success(request, _("You have finished the lesson “%(lesson)s”.") % {"lesson": standing.lesson.title})
        return redirect(door.address("lessons"))
    return redirect(f"{here}?step={number + 1}")


def _context(request: Request, standing: LessonStanding, number: int) -> dict[str, Any]:
    step = standing.lesson.steps[number - 1]
    check = queries.checks_of(standing.area)[step.check] if step.check else None
    given = dict(request.POST.lists()) if request.method == "POST" else {}
    missing, feedback = None, None
    if check is not None and given:
        try:
            feedback = _feedback(check, given)
        except Incomplete as incomplete:
            missing = incomplete
        except (NoSuchAnswer, LookupError) as error:
            raise Http404 from error
    return {
        "standing": standing,
        "lesson": standing.lesson,
        "step": step,
        "number": number,
        "earlier": number - 1,
        "text": as_html(step.text, picture=lambda name: static(f"verification/lessons/{name}")),
        "question": shown(check, SEED, _language(), given) if check else None,
        "missing": missing,
        "missing_part": missing.number if missing else None,
        "feedback": feedback,
    }


def _feedback(check: Item, given: dict[str, list[str]]) -> dict[str, Any]:
    """Whether the answer is right, and the reasons of all options."""
    is_right = score(check, answer_given(check, SEED, given)) == points(check)
    language = _language()
    return {
        "is_right": is_right,
        "parts": queries.key_of(check, language),
        "explanation": check.explanation.in_language(language),
    }


def _language() -> str:
    return str(get_language() or "sl")
