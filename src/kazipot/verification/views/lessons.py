"""Short lessons: read on a phone in a few minutes, with a question or two at the end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.core.items.answering import Incomplete, answer_given
from kazipot.core.items.definition import Answer
from kazipot.core.items.presentation import shown
from kazipot.foundation.ui.form_page import REFUSED
from kazipot.organisation.access import Request, requires, user_of
from kazipot.verification import access, operations, queries

SEED = 7
"""Choices of a check stand in the same order for everybody and every time."""


@require_GET
@requires("verification.see_own")
def lessons(request: Request) -> HttpResponse:
    """All lessons, which I have finished, and what a full set brings."""
    door = access.own_door(request)
    done = queries.lessons_of(door.person.pk, request.today)
    rows = [(lesson, done.get(lesson.area)) for lesson in queries.lessons().values()]
    context = {"rows": rows, "left": sum(day is None for _lesson, day in rows)}
    return render(request, "verification/lessons.html", context)


@require_http_methods(["GET", "POST"])
@requires("verification.see_own")
def lesson(request: Request, area: str) -> HttpResponse:
    """One lesson; it is finished when all its questions are answered rightly."""
    door = access.own_door(request)
    found = queries.lessons().get(area)
    if found is None:
        raise Http404
    told: dict[str, tuple[bool, str]] = {}
    if request.method == "POST":
        answers, told = _answers(found, dict(request.POST.lists()))
        if len(answers) == len(found.checks) and all(good for good, _why in told.values()):
            operations.finish_lesson(
                person_id=door.person.pk, employer_id=door.employer_id, area=area,
                at=request.now, actor=user_of(request),
            )  # fmt: skip
            messages.success(request, _("Everything is right. The lesson is finished."))
            return redirect("verification:lessons")
    filled = dict(request.POST.lists()) if request.method == "POST" else {}
    checks = [
        {
            "question": shown(item, SEED, get_language() or "sl", _own(filled, number)),
            "prefix": f"c{number}-",
            "told": told.get(item.key),
        }
        for number, item in enumerate(found.checks, 1)
    ]
    context = {"lesson": found, "checks": checks, "sent": request.method == "POST"}
    return render(request, "verification/lesson.html", context, status=REFUSED if told else None)


def _own(filled: dict[str, list[str]], number: int) -> dict[str, list[str]]:
    prefix = f"c{number}-"
    return {name.removeprefix(prefix): values for name, values in filled.items() if name.startswith(prefix)}


def _answers(
    found: queries.Lesson, filled: dict[str, list[str]]
) -> tuple[dict[str, Answer], dict[str, tuple[bool, str]]]:
    """The answers given, and for each check whether it is right, with why."""
    answers: dict[str, Answer] = {}
    told: dict[str, tuple[bool, str]] = {}
    for number, item in enumerate(found.checks, 1):
        try:
            answers[item.key] = answer_given(item, SEED, _own(filled, number))
        except (Incomplete, LookupError):
            told[item.key] = (False, _("Answer this question too."))
    if len(answers) < len(found.checks):
        return answers, told
    for item in found.checks:
        good = operations.right(found.area, answers)[item.key]
        reasons = [option.rationale.in_language(get_language() or "sl") for option in item.options if option.rationale]
        told[item.key] = (good, "" if good else " ".join(reasons))
    return answers, told
