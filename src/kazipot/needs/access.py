"""From a request to an invitation, a campaign or an employer's letters; what isn't yours isn't there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from kazipot.foundation import clock
from kazipot.foundation.tokens import secret_of
from kazipot.needs import queries
from kazipot.needs.models import (
    AnswerUpload,
    Campaign,
    Interview,
    InterviewGuide,
    Invitation,
    Passage,
    PlannedInterview,
    QuestionnaireVersion,
)
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, employer_for, user_of
from kazipot.organisation.models import Employer


@dataclass(frozen=True, slots=True)
class Door:
    """How a person came to their questionnaire: by the link, by a code typed here, or signed in (`personal`)."""

    invitation: Invitation
    address: str
    receipt: str
    personal: bool
    shared: bool = False
    """On a device that others use too."""
    key: bytes | None = None
    """Of an anonymous draft, made from the secret that the person came with."""

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody may find out whose the answers are."""
        return self.invitation.campaign.is_anonymous

    def part(self, number: int | str) -> str:
        """The address of a page of the questionnaire."""
        return f"{self.address}?part={number}"


def door_by_link(token: str) -> Door | None:
    """The questionnaire of the link's holder; None for a link that was never made, was replaced, or is mistyped."""
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        return None
    return Door(
        invitation,
        reverse("needs:answer", args=[token]),
        reverse("needs:receipt", args=[token]),
        personal=False,
        key=queries.draft_key(secret_of(token)),
    )


LANGUAGES = ("sl", "en")
HERE = "needs.here"
HERE_KEY = "needs_draft"
"""The cookie with the key of an anonymous draft: sessions lie in the database, which must not hold it."""
HERE_LASTS = timedelta(minutes=15)
"""So long may somebody on a shared device look away."""


def door_here(request: Request) -> Door | None:
    """The questionnaire whose code was typed on this device, until it is left or nobody touches it for a while.

    No secret stands in its address, so that the next person finds none in the browser's history.
    """
    invitation_id, touched = request.session.get(HERE, (None, ""))
    if invitation_id is None or clock.monotonic_now() - datetime.fromisoformat(touched) > HERE_LASTS:
        request.session.pop(HERE, None)
        return None
    invitation = queries.invitation_by_id(invitation_id)
    if invitation is None:
        return None
    request.session[HERE] = (invitation_id, clock.monotonic_now().isoformat())
    key = bytes.fromhex(request.COOKIES.get(HERE_KEY, "")) if request.COOKIES.get(HERE_KEY, "").isalnum() else None
    return Door(invitation, reverse("needs:here"), reverse("needs:here-receipt"), personal=False, shared=True, key=key)


def enter_here(request: Request, code: str) -> Door | None:
    """Open the questionnaire of a typed code on this device; None when there is none."""
    invitation = queries.invitation_by_token(code)
    if invitation is None:
        return None
    request.session.cycle_key()
    request.session[HERE] = (invitation.pk, clock.monotonic_now().isoformat())
    key = queries.draft_key(secret_of(code))
    return Door(invitation, reverse("needs:here"), reverse("needs:here-receipt"), personal=False, shared=True, key=key)


def is_number_of(invitation: Invitation, number: str) -> bool:
    """Whether it is a personnel number of the person invited, at the employer that asks."""
    return organisation.is_number_of(invitation.person_id, invitation.employer_id, number.strip())


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


def version_to_see(version_id: int) -> QuestionnaireVersion:
    """A version of a questionnaire."""
    found = queries.version_by_id(version_id)
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """A file of answers, and the campaign that they are for."""

    campaign: Campaign
    upload: AnswerUpload


def answer_file(request: Request, campaign_id: int, upload_id: int) -> AnswerFile:
    """A file that the actor uploaded to a campaign that they run; anybody else's is not there."""
    campaign = campaign_to_run(request, campaign_id)
    found = queries.answer_upload_of(user_of(request), campaign_id, upload_id)
    if found is None:
        raise Http404
    return AnswerFile(campaign, found)


