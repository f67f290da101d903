"""Offers are sought, compared side by side, and decided on; timetables are accepted or refused."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from kazipot.foundation.downloads import download
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.foundation.ui.templatetags.ui import number
from kazipot.framework import queries as framework
from kazipot.organisation.access import Request, requires, user_of
from kazipot.training import access, operations, queries
from kazipot.training.forms import CancelForm
from kazipot.training.forms.supply import DecisionForm, InquiryForm, SettleForm, TakeUpForm

GET_AND_POST = ["GET", "POST"]
UNKNOWN = "application/octet-stream"


def rule_sentences(rules: queries.ProcurementRules) -> list[str]:
    """The rules of public procurement in words."""
    euros = {name: f"{number(getattr(rules, name))}\u00a0€" for name in (
        "single_offer_below", "list_from", "procedure_from", "special_services_from")}  # fmt: skip
    return [
        _("Below %(value)s a single offer suffices; from there on %(wanted)s offers are sought (rule of the city).")
        % {"value": euros["single_offer_below"], "wanted": rules.offers_wanted},
        _("Orders of %(value)s and more stand in the yearly list that the city publishes by the end of February.")
        % {"value": euros["list_from"]},
        _("From %(value)s on the Public Procurement Act asks for a procedure on the portal; for education as a special "
          "service from %(special)s on.")
        % {"value": euros["procedure_from"], "special": euros["special_services_from"]},
        _("All values are without VAT and for all orders of one kind together: orders must not be split."),
    ]  # fmt: skip


@require_GET
@requires("training.see_supply")
def inquiries(request: Request) -> HttpResponse:
    """Offers sought, and timetables that wait."""
    context = {
        "page": page_of(request, queries.inquiries()),
        "timetables": queries.timetables_waiting()[:20],
        "may_buy": request.actor.may("training.buy"),
        "rules": rule_sentences(queries.procurement_rules(request.today)),
        "today": request.today,
    }
    return render(request, "training/inquiries.html", context)


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def new_inquiry(request: Request) -> HttpResponse:
    """Ask several providers for an offer."""
    active = framework.active_framework(request.today)
    competences = framework.competences(active.pk) if active else []
    form = InquiryForm(posted(request), providers=queries.providers(), competences=competences)
    made: list[int] = []

    def seek(told: Mapping[str, Any]) -> None:
        inquiry = operations.seek_offers(
            title=told["title"],
            description=told["description"],
            framework_id=active.pk if active else 0,
            spans=[operations.CourseSpan(pk, told["from_level"], told["to_level"]) for pk in told["competences"]],
            mode=told["mode"],
            language=told["language"],
            seats=told["seats"],
            deadline=told["deadline"],
            estimated_value=told["estimated_value"],
            is_special_service=told["is_special_service"],
            provider_ids=told["providers"],
            at=request.now,
            actor=user_of(request),
        )
        made.append(inquiry.pk)

    if carried_out(form, seek):
        messages.success(request, _("The inquiry is on its way to the providers."))
        return redirect("training:inquiry", made[0])
    back = (reverse("training:inquiries"), _("Offers sought"))
    text = " ".join(rule_sentences(queries.procurement_rules(request.today)))
    return form_page(request, form, title=_("Seek offers"), button=_("Send the inquiry"), back=back, text=text)


@require_GET
@requires("training.see_supply")
def inquiry(request: Request, inquiry_id: int) -> HttpResponse:
    """An inquiry: what is needed, who was asked, the offers side by side, the decision."""
    found = access.inquiry_to_see(inquiry_id)
    opened = queries.is_opened(found, on=request.today)
    rules = queries.procurement_rules(request.today)
    asked = list(queries.asked_of(found.pk))
    offered = sum(row.pk is not None and hasattr(row, "bid") for row in asked)
    wanted = rules.wanted(found.estimated_value)
    context = {
        "inquiry": found,
        "spans": queries.spans_of(found.pk),
        "asked": [(row, getattr(row, "bid", None)) for row in asked],
        "opened": opened,
        "offers": queries.compared(found) if opened else [],
        "wanted": ngettext(
            "At this value %(wanted)s offer suffices; there are %(got)s.",
            "At this value %(wanted)s offers are wanted; there are %(got)s.",
            wanted,
        ) % {"wanted": wanted, "got": offered},
        "is_listed": rules.is_listed(found.estimated_value),
        "timetable": queries.timetable_for(found.pk, found.chosen.asked.provider_id) if found.chosen else None,
        "may_buy": request.actor.may("training.buy"),
    }  # fmt: skip
    return render(request, "training/inquiry.html", context)


@require_GET
@requires("training.see_supply")
def bid_file(request: Request, inquiry_id: int, bid_id: int) -> HttpResponseBase:
    """The file of an offer."""
    found = access.bid_to_read(request, inquiry_id, bid_id)
    return download(found.filename, UNKNOWN, bytes(found.content or b""))


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def decide(request: Request, inquiry_id: int) -> HttpResponse:
    """Choose an offer, with reasons."""
    found = access.inquiry_to_see(inquiry_id)
    offers = queries.compared(found) if queries.is_opened(found, on=request.today) else []
    wanted = queries.procurement_rules(request.today).wanted(found.estimated_value)
    form = DecisionForm(posted(request), offers=offers, enough=len(offers) >= wanted)
    if carried_out(
        form,
        lambda told: operations.decide(
            inquiry_id=found.pk,
            bid_id=told["bid"],
            reasons=told["reasons"],
            fewer_because=told.get("fewer_because", ""),
            at=request.now,
            actor=user_of(request),
        ),
    ):
        messages.success(request, _("The decision stands; those who offered have been told."))
        return redirect("training:inquiry", found.pk)
    text = _("The reasons stay on record. Write so that somebody who wasn't there understands them.")
    return _form(request, found, form, title=_("Decide"), button=_("Decide"), text=text)


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def call_off(request: Request, inquiry_id: int) -> HttpResponse:
    """No offers are sought any more."""
    found = access.inquiry_to_see(inquiry_id)
    form = CancelForm(posted(request))
    if carried_out(
        form,
        lambda told: operations.call_off(
            inquiry_id=found.pk, because=told["because"], at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The inquiry has been called off; those who were asked have been told."))
        return redirect("training:inquiry", found.pk)
    title = _("Call the inquiry off")
    return _form(request, found, form, title=title, button=title, danger=True)


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def take_up(request: Request, inquiry_id: int) -> HttpResponse:
    """The chosen offer becomes a course."""
    found = access.inquiry_to_see(inquiry_id)
    form = TakeUpForm(posted(request), initial={"title_sl": found.title, "title_en": found.title})
    if carried_out(
        form,
        lambda told: operations.take_up(inquiry_id=found.pk, **told, at=request.now, actor=user_of(request)),
    ):
        messages.success(request, _("The course has been added. Now plan its sessions."))
        return redirect("training:course", form.cleaned_data["code"])
    return _form(request, found, form, title=_("Add the course"), button=_("Add the course"))


@require_http_methods(GET_AND_POST)
@requires("training.buy")
def timetable(request: Request, timetable_id: int) -> HttpResponse:
    """A provider's timetable: look at it, accept or refuse it."""
    found = access.timetable_to_settle(timetable_id)
    contracts = queries.contracts_in_force(request.today).filter(provider_id=found.provider_id)
    form = SettleForm(posted(request), contracts=contracts)
    planned: list[int] = []

    def settle(told: Mapping[str, Any]) -> None:
        who: dict[str, Any] = {"timetable_id": found.pk, "at": request.now, "actor": user_of(request)}
        if told["answer"] == "refuse":
            operations.refuse_timetable(because=told["because"], **who)
        else:
            planned.append(len(operations.accept_timetable(contract_id=told["contract"], **who)))

    if carried_out(form, settle):
        text = _("The timetable has been refused.")
        if planned:
            text = ngettext(
                "%(sessions)s session has been planned.", "%(sessions)s sessions have been planned.", planned[0]
            ) % {"sessions": planned[0]}
        messages.success(request, text)
        return redirect("training:timetable", found.pk)
    context = {"timetable": found, "form": form, "page": page_of(request, queries.proposed_of(found.pk))}
    return render(request, "training/timetable.html", context, status=422 if form.errors else None)


def _form(
    request: Request, found: Any, form: Any, *, title: str, button: str, text: str = "", danger: bool = False
) -> HttpResponse:
    back = (reverse("training:inquiry", args=(found.pk,)), found.title)
    return form_page(request, form, title=title, button=button, back=back, text=text, danger=danger)
