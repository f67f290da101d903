"""The questionnaire: by a personal link without an account, or signed in. One page for each competence area.

Every step keeps what was filled in before it goes on, so that stopping, going back and changing the language
lose nothing. Pages of a link are never cached, and their address is told to no other site.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import posted
from kazipot.needs import access, operations, queries
from kazipot.needs.access import Door
from kazipot.needs.forms import AreaForm, CodeForm
from kazipot.organisation.access import Request, requires

FAULTY, GONE, NOT_FOUND, TOO_MANY = 422, 410, 404, 429
REVIEW = "review"
RECEIPT = "needs.receipt"
RECEIPT_LASTS = timedelta(minutes=30)


def kept_private[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page that no cache keeps and no search engine lists, and whose address goes to no other site.

    "same-origin" and not "no-referrer": with the latter, browsers hide where a form comes from, and the form
    would be refused as foreign.
    """

    @wraps(view)
    def private(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        add_never_cache_headers(response)
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], private)


@require_http_methods(["GET", "POST"])
@kept_private
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire of the link's holder."""
    if access.is_typed(token) and access.is_guessing(request):
        return _too_many(request)
    door = access.door_by_link(token)
    return _invalid(request) if door is None else _questionnaire(cast(Request, request), door)


@require_GET
@kept_private
def receipt(request: HttpRequest, token: str) -> HttpResponse:
    """That the answers were received, and when."""
    door = access.door_by_link(token)
    return _invalid(request) if door is None else _receipt(cast(Request, request), door)


@require_http_methods(["GET", "POST"])
@kept_private
@requires("needs.see_own")
def own_answer(request: Request, invitation_id: int) -> HttpResponse:
    """The questionnaire of the person who is signed in."""
    return _questionnaire(request, access.own_door(request, invitation_id))


@require_GET
@kept_private
@requires("needs.see_own")
def own_receipt(request: Request, invitation_id: int) -> HttpResponse:
    """What the person who is signed in has answered."""
    return _receipt(request, access.own_door(request, invitation_id))


