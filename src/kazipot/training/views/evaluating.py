"""Saying how a training was: by a personal link, by the code of a slip, or signed in; and heads about their units."""

from collections.abc import Mapping
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation import guessing
from kazipot.foundation.pagination import page_of
from kazipot.foundation.tokens import is_typed
from kazipot.foundation.ui.form_page import REFUSED, carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.choices import STATEMENTS, EvaluationKind
from kazipot.training.forms import EvaluationCodeForm, EvaluationForm, UnitAnswerForm

GET_AND_POST = ["GET", "POST"]
NOT_FOUND, TOO_MANY = 404, 429


@never_cache
@require_http_methods(GET_AND_POST)
def enter(request: HttpRequest) -> HttpResponse:
    """Type the code of a slip, on any device."""
    if guessing.is_guessing(request):
        return render(request, "training/evaluate_none.html", {"too_many": True}, status=TOO_MANY)
    form = EvaluationCodeForm(posted(request))
    if form.is_valid():
        if access.ask_by_token(form.cleaned_data["code"]) is not None:
            return redirect("training:evaluate", token=form.cleaned_data["code"])
        guessing.note_wrong_code(request)
        form.add_error("code", _("This code is not valid. Look at the slip again: twelve letters and numbers."))
    return form_page(
        request, form, title=_("How was the training?"), button=_("Continue"),
        back=(reverse("public"), _("First page")), text=_("Type the code of your slip. Nobody learns what you say."),
    )  # fmt: skip


@never_cache
@require_http_methods(GET_AND_POST)
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link, or an address with the code of a slip: a short form without an account."""
    if is_typed(token) and guessing.is_guessing(request):
        return render(request, "training/evaluate_none.html", {"too_many": True}, status=TOO_MANY)
    found = access.ask_by_token(token)
    if found is None:
        guessing.note_wrong_code(request)
        return render(request, "training/evaluate_none.html", {"too_many": False}, status=NOT_FOUND)
    return _form(cast(Request, request), found)


@require_GET
@requires("training.see_own")
def own(request: Request) -> HttpResponse:
    """Trainings that I am asked about."""
    person = request.actor.person
    rows = queries.asks_of(person.pk if person else 0, request.today)
    return render(request, "training/own_evaluations.html", {"page": page_of(request, rows)})


@never_cache
@require_http_methods(GET_AND_POST)
@requires("training.see_own")
def own_answer(request: Request, ask_id: int) -> HttpResponse:
    """The short form of one of my trainings, when signed in."""
    return _form(request, access.own_ask(request, ask_id))


def _form(request: Request, found: access.Ask) -> HttpResponse:
    statements = STATEMENTS[EvaluationKind(found.kind)]
    open_ = not found.is_answered and found.closes_on >= request.today
    form = EvaluationForm(posted(request), statements=statements)

    def answer(told: Mapping[str, Any]) -> None:
        operations.answer_evaluation(
            ask_id=found.pk,
            answers={str(each): told[str(each)] for each in statements},
            comment=told["comment"],
            at=request.now,
        )

    sent = carried_out(form, answer)
    context = {"ask": found, "session": found.session, "form": form, "open": open_ and not sent, "sent": sent}
    return render(request, "training/evaluate.html", context, status=REFUSED if form.errors else None)


@require_GET
@requires("training.answer_for_unit")
def unit_asks(request: Request) -> HttpResponse:
    """Trainings of my units' people, about whom all together I am asked."""
    return render(request, "training/unit_asks.html", {"page": page_of(request, access.unit_asks_to_answer(request))})


@require_http_methods(GET_AND_POST)
@requires("training.answer_for_unit")
def unit_answer(request: Request, ask_id: int) -> HttpResponse:
    """Say how many of a unit's people use what they learnt."""
    found = access.unit_ask_to_answer(request, ask_id)
    form = UnitAnswerForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.answer_for_unit(
            ask_id=found.pk, answer=told["answer"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("Your answer has been saved."))
        return redirect("training:unit-asks")
    lead = _("%(course)s, %(day)s: people of your unit who were there: %(people)s.") % {
        "course": found.session.course.title, "day": day(found.session.starts_on), "people": found.people,
    }  # fmt: skip
    text = _(
        "Think of all of them together. Your answer is shown only together with those of at least four other heads."
    )
    back = (reverse("training:unit-asks"), _("Do your people use what they learnt?"))
    title = _("Do your people use what they learnt?")
    return form_page(request, form, title=title, button=_("Send"), back=back, lead=lead, text=text)