def letters_to_print(request: Request, campaign_id: int, employer_code: str) -> tuple[Campaign, Employer]:
    """A campaign and an employer for whose people the actor may print letters, by name."""
    employer = employer_for(request, "needs.print_letters", employer_code)
    found = queries.campaign(campaign_id)
    if found is None or not queries.asks_employer(campaign_id, employer.pk):
        raise Http404
    return found, employer


def all_letters_to_print(request: Request, campaign_id: int) -> tuple[Campaign, list[Employer]]:
    """A campaign and every employer in reach whose people it asked; letters bear names, so others' are not there."""
    reach = request.actor.reach("needs.print_letters")
    found = queries.campaign(campaign_id)
    employers = [row for row in queries.employers_asked(campaign_id) if reach.covers(employer_id=row.pk)]
    if found is None or not employers:
        raise Http404
    return found, employers


def slip_to_renew(
    request: Request, campaign_id: int, employer_code: str, invitation_id: int
) -> tuple[Campaign, Employer]:
    """A campaign and an employer at which the person invited works today."""
    found, employer = letters_to_print(request, campaign_id, employer_code)
    if not queries.working(campaign_id, employer.pk, on=request.today).filter(pk=invitation_id).exists():
        raise Http404
    return found, employer


TheCampaign = Campaign
TheInterview = Interview
TheInvitation = Invitation
APassage = Passage
APlan = PlannedInterview
AGuide = InterviewGuide
"""For the views, which don't import models."""


def interview_to_see(request: Request, interview_id: int) -> Interview:
    """An interview of a unit within the actor's reach."""
    found = queries.interview_by_id(interview_id)
    reach = request.actor.reach("needs.interview")
    if found is None or not reach.covers(employer_id=found.unit.employer_id, unit_id=found.unit_id):
        raise Http404
    return found


def plan_to_see(request: Request, plan_id: int) -> PlannedInterview:
    """A planned interview of a unit within the actor's reach."""
    found = queries.plan_by_id(plan_id)
    reach = request.actor.reach("needs.interview")
    if found is None or not reach.covers(employer_id=found.unit.employer_id, unit_id=found.unit_id):
        raise Http404
    return found


def passage_to_quote(request: Request, interview_id: int, passage_id: int) -> tuple[Interview, Passage]:
    """A passage in which coders agreed on competences, of an interview within the actor's reach."""
    interview = interview_to_see(request, interview_id)
    passage = queries.passage_of(interview_id, passage_id)
    if passage is None:
        raise Http404
    return interview, passage


def guide_to_change(request: Request, guide_id: int) -> InterviewGuide:
    """A version of a guide, for those who interview everywhere."""
    found = queries.guide_by_id(guide_id)
    if found is None or not request.actor.reach("needs.interview").everywhere:
        raise Http404
    return found


def guide_to_read(request: Request, year: int) -> tuple[InterviewGuide | None, list[queries.GuideQuestion]]:
    """The version of a year's guide asked for with ?version=N, or the one in use, and its questions.

    (None, what the year's guide will start from) while the year has no approved guide.
    """
    wanted = request.GET.get("version", "")
    if wanted:
        found = next((row for row in queries.guides_of(year) if str(row.version) == wanted), None)
        if found is None:
            raise Http404
    else:
        found = queries.guide_in_use(year)
    return found, queries.questions_of(found) if found else queries.questions_to_begin_with(year)


def consent_to_read(request: Request) -> tuple[int, dict[str, str]]:
    """The consent text asked for with ?version=N, or the one in use: its version and the text by language."""
    wanted = request.GET.get("version", "")
    if wanted and not wanted.isdecimal():
        raise Http404
    found = queries.consent_words(int(wanted) if wanted else None)
    if found is None:
        raise Http404
    return found


def language_to_print(request: Request) -> str:
    """The language asked for with ?language=, or the reader's own."""
    wanted = request.GET.get("language", "")
    return wanted if wanted in LANGUAGES else str(get_language() or LANGUAGES[0])