@require_GET
@requires("needs.see_own")
def own(request: Request) -> HttpResponse:
    """What the person who is signed in was asked and has answered; nobody else sees it."""
    person = request.actor.person
    page = page_of(request, queries.invitations_of(person.pk if person else 0))
    rows = [
        (invitation, queries.answered_at(invitation), queries.is_open(invitation, on=request.today))
        for invitation in page.object_list
    ]
    return render(request, "needs/own.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@kept_private
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a letter, on any device: a phone, or a tablet that everybody at the depot uses."""
    if access.is_guessing(request):
        return _too_many(request)
    form = CodeForm(posted(request))
    if form.is_valid():
        if access.enter_here(cast(Request, request), form.cleaned_data["code"]):
            return redirect("needs:here")
        access.note_wrong_code(request)
        form.add_error("code", _("This code is not valid. Look at the letter again: twelve letters and numbers."))
    return render(request, "needs/enter.html", {"form": form}, status=FAULTY if form.errors else None)


@require_http_methods(["GET", "POST"])
@kept_private
def here(request: HttpRequest) -> HttpResponse:
    """The questionnaire of the code that was typed on this device."""
    door = access.door_here(cast(Request, request))
    return redirect("needs:enter") if door is None else _questionnaire(cast(Request, request), door)


@require_GET
@kept_private
def here_receipt(request: HttpRequest) -> HttpResponse:
    """The receipt on this device."""
    door = access.door_here(cast(Request, request))
    return redirect("needs:enter") if door is None else _receipt(cast(Request, request), door)


@require_POST
@kept_private
def leave(request: HttpRequest) -> HttpResponse:
    """Leave a shared device: nothing of the person stays on it."""
    request.session.flush()
    return redirect("needs:enter")


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "needs/too_many.html", status=TOO_MANY)


def _invalid(request: HttpRequest) -> HttpResponse:
    """One neutral page, whatever is wrong with the link."""
    access.note_wrong_code(request)
    return render(request, "needs/link_invalid.html", status=NOT_FOUND)


def _questionnaire(request: Request, door: Door) -> HttpResponse:
    invitation = door.invitation
    context: dict[str, object] = {"door": door, "campaign": invitation.campaign}
    received = queries.answered_at(invitation)
    if request.method == "POST" and request.POST.get("step") in {"again", "keep"}:
        return _again(request, door, begin=request.POST["step"] == "again")
    if received is not None and not invitation.answering_again:
        context |= {"received": received, "may_change": queries.is_open(invitation, on=request.today)}
        return render(request, "needs/answered.html", context)
    if not queries.is_open(invitation, on=request.today):
        return render(request, "needs/over.html", context, status=GONE)
    areas = queries.questionnaire(invitation.campaign.framework_id)
    part = request.GET.get("part", "")
    if part == REVIEW:
        return _review(request, door, areas)
    area = next((area for area in areas if str(area.number) == part), None)
    if area is not None:
        return _area(request, door, areas, area)
    unfinished = next((area.number for area in areas if not area.is_complete(invitation.draft)), REVIEW)
    context |= {
        "areas": areas,
        "questions": sum(len(area.questions) for area in areas),
        "begun": bool(invitation.draft),
        "again": invitation.answering_again,
        "next": door.part(unfinished),
    }
    return render(request, "needs/start.html", context)


def _again(request: Request, door: Door, *, begin: bool) -> HttpResponse:
    """Begin to change one's answers, or leave them as they are. A link alone doesn't show the earlier ones."""
    if not begin:
        operations.keep_answers(invitation_id=door.invitation.pk)
        return redirect(door.address)
    mine = door.personal or _has_just_sent(request, door.invitation.pk)
    try:
        operations.answer_again(invitation_id=door.invitation.pk, show_earlier=mine, at=request.now)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect(door.address)


def _area(request: Request, door: Door, areas: list[queries.AreaAsked], area: queries.AreaAsked) -> HttpResponse:
    """One page: whatever button was pressed, what was filled in is kept first; only "next" wants all of it.

    What is missing is told on a page of its own address (?check=1), not in the answer to the form: the browser's
    back button never asks whether to send a form again.
    """
    draft = door.invitation.draft
    if request.method == "POST":
        filled = AreaForm(request.POST, area=area, draft=draft)
        complete = filled.is_valid()
        try:
            operations.save_draft(invitation_id=door.invitation.pk, answers=filled.filled_in(), at=request.now)
        except DomainError:
            return redirect(door.address)  # answered or over meanwhile: that page says so
        step = request.POST.get("step", "next")
        if step == "next" and not complete:
            return redirect(f"{door.part(area.number)}&check=1")
        return _onward(request, door, areas, area, step)
    form = AreaForm.of_draft(area, draft) if request.GET.get("check") == "1" else AreaForm(area=area, draft=draft)
    last = areas[-1].number
    context = {
        "door": door,
        "campaign": door.invitation.campaign,
        "form": form,
        "area": area,
        "last": last,
        "is_last": area.number == last,
        "other_language": "sl" if get_language() == "en" else "en",
    }
    return render(request, "needs/area.html", context, status=FAULTY if form.errors else None)


def _onward(
    request: Request, door: Door, areas: list[queries.AreaAsked], area: queries.AreaAsked, step: str
) -> HttpResponse:
    """Where the pressed button leads, once everything is kept."""
    if step == "back":
        return redirect(door.part(area.number - 1) if area.number > 1 else door.address)
    if step == "later":
        messages.success(request, _("Your answers so far are saved. Open the same link to continue."))
        return redirect(door.address)
    if step in dict(settings.LANGUAGES):
        response = redirect(door.part(area.number))
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, step, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE)
        return response
    return redirect(door.part(area.number + 1 if area.number < areas[-1].number else REVIEW))


def _review(request: Request, door: Door, areas: list[queries.AreaAsked]) -> HttpResponse:
    """Everything once more, before it is sent."""
    invitation = door.invitation
    answers = queries.drafted(invitation)
    missing = [area for area in areas if not area.is_complete(invitation.draft)]
    if request.method == "POST":
        if missing:
            return redirect(door.part(REVIEW))
        try:
            operations.submit_draft(invitation_id=invitation.pk, at=request.now)
        except DomainError:
            return redirect(door.address)  # somebody sent them first, or it is over: that page says so
        request.session[RECEIPT] = [invitation.pk, request.now.isoformat()]
        return redirect(door.receipt)
    context = {
        "door": door,
        "campaign": invitation.campaign,
        "areas": [(area, said, door.part(area.number)) for area, said in queries.in_words(areas, answers)],
        "missing": [(area, door.part(area.number)) for area in missing],
        "back": door.part(areas[-1].number),
        "again": invitation.answering_again,
        "wishes": sum(answer.wants_training for answer in answers.values()),
    }
    return render(request, "needs/review.html", context)


def _receipt(request: Request, door: Door) -> HttpResponse:
    """The receipt. What was answered is shown to the person signed in, or, for half an hour, to the browser
    that sent it: a link that was forwarded or found shows only that the answers were received."""
    received = queries.answered_at(door.invitation)
    if received is None or door.invitation.answering_again:
        return redirect(door.address)
    mine = door.personal or _has_just_sent(request, door.invitation.pk)
    said = queries.said_by(door.invitation) if mine else []
    context = {
        "door": door,
        "campaign": door.invitation.campaign,
        "received": received,
        "mine": mine,
        "may_change": queries.is_open(door.invitation, on=request.today),
        "said": said,
        "needs": [row for row in said if row.need is not None],
    }
    return render(request, "needs/receipt.html", context)


def _has_just_sent(request: Request, invitation_id: int) -> bool:
    sent = request.session.get(RECEIPT)
    if not sent or sent[0] != invitation_id:
        return False
    return abs(request.now - datetime.fromisoformat(sent[1])) <= RECEIPT_LASTS
