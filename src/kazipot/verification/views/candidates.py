"""A candidate's test: by a code, under no name, on any device; the commission sees a number and the result."""

import secrets
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from kazipot.foundation.errors import DomainError
from kazipot.organisation.access import Request
from kazipot.verification import access, operations, queries
from kazipot.verification.access import CandidateDoor
from kazipot.verification.views import told
from kazipot.verification.views.sitting import (
    FAULTY,
    SEED_BITS,
    gone,
    is_number,
    kept_private,
    show_question,
    take_answer,
)


@require_http_methods(["GET", "POST"])
@kept_private
def candidate_test(request: HttpRequest) -> HttpResponse:
    """Where the candidate stands: before the start, at a question, or at the end."""
    asked = cast(Request, request)
    door = access.candidate_door(asked)
    if door is None:
        return redirect("verification:enter")
    own = queries.candidate_sitting(door.test, at=asked.now)
    if request.method == "POST":
        return _sent(asked, door, own)
    if own is None:
        return _before(asked, door)
    if own.ended_at is not None:
        return render(request, "verification/candidate_result.html", {"door": door, "sitting": own})
    return show_question(asked, door, own)


def _sent(request: Request, door: CandidateDoor, own: access.TheSitting | None) -> HttpResponse:
    here = door.address("test")
    if request.POST.get("step") == "start":
        return _start(request, door, here)
    number, sitting_id = request.POST.get("number", ""), request.POST.get("sitting", "")
    if own is None or not is_number(number) or sitting_id != str(own.pk):
        return gone(request, here)
    return take_answer(request, door, own, here)


def _start(request: Request, door: CandidateDoor, here: str) -> HttpResponse:
    more_time = request.POST.get("more_time", "100")
    try:
        operations.start_candidate_test(
            test_id=door.test.pk, language=get_language() or "sl", at=request.now, seed=secrets.randbits(SEED_BITS),
            more_time=int(more_time) if is_number(more_time) else 0,
        )  # fmt: skip
    except DomainError as error:
        return _before(request, door, str(error.message))
    return redirect(here)


def _before(request: Request, door: CandidateDoor, refused: str = "") -> HttpResponse:
    context = {**told.before_a_candidates_test(request), "door": door, "refused": refused}
    return render(request, "verification/candidate_start.html", context, status=FAULTY if refused else None)
