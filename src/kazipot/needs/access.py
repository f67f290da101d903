"""From a request to an invitation, a campaign or an employer's letters; what isn't yours isn't there."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from kazipot.needs import queries
from kazipot.needs.models import Campaign, Interview, Invitation, Passage
from kazipot.organisation.access import Request, employer_for
from kazipot.organisation.models import Employer


@dataclass(frozen=True, slots=True)
class Door:
    """How a person came to their questionnaire: by the link, or signed in (`personal`)."""

    invitation: Invitation
    address: str
    receipt: str
    personal: bool

    def part(self, number: int | str) -> str:
        """The address of a page of the questionnaire."""
        return f"{self.address}?part={number}"


def door_by_link(token: str) -> Door | None:
    """The questionnaire of the link's holder; None for a link that was never made, was replaced, or is mistyped."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        return None
    return Door(
        invitation, reverse("needs:answer", args=[token]), reverse("needs:receipt", args=[token]), personal=False
    )


def own_door(request: Request, invitation_id: int) -> Door:
    """The questionnaire of the person who is signed in; anybody else's is not there."""
    person = request.actor.person
    found = queries.invitation_of(person.pk, invitation_id) if person else None
    if found is None:
        raise Http404
    return Door(
        found,
        reverse("needs:own-answer", args=[invitation_id]),
        reverse("needs:own-receipt", args=[invitation_id]),
        personal=True,
    )


def campaign_to_see(request: Request, campaign_id: int) -> Campaign:
    """A campaign that asks somebody within the actor's reach (drafts only for those who run campaigns)."""
    found = queries.campaign(campaign_id)
    reach = request.actor.reach("needs.see_campaigns")
    if found is None or not (reach.everywhere or queries.asks_within(campaign_id, reach)):
        raise Http404
    return found


def campaign_to_run(request: Request, campaign_id: int) -> Campaign:
    """A campaign that the actor may open and close."""
    found = queries.campaign(campaign_id)
    if found is None or not request.actor.reach("needs.run_campaigns").everywhere:
        raise Http404
    return found


def letters_to_print(request: Request, campaign_id: int, employer_code: str) -> tuple[Campaign, Employer]:
    """A campaign and an employer for whose people the actor may print letters, by name."""
    employer = employer_for(request, "needs.print_letters", employer_code)
    found = queries.campaign(campaign_id)
    if found is None or not queries.asks_employer(campaign_id, employer.pk):
        raise Http404
    return found, employer


TheInterview = Interview
APassage = Passage
"""For the views, which don't import models."""


def interview_to_see(request: Request, interview_id: int) -> Interview:
    """An interview of a unit within the actor's reach."""
    found = queries.interview_by_id(interview_id)
    reach = request.actor.reach("needs.interview")
    if found is None or not reach.covers(employer_id=found.unit.employer_id, unit_id=found.unit_id):
        raise Http404
    return found
