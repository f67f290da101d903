"""Slips on paper with fresh codes: for an employer, for all in reach, for one person who lost theirs."""

from collections.abc import Collection

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kazipot.foundation.errors import DomainError
from kazipot.needs import access, exports, operations, queries
from kazipot.organisation.access import Request, requires, user_of


@require_http_methods(["GET", "POST"])
@requires("needs.print_letters")
def links(request: Request, campaign_id: int, employer_code: str) -> HttpResponseBase:
    """Slips for an employer's people without an e-mail address: first asked, then made and downloaded."""
    found, employer = access.letters_to_print(request, campaign_id, employer_code)
    if request.method == "POST":
        return _made(request, found, [employer.pk], f"needs-{found.year}-{employer.code}")
    return _asked(request, found, [employer.code], employer.name)


@require_http_methods(["GET", "POST"])
@requires("needs.print_letters")
def all_links(request: Request, campaign_id: int) -> HttpResponseBase:
    """Slips for everybody in the actor's reach without an e-mail address, in one file."""
    found, employers = access.all_letters_to_print(request, campaign_id)
    if request.method == "POST":
        return _made(request, found, [row.pk for row in employers], f"needs-{found.year}")
    return _asked(request, found, [row.code for row in employers], ", ".join(row.name for row in employers))


def _asked(request: Request, campaign: access.TheCampaign, codes: Collection[str], lead: str) -> HttpResponse:
    waiting = queries.letters_waiting(campaign, request.actor.reach("needs.print_letters"), on=request.today)
    context = {
        "campaign": campaign,
        "lead": lead,
        "people": sum(row.people for row in waiting if row.employer_code in codes),
        "in_a_file": exports.IN_A_FILE,
        "employer_code": next(iter(codes)) if len(codes) == 1 else "",
    }
    return render(request, "needs/links.html", context)


def _made(request: Request, campaign: access.TheCampaign, employer_ids: Collection[int], name: str) -> HttpResponseBase:
    try:
        letters = operations.renew_links(
            campaign_id=campaign.pk, employer_ids=employer_ids, at=request.now, actor=user_of(request)
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("needs:campaign", campaign.pk)
    return exports.slips(letters, name=name, notice=_notice(campaign), at=request.now)


def _notice(campaign: access.TheCampaign) -> exports.Notice:
    length = queries.length_of(queries.definition_of(campaign.questionnaire))
    return exports.Notice(campaign.closes_on, settings.KAZIPOT_ADDRESS, length.minutes, campaign.is_anonymous)


@require_GET
@requires("needs.print_letters")
def find_slip(request: Request, campaign_id: int, employer_code: str) -> HttpResponse:
    """Whoever lost a slip is found by name or personnel number."""
    found, employer = access.letters_to_print(request, campaign_id, employer_code)
    asked = request.GET.get("q", "").strip()[:100]
    people, more = queries.who_lost(found.pk, employer.pk, containing=asked, on=request.today) if asked else ([], False)
    context = {"campaign": found, "employer": employer, "q": asked, "people": people, "more": more}
    return render(request, "needs/find_slip.html", context)


@require_POST
@requires("needs.print_letters")
def renew_slip(request: Request, campaign_id: int, employer_code: str, invitation_id: int) -> HttpResponseBase:
    """One slip with a fresh code; the older code stops working."""
    found, employer = access.slip_to_renew(request, campaign_id, employer_code, invitation_id)
    try:
        letter = operations.renew_link(
            campaign_id=found.pk,
            employer_id=employer.pk,
            invitation_id=invitation_id,
            at=request.now,
            actor=user_of(request),
        )
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("needs:campaign", found.pk)
    return exports.slips(
        [letter],
        name=f"needs-{found.year}-{employer.code}-{invitation_id}",
        notice=_notice(found),
        at=request.now,
        sheets=False,
    )
