"""Pages for those who ask: campaigns, their response."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.foundation.pagination import page_of
from kazipot.foundation.ui.form_page import carried_out, form_page, posted
from kazipot.needs import access, operations, queries
from kazipot.needs.forms import CampaignForm
from kazipot.organisation.access import Request, requires, user_of


@require_GET
@requires("needs.see_campaigns")
def campaigns(request: Request) -> HttpResponse:
    """Every campaign with its response."""
    page = page_of(request, queries.campaigns(request.actor.reach("needs.see_campaigns")))
    found = queries.rates([row.pk for row in page.object_list])
    context = {
        "page": page,
        "rows": [(row, found.get(row.pk, queries.NOBODY_ASKED)) for row in page.object_list],
        "may_run": request.actor.may("needs.run_campaigns"),
        "may_interview": request.actor.may("needs.interview"),
    }
    return render(request, "needs/campaigns.html", context)


@require_GET
@requires("needs.see_campaigns")
def campaign(request: Request, campaign_id: int) -> HttpResponse:
    """One campaign: how many answered, in which units, and what to do next."""
    found = access.campaign_to_see(request, campaign_id)
    units = queries.unit_rates(found, request.actor.reach("needs.see_campaigns"))
    step = queries.next_step(found, on=request.today)
    is_open = step == "collect"
    reach = request.actor.reach("needs.print_letters")
    preview = queries.preview(found, on=request.today) if found.status == "draft" else None
    context = {
        "campaign": found,
        "rate": queries.rates([found.pk]).get(found.pk, queries.NOBODY_ASKED),
        "page": page_of(request, units),
        "hidden": sum(row.rate is None for row in units),
        "letters": queries.letters_waiting(found, reach, on=request.today) if is_open and reach else [],
        "is_open": is_open,
        "step": step,
        "way": [one for one in type(step) if one != "nothing"],
        "preview": preview,
        "preview_kinds": [(queries.kind_name(kind), people) for kind, people in preview.by_kind] if preview else [],
        "questionnaire": queries.title_of(found.questionnaire),
        "scope": queries.scope_in_words(found),
        "may_run": request.actor.may("needs.run_campaigns"),
        "may_publish": request.actor.may("needs.publish_analyses"),
    }
    return render(request, "needs/campaign.html", context)


@require_http_methods(["GET", "POST"])
@requires("needs.run_campaigns")
def new_campaign(request: Request) -> HttpResponse:
    """Draft a campaign."""
    form = _form(request)
    made: list[int] = []

    def draft(told: Mapping[str, Any]) -> None:
        campaign = operations.draft_campaign(
            **_settled(told),
            at=request.now,
            actor=user_of(request),
        )
        made.append(campaign.pk)

    if carried_out(form, draft):
        messages.success(request, _("The campaign has been drafted. Nobody has been invited yet."))
        return redirect("needs:campaign", made[0])
    return form_page(
        request,
        form,
        title=_("Draft a campaign"),
        button=_("Save the draft"),
        back=(reverse("needs:campaigns"), _("Surveys of training needs")),
        lead=_("Nobody is invited until you open it."),
    )


@require_http_methods(["GET", "POST"])
@requires("needs.run_campaigns")
def edit_campaign(request: Request, campaign_id: int) -> HttpResponse:
    """Change a draft: days, whom it asks, the sample, what people are promised."""
    found = access.campaign_to_run(request, campaign_id)
    if found.status != "draft":
        messages.error(request, _("The campaign is open: it cannot be changed any more."))
        return redirect("needs:campaign", found.pk)
    form = _form(request, queries.draft_as_filled_in(found))
    if carried_out(
        form,
        lambda told: operations.change_draft(
            campaign_id=found.pk, **_settled(told), at=request.now, actor=user_of(request)
        ),
    ):
        messages.success(request, _("The draft has been changed. Nobody has been invited yet."))
        return redirect("needs:campaign", found.pk)
    return form_page(
        request,
        form,
        title=_("Change the draft"),
        button=_("Save the draft"),
        back=(reverse("needs:campaign", args=[found.pk]), found.title),
        lead=_("Nobody is invited until you open it."),
    )


def _form(request: Request, drafted: Mapping[str, Any] | None = None) -> CampaignForm:
    return CampaignForm(
        posted(request),
        frameworks=queries.frameworks_to_ask_about(),
        questionnaires=queries.versions_to_ask(),
        employers=queries.employers_to_ask(),
        profiles=queries.profiles_to_ask(),
        units=queries.units_to_ask(request.today),
        today=request.today,
        drafted=drafted,
    )


def _settled(told: Mapping[str, Any]) -> dict[str, Any]:
    """What the form says of a campaign, in the words of the operations."""
    return {
        "year": told["year"],
        "title_sl": told["title_sl"],
        "title_en": told["title_en"],
        "framework_id": told["framework"],
        "opens_on": told["opens_on"],
        "closes_on": told["closes_on"],
        "questionnaire_id": told.get("questionnaire"),
        "privacy": told["privacy"],
        "reminder_days": told["reminders"],
        "scope": operations.Scope(
            employer_ids=told["employers"],
            unit_ids=told["units"],
            profile_ids=told["profiles"],
            kinds=told["kinds"],
            population_on=told["population_on"],
            sample_size=told["sample_size"],
            sample_by=told["sample_by"],
        ),
    }


@require_POST
@requires("needs.run_campaigns")
def open_campaign(request: Request, campaign_id: int) -> HttpResponse:
    """Open a campaign: invitations go out."""
    found = access.campaign_to_run(request, campaign_id)
    try:
        links = operations.open_campaign(campaign_id=found.pk, at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        text = ngettext("%(people)d person has been invited.", "%(people)d people have been invited.", len(links))
        messages.success(request, text % {"people": len(links)})
    return redirect("needs:campaign", found.pk)


@require_POST
@requires("needs.run_campaigns")
def discard_campaign(request: Request, campaign_id: int) -> HttpResponse:
    """Throw a draft away."""
    found = access.campaign_to_run(request, campaign_id)
    try:
        operations.discard_campaign(campaign_id=found.pk, at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("needs:campaign", found.pk)
    messages.success(request, _("The draft has been discarded. Nobody was invited."))
    return redirect("needs:campaigns")


@require_POST
@requires("needs.run_campaigns")
def remind(request: Request, campaign_id: int) -> HttpResponse:
    """Mail those who have not answered."""
    found = access.campaign_to_run(request, campaign_id)
    try:
        mailed = operations.remind(campaign_id=found.pk, at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        text = ngettext("%(people)d person is being reminded.", "%(people)d people are being reminded.", mailed)
        messages.success(request, text % {"people": mailed})
    return redirect("needs:campaign", found.pk)


@require_POST
@requires("needs.run_campaigns")
def close_campaign(request: Request, campaign_id: int) -> HttpResponse:
    """Close a campaign: no more answers come in."""
    found = access.campaign_to_run(request, campaign_id)
    try:
        operations.close_campaign(campaign_id=found.pk, at=request.now, actor=user_of(request))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("The campaign has been closed. Now publish the analysis."))
    return redirect("needs:campaign", found.pk)
