"""The questionnaire: by a personal link without an account, by a code on any device, or signed in.

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

from kazipot.core.survey.questionnaire import Step, is_complete, steps
from kazipot.foundation import guessing
from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.tokens import is_typed
from kazipot.foundation.ui.form_page import posted
from kazipot.needs import access, operations, queries
from kazipot.needs.access import Door
from kazipot.needs.forms import CodeForm, DeleteForm, NumberForm, StepForm
from kazipot.needs.views import told
from kazipot.organisation.access import Request, requires

FAULTY, GONE, NOT_FOUND, TOO_MANY = 422, 410, 404, 429
REVIEW, EARLIER, DELETE = "review", "earlier", "delete"
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
    if is_typed(token) and guessing.is_guessing(request):
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
        (
            invitation,
            queries.has_answered(invitation),
            queries.answered_at(invitation),
            queries.is_open(invitation, on=request.today),
        )
        for invitation in page.object_list
    ]
    return render(request, "needs/own.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@kept_private
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a slip, on any device: a phone, or a tablet that everybody at the depot uses."""
    if guessing.is_guessing(request):
        return _too_many(request)
    form = CodeForm(posted(request))
    if form.is_valid():
        door = access.enter_here(cast(Request, request), form.cleaned_data["code"])
        if door is not None:
            response = redirect("needs:here")
            if door.is_anonymous and door.key is not None:
                response.set_cookie(
                    access.HERE_KEY, door.key.hex(), httponly=True, samesite="Strict", secure=settings.HTTPS
                )
            return response
        guessing.note_wrong_code(request)
        form.add_error("code", _("This code is not valid. Look at the slip again: twelve letters and numbers."))
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
    response = redirect("needs:enter")
    response.delete_cookie(access.HERE_KEY)
    return response


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "needs/too_many.html", status=TOO_MANY)


def _invalid(request: HttpRequest) -> HttpResponse:
    """One neutral page, whatever is wrong with the link."""
    guessing.note_wrong_code(request)
    return render(request, "needs/link_invalid.html", status=NOT_FOUND)


def _questionnaire(request: Request, door: Door) -> HttpResponse:
    """Where the person stands: answered, over, or on one of the pages."""
    invitation = door.invitation
    context: dict[str, object] = {"door": door, "campaign": invitation.campaign}
    part = request.GET.get("part", "")
    if part == DELETE:
        return _delete(request, door)
    if request.method == "POST" and request.POST.get("step") in {"again", "keep"}:
        return _again(request, door, begin=request.POST["step"] == "again")
    if queries.has_answered(invitation) and not invitation.answering_again:
        return render(request, "needs/answered.html", {**context, **told.received(request, door)})
    if not queries.is_open(invitation, on=request.today):
        return render(request, "needs/over.html", context, status=GONE)
    if door.is_anonymous and door.key is None:
        return render(request, "needs/needs_link.html", context)
    if part == EARLIER:
        return _earlier(request, door)
    way, answers = queries.way_of(invitation), queries.draft_of(invitation, door.key)
    walked = steps(way.definition, way.asked, answers)
    if part == REVIEW:
        return _review(request, door, way, answers)
    step = next((step for step in walked if str(step.number) == part), None)
    if step is not None:
        return _step(request, door, way, step, answers)
    unfinished = next((step.number for step in walked if not is_complete(step, answers)), REVIEW)
    context |= {
        "pages": len(walked),
        "competences": len(way.asked) if way.definition.competence_pages() else 0,
        "minutes": told.minutes(way),
        "begun": bool(answers),
        "again": invitation.answering_again,
        "next": door.part(unfinished),
        "earlier": None if answers or door.is_anonymous else queries.earlier_answers(invitation),
        "earlier_address": door.part(EARLIER),
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


def _earlier(request: Request, door: Door) -> HttpResponse:
    """Start from last year's own answers. Who comes by a link alone says first that they are who it is for."""
    if door.is_anonymous:
        return redirect(door.address)
    form = NumberForm(posted(request))
    if request.method == "POST":
        if not door.personal and guessing.is_guessing(request):
            return _too_many(request)
        typed = form.cleaned_data["number"] if form.is_valid() else ""
        if door.personal or access.is_number_of(door.invitation, typed):
            try:
                operations.start_from_earlier(invitation_id=door.invitation.pk, at=request.now)
            except DomainError:
                return redirect(door.address)
            request.session[RECEIPT] = [door.invitation.pk, request.now.isoformat()]
            return redirect(door.part(REVIEW))
        guessing.note_wrong_code(request)
        if form.is_valid():
            form.add_error("number", _("This is not the number that we know. Look at your pay slip."))
    context = {"door": door, "campaign": door.invitation.campaign, "form": form}
    return render(request, "needs/earlier.html", context, status=FAULTY if form.errors else None)


def _delete(request: Request, door: Door) -> HttpResponse:
    """Delete one's answers, also after the survey has closed."""
    form = DeleteForm(posted(request))
    if form.is_valid():
        try:
            operations.delete_answers(
                invitation_id=door.invitation.pk, at=request.now, actor=request.actor.user if door.personal else None
            )
        except DomainError as error:
            messages.error(request, str(error.message))
        else:
            messages.success(request, _("Your answers have been deleted."))
        return redirect(door.address)
    context = {"door": door, "campaign": door.invitation.campaign, "form": form}
    return render(request, "needs/delete.html", context, status=FAULTY if form.errors else None)


def _step(request: Request, door: Door, way: queries.Way, step: Step, answers: queries.Answers) -> HttpResponse:
    """One page: whatever button was pressed, what was filled in is kept first; only "next" wants all of it.

    A question that follows from an answer on the same page is shown before the next page is.
    What is missing is told on a page of its own address (?check=1), not in the answer to the form: the browser's
    back button never asks whether to send a form again. What can't be read is told at once, and stays in its field.
    """
    language = get_language() or "sl"
    if request.method == "POST":
        form = StepForm(request.POST, definition=way.definition, step=step, answers=answers, language=language)
        complete = form.is_valid()
        filled = form.filled_in()
        try:
            saved = operations.save_draft(
                invitation_id=door.invitation.pk, answers=filled, at=request.now, key=door.key
            )
        except DomainError:
            return redirect(door.address)  # answered or over meanwhile: that page says so
        pressed = request.POST.get("step", "next")
        if form.unreadable:
            return _page(request, door, way, step, form)
        if pressed == "next":
            kept = queries.draft_of(saved, door.key)
            if complete and (appeared := form.appeared(kept)):
                return redirect(f"{door.part(step.number)}&more={appeared[0]}#id_{appeared[0]}")
            if not (complete and is_complete(step, kept)):
                return redirect(f"{door.part(step.number)}&check=1")
        return _onward(request, door, way, step, {**answers, **filled}, pressed)
    form = StepForm(
        definition=way.definition, step=step, answers=answers, language=language, check=request.GET.get("check") == "1"
    )
    return _page(request, door, way, step, form)


def _page(request: Request, door: Door, way: queries.Way, step: Step, form: StepForm) -> HttpResponse:
    last = steps(way.definition, way.asked, form.answers)[-1].number
    context = {
        "door": door,
        "campaign": door.invitation.campaign,
        "form": form,
        "step": step,
        "title": told.title_of(step),
        "appeared": request.GET.get("more", ""),
        "last": max(last, step.number),
        "is_last": step.number >= last,
        "other_language": "sl" if get_language() == "en" else "en",
    }
    return render(request, "needs/step.html", context, status=FAULTY if form.errors else None)


def _onward(
    request: Request, door: Door, way: queries.Way, step: Step, answers: queries.Answers, pressed: str
) -> HttpResponse:
    """Where the pressed button leads, once everything is kept."""
    if pressed == "back":
        return redirect(door.part(step.number - 1) if step.number > 1 else door.address)
    if pressed == "later":
        messages.success(request, _("Your answers so far are saved. Open the same link to continue."))
        return redirect(door.address)
    if pressed in dict(settings.LANGUAGES):
        response = redirect(door.part(step.number))
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, pressed, samesite="Lax", secure=settings.LANGUAGE_COOKIE_SECURE
        )
        return response
    after = [other.number for other in steps(way.definition, way.asked, answers) if other.number > step.number]
    return redirect(door.part(after[0] if after else REVIEW))


