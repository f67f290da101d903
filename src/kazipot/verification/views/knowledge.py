"""Trying what one knows before and after a training, by a personal link: one question a page, and no mark."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from kazipot.core.items.answering import Incomplete, answer_given
from kazipot.core.items.presentation import shown
from kazipot.core.items.scoring import NoSuchAnswer, points, score
from kazipot.foundation import clock
from kazipot.training import operations as training
from kazipot.verification import access, queries
from kazipot.verification.queries import Trial
from kazipot.verification.views.sitting import FAULTY, kept_private


@require_http_methods(["GET", "POST"])
@kept_private
def knowledge(request: HttpRequest, token: str) -> HttpResponse:
    """The next question of a trial, or what came of it. How far it is goes along with the form, signed."""
    trial, versions = access.trial_to_take(token, at=clock.now())
    done, right = queries.state_of(trial, request.POST.get("state", ""))
    missing = None
    if request.method == "POST" and done < len(versions) and "step" in request.POST:
        try:
            right += _is_right(versions[done], done, request)
            done += 1
        except Incomplete as incomplete:
            missing = incomplete.number
    if done >= len(versions):
        return _finished(request, trial, right, len(versions))
    context: dict[str, Any] = {
        "question": shown(queries.definition_of(versions[done]), done, str(get_language() or "sl")),
        "missing": missing,
        "number": done + 1,
        "most": len(versions),
        "state": queries.with_state(trial, done, right),
    }
    return render(request, "verification/knowledge.html", context, status=FAULTY if missing is not None else None)


def _is_right(version: int, seed: int, request: HttpRequest) -> bool:
    """Whether a question was known; who says that they don't know, doesn't."""
    if request.POST["step"] == "unknown":
        return False
    item = queries.definition_of(version)
    try:
        return score(item, answer_given(item, seed, dict(request.POST.lists()))) == points(item)
    except (NoSuchAnswer, LookupError) as error:
        raise Http404 from error


def _finished(request: HttpRequest, trial: Trial, right: int, asked: int) -> HttpResponse:
    kept = training.record_knowledge(
        session_id=trial.session_id, person_id=trial.person_id, moment=trial.moment, right=right, asked=asked,
        at=clock.now(),
    )  # fmt: skip
    return render(request, "verification/knowledge_done.html", {"right": right, "asked": asked, "kept": kept})
