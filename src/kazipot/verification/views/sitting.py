"""The test: one question a screen, signed in or by a code, on any device; no page ever holds a key.

Sending an answer is what saves it. A form that comes twice, late, or from another tab leads to where the person
stands, and nothing is lost or doubled by it.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.core.items.answering import Incomplete
from kazipot.core.items.scoring import NoSuchAnswer
from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.organisation.access import Request, requires
from kazipot.verification import access, operations, queries
from kazipot.verification.access import AnyDoor, Door
from kazipot.verification.choices import Purpose
from kazipot.verification.errors import AnotherQuestion, SittingOver
from kazipot.verification.views import told

FAULTY = 422
PAGES = {Purpose.VERIFICATION: "test", Purpose.PRACTICE: "practice", Purpose.CANDIDATE: "test"}
SEED_BITS = 62


def kept_private[**P, R: HttpResponseBase](
    view: Callable[Concatenate[HttpRequest, P], R],
) -> Callable[Concatenate[HttpRequest, P], R]:
    """A page that no cache keeps, so that the way back shows where the person stands and nobody else finds it."""

    @wraps(view)
    def private(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return cast(Callable[Concatenate[HttpRequest, P], R], private)


@require_http_methods(["GET", "POST"])
@kept_private
@requires("verification.see_own")
def test(request: Request) -> HttpResponse:
    """The test of the person who is signed in."""
    return _page(request, access.own_door(request), Purpose.VERIFICATION)


@require_http_methods(["GET", "POST"])
@kept_private
@requires("verification.see_own")
def practice(request: Request) -> HttpResponse:
    """Practice of the person who is signed in."""
    return _page(request, access.own_door(request), Purpose.PRACTICE)


@require_GET
@kept_private
@requires("verification.see_own")
def sitting(request: Request, sitting_id: int) -> HttpResponse:
    """What a sitting of mine came to."""
    return _result(request, access.own_door(request), sitting_id)


@require_GET
@kept_private
@requires("verification.see_own")
def sittings(request: Request) -> HttpResponse:
    """All my tests and practices; nobody else sees them."""
    door = access.own_door(request)
    return render(
        request, "verification/sittings.html", {"page": page_of(request, queries.sittings_of(door.person.pk))}
    )


@require_http_methods(["GET", "POST"])
@kept_private
def here_test(request: HttpRequest) -> HttpResponse:
    """The test of the code that was typed on this device."""
    return _here(cast(Request, request), Purpose.VERIFICATION)


@require_http_methods(["GET", "POST"])
@kept_private
def here_practice(request: HttpRequest) -> HttpResponse:
    """Practice by the code that was typed on this device."""
    return _here(cast(Request, request), Purpose.PRACTICE)


@require_GET
@kept_private
def here_sitting(request: HttpRequest, sitting_id: int) -> HttpResponse:
    """The result on this device."""
    door = access.door_here(cast(Request, request))
    return redirect("verification:enter") if door is None else _result(cast(Request, request), door, sitting_id)


def _here(request: Request, purpose: str) -> HttpResponse:
    door = access.door_here(request)
    return redirect("verification:enter") if door is None else _page(request, door, purpose)


def _page(request: Request, door: Door, purpose: str) -> HttpResponse:
    """Where the person stands: before the start, at a question, at the feedback of a practice, or at the end."""
    if request.method == "POST":
        return _sent(request, door, purpose)
    found = queries.open_sitting(door.person.pk, purpose, at=request.now)
    if found is None:
        return render(request, "verification/start.html", told.start(door, purpose, request))
    return show_question(request, door, found)


def _sent(request: Request, door: Door, purpose: str) -> HttpResponse:
    here = door.address(PAGES[Purpose(purpose)])
    step = request.POST.get("step", "")
    if step == "start":
        return _start(request, door, purpose, here)
    number, sitting_id = request.POST.get("number", ""), request.POST.get("sitting", "")
    if not (is_number(number) and is_number(sitting_id)):
        return gone(request, here)
    own = access.own_sitting(door, int(sitting_id))
    if own.purpose != purpose:
        return gone(request, here)
    if step == "next":
        operations.go_on(sitting_id=own.pk, at=request.now)
        own.refresh_from_db()
        return _onward(door, own, here)
    return take_answer(request, door, own, here)


def _start(request: Request, door: Door, purpose: str, here: str) -> HttpResponse:
    more_time = request.POST.get("more_time", "100")
    try:
        operations.start_sitting(
            person_id=door.person.pk, employer_id=door.employer_id, purpose=purpose, language=get_language() or "sl",
            at=request.now, seed=secrets.randbits(SEED_BITS), more_time=int(more_time) if is_number(more_time) else 0,
            actor=request.actor.user,
        )  # fmt: skip
    except DomainError as error:
        context = {**told.start(door, purpose, request), "refused": error.message}
        return render(request, "verification/start.html", context, status=FAULTY)
    return redirect(here)


def take_answer(request: Request, door: AnyDoor, own: access.TheSitting, here: str) -> HttpResponse:
    """Take the answer that was sent, and lead on."""
    unknown = request.POST.get("step") == "unknown"
    try:
        taken = operations.answer(
            sitting_id=own.pk, number=int(request.POST["number"]), token=request.POST.get("token", ""),
            given=None if unknown else dict(request.POST.lists()), at=request.now, actor=request.actor.user,
        )  # fmt: skip
    except Incomplete as missing:
        return show_question(request, door, own, missing=missing.number)
    except (AnotherQuestion, NoSuchAnswer, LookupError):
        return gone(request, here)
    except SittingOver:
        return redirect(door.address("sitting", own.pk))
    if taken.again:
        messages.info(request, _("This question was answered already; the first answer counts."))
    return _onward(door, taken.sitting, here)


def _onward(door: AnyDoor, own: access.TheSitting, here: str) -> HttpResponse:
    return redirect(door.address("sitting", own.pk) if own.ended_at is not None else here)


def gone(request: Request, here: str) -> HttpResponse:
    """Where the person stands, when an old page was sent."""
    messages.warning(request, _("That page was an old one, so nothing was sent. Here is where you are."))
    return redirect(here)


def show_question(
    request: Request, door: AnyDoor, own: access.TheSitting, *, missing: int | None = None
) -> HttpResponse:
    """The question that waits, or the feedback of a practice."""
    steps = queries.steps_of(own)
    last = steps[-1]
    if last.answered_at is not None:
        return render(request, "verification/feedback.html", told.feedback(door, own, last))
    filled = dict(request.POST.lists()) if missing is not None else {}
    if missing is not None and request.POST.get("number") != str(last.number):
        return redirect(door.address(PAGES[Purpose(own.purpose)]))
    context = told.question(door, own, last, filled=filled, missing=missing)
    return render(request, "verification/question.html", context, status=FAULTY if missing is not None else None)


def _result(request: Request, door: Door, sitting_id: int) -> HttpResponse:
    own = access.own_sitting(door, sitting_id)
    if own.ended_at is None:
        return redirect(door.address(PAGES[Purpose(own.purpose)]))
    return render(request, "verification/result.html", told.result(door, own, request))


def is_number(text: str) -> bool:
    """Whether a text of a form can be a number."""
    return text.isascii() and text.isdigit() and len(text) <= 18