def _review(request: Request, door: Door, way: queries.Way, answers: queries.Answers) -> HttpResponse:
    """Everything once more, before it is sent."""
    walked = steps(way.definition, way.asked, answers)
    missing = [step for step in walked if not is_complete(step, answers)]
    if request.method == "POST":
        if missing:
            return redirect(door.part(REVIEW))
        try:
            operations.send_answers(invitation_id=door.invitation.pk, at=request.now, key=door.key)
        except DomainError:
            return redirect(door.address)  # somebody sent them first, or it is over: that page says so
        if not door.is_anonymous:
            request.session[RECEIPT] = [door.invitation.pk, request.now.isoformat()]
        return redirect(door.receipt)
    context = {
        "door": door,
        "campaign": door.invitation.campaign,
        "parts": told.parts(way, walked, answers, door),
        "missing": [(told.title_of(step), door.part(step.number)) for step in missing],
        "back": door.part(walked[-1].number),
        "again": door.invitation.answering_again,
        "wishes": told.wishes(way, answers),
    }
    return render(request, "needs/review.html", context)


def _receipt(request: Request, door: Door) -> HttpResponse:
    """The receipt. What was answered is shown to the person signed in, or, for half an hour, to the browser
    that sent it: a link that was forwarded or found shows only that the answers were received."""
    if not queries.has_answered(door.invitation) or door.invitation.answering_again:
        return redirect(door.address)
    mine = door.personal or _has_just_sent(request, door.invitation.pk)
    context = {
        "door": door,
        "campaign": door.invitation.campaign,
        "mine": mine and not door.is_anonymous,
        "is_over": not queries.is_open(door.invitation, on=request.today),
        **told.received(request, door),
        **(told.own_result(door.invitation) if mine and not door.is_anonymous else {}),
    }
    return render(request, "needs/receipt.html", context)


def _has_just_sent(request: Request, invitation_id: int) -> bool:
    sent = request.session.get(RECEIPT)
    if not sent or sent[0] != invitation_id:
        return False
    return abs(request.now - datetime.fromisoformat(sent[1])) <= RECEIPT_LASTS
