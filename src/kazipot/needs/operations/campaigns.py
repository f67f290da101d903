"""The life of a campaign: drafted, opened to its population, closed."""

import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kazipot.core.survey.sampling import Design, SamplingError, draw
from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_token
from kazipot.framework.choices import Status
from kazipot.framework.models import Competence, Framework
from kazipot.needs import queries
from kazipot.needs.choices import CampaignStatus, Privacy
from kazipot.needs.errors import (
    AnotherFrameworkThisYear,
    ClosesBeforeItOpens,
    FrameworkNotUsable,
    LastDayHasPassed,
    NobodyToInvite,
    NotADraft,
    NotOpen,
    QuestionnaireNotUsable,
    SampleImpossible,
    SampleIncomplete,
    WrongYear,
)
from kazipot.needs.models import Campaign, Invitation, QuestionnaireVersion
from kazipot.needs.operations.anonymity import new_sealing_key, open_all
from kazipot.needs.operations.questionnaires import install_shipped_questionnaire
from kazipot.organisation.models import Person

BATCH = 2_000
PLACE_OF_LINK = "https://link.invalid/"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link made for a person. The token is told here once: the database keeps only its digest."""

    invitation_id: int
    person_id: int
    token: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a campaign asks; nothing chosen in a line means no limit by it.

    `sample_size` people are drawn by `sample_by` (a Stratum), or everybody is asked when it is None.
    """

    employer_ids: Collection[int] = ()
    unit_ids: Collection[int] = ()
    profile_ids: Collection[int] = ()
    kinds: Collection[str] = ()
    population_on: date | None = None
    sample_size: int | None = None
    sample_by: str = ""
    sample_seed: int | None = None


@transaction.atomic
def draft_campaign(
    *,
    year: int,
    title_sl: str,
    title_en: str,
    framework_id: int,
    opens_on: date,
    closes_on: date,
    employer_ids: Collection[int] = (),
    scope: Scope | None = None,
    questionnaire_id: int | None = None,
    privacy: str = Privacy.CONFIDENTIAL,
    reminder_days: Sequence[int] = (7, 2),
    at: datetime,
    actor: User | None,
) -> Campaign:
    """Draft a campaign for a year and a framework; without a questionnaire the yearly one is asked.

    `scope` says whom it asks; `employer_ids` alone is short for a scope of employers. Raises ClosesBeforeItOpens,
    WrongYear, FrameworkNotUsable, AnotherFrameworkThisYear, QuestionnaireNotUsable, SampleIncomplete.
    """
    scope = scope or Scope(employer_ids=employer_ids)
    check_days(year, opens_on, closes_on)
    framework = usable_framework(framework_id, year)
    if (scope.sample_size is None) != (not scope.sample_by):
        raise SampleIncomplete
    campaign = Campaign.objects.create(
        year=year,
        title_sl=title_sl,
        title_en=title_en,
        framework=framework,
        opens_on=opens_on,
        closes_on=closes_on,
        questionnaire=usable_questionnaire(questionnaire_id, at),
        privacy=privacy,
        kinds=sorted(scope.kinds),
        population_on=scope.population_on,
        sample_size=scope.sample_size,
        sample_by=scope.sample_by,
        sample_seed=seed_of(scope),
        reminder_days=sorted(set(reminder_days), reverse=True),
    )
    campaign.employers.set(scope.employer_ids)
    campaign.units.set(scope.unit_ids)
    campaign.profiles.set(scope.profile_ids)
    audit.record(
        "needs.draft", campaign, actor=actor, at=at,
        year=year, framework=f"{framework.code} {framework.version}", employers=len(scope.employer_ids),
        privacy=privacy, sample=scope.sample_size,
    )  # fmt: skip
    return campaign


def check_days(year: int, opens_on: date, closes_on: date) -> None:
    """Raises ClosesBeforeItOpens, WrongYear."""
    if closes_on < opens_on:
        raise ClosesBeforeItOpens
    if opens_on.year != year:
        raise WrongYear


def usable_framework(framework_id: int, year: int, *, besides: int | None = None) -> Framework:
    """The framework, if the year's other campaigns use it too. Raises FrameworkNotUsable, AnotherFrameworkThisYear."""
    framework = Framework.objects.get(pk=framework_id)
    if framework.status == Status.DRAFT or not Competence.objects.filter(framework=framework).exists():
        raise FrameworkNotUsable
    others = Campaign.objects.filter(year=year).exclude(pk=besides) if besides else Campaign.objects.filter(year=year)
    if others.exclude(framework=framework).exists():
        raise AnotherFrameworkThisYear
    return framework


def usable_questionnaire(questionnaire_id: int | None, at: datetime) -> QuestionnaireVersion:
    """An approved version; the yearly one when none is named. Raises QuestionnaireNotUsable."""
    if questionnaire_id is None:
        shipped = queries.shipped_definition()
        return queries.latest_of(shipped.key) or install_shipped_questionnaire(at=at)
    version = queries.version_by_id(questionnaire_id)
    if version is None or version.approved_at is None:
        raise QuestionnaireNotUsable
    return version


def seed_of(scope: Scope) -> int | None:
    """The seed of a sample: the one given, or one drawn now and kept."""
    if scope.sample_size is None or scope.sample_seed is not None:
        return scope.sample_seed
    return secrets.randbelow(2**31)


@transaction.atomic
def open_campaign(*, campaign_id: int, at: datetime, actor: User | None) -> list[Link]:
    """Open a drafted campaign: invite its population, or a sample of it, and queue mail to those with an address.

    The day of opening is the day of `at`, whatever was planned. The population is that of `population_on`, or of the
    day of opening. A person is asked once a year: who was invited in another campaign of the same year is left out.
    Which competences people are asked about, and how the sample was drawn, is settled now and kept. Raises NotADraft,
    LastDayHasPassed, WrongYear, NobodyToInvite, SampleImpossible.
    """
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).select_related("framework", "questionnaire").get()
    on = timezone.localtime(at).date()
    if campaign.status != CampaignStatus.DRAFT:
        raise NotADraft
    if on > campaign.closes_on:
        raise LastDayHasPassed
    if on.year != campaign.year:
        raise WrongYear
    members, strata = _drawn(campaign, campaign.population_on or on)
    if not members:
        raise NobodyToInvite
    people = {person.pk: person for person in queries.people_of({member.person_id for member in members})}
    campaign.asked = queries.asked_by_profile(
        queries.definition_of(campaign.questionnaire), campaign.framework, privacy=campaign.privacy, on=on
    )
    if campaign.is_anonymous:
        campaign.sealing_key = new_sealing_key()
    campaign.status, campaign.opens_on = CampaignStatus.OPEN, on
    campaign.save()
    links = _invite(campaign, members, strata, at=at)
    letters = _mails(campaign, people, links)
    outbox.enqueue_many(letters, at=at)
    audit.record(
        "needs.open", campaign, actor=actor, at=at, year=campaign.year, invited=len(links), mailed=len(letters),
        seed=campaign.sample_seed,
    )  # fmt: skip
    return links


@transaction.atomic
def discard_campaign(*, campaign_id: int, at: datetime, actor: User | None) -> None:
    """Throw a draft away; the trail keeps that there was one. Raises NotADraft."""
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).get()
    if campaign.status != CampaignStatus.DRAFT:
        raise NotADraft
    audit.record("needs.discard", campaign, actor=actor, at=at, year=campaign.year)
    campaign.delete()


@transaction.atomic
def close_campaign(*, campaign_id: int, at: datetime, actor: User | None) -> Campaign:
    """Close an open campaign: no more answers are accepted, and drafts that were never sent are deleted.

    Anonymous answers are opened, shuffled and put into groups. Raises NotOpen.
    """
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).get()
    if campaign.status != CampaignStatus.OPEN:
        raise NotOpen
    campaign.status = CampaignStatus.CLOSED
    campaign.save(update_fields=["status"])
    unfinished = Invitation.objects.filter(campaign=campaign).exclude(draft={}, answering_again=False)
    unfinished.update(draft={}, answering_again=False)
    told: dict[str, Any] = {}
    if campaign.is_anonymous:
        told["kept"], told["dropped"] = open_all(campaign)
    audit.record("needs.close", campaign, actor=actor, at=at, year=campaign.year, **told)
    return campaign


def _drawn(campaign: Campaign, on: date) -> tuple[list[queries.Member], dict[int, str]]:
    """Whom the campaign asks, and the stratum of each; the design of a sample is noted on the campaign."""
    members = queries.not_asked_yet(campaign.year, queries.members(queries.target_of(campaign, on=on), on=on))
    if campaign.sample_size is None or not members:
        return members, {}
    strata = queries.strata(campaign.sample_by, members, on=on)
    try:
        sample = draw(strata, Design(campaign.sample_size, campaign.sample_seed or 0))
    except SamplingError as error:
        raise SampleImpossible(len(members), len(set(strata.values()))) from error
    campaign.design = [
        {"stratum": row.name, "population": row.population, "sample": row.sample} for row in sample.strata
    ]
    chosen = set(sample.chosen)
    return [member for member in members if member.person_id in chosen], strata


def _invite(
    campaign: Campaign, members: Iterable[queries.Member], strata: Mapping[int, str], *, at: datetime
) -> list[Link]:
    tokens = {member.person_id: new_token() for member in members}
    invitations = Invitation.objects.bulk_create(
        (
            Invitation(
                campaign=campaign,
                person_id=member.person_id,
                employer_id=member.job.employer_id,
                unit_id=member.job.unit_id,
                profile_id=member.work.profile_id,
                stratum=strata.get(member.person_id, ""),
                token_digest=digest(tokens[member.person_id]),
                invited_at=at,
            )
            for member in members
        ),
        batch_size=BATCH,
    )
    return [Link(row.pk, row.person_id, tokens[row.person_id]) for row in invitations]


def _mails(campaign: Campaign, people: Mapping[int, Person], links: Iterable[Link]) -> list[outbox.Message]:
    """A mail for everyone with an address, in their language; the text is drawn once for each language."""
    texts: dict[str, tuple[str, str]] = {}
    found = []
    for link in links:
        person = people[link.person_id]
        if not person.email:
            continue
        if person.language not in texts:
            texts[person.language] = _invitation_text(campaign, person.language)
        subject, body = texts[person.language]
        found.append(
            outbox.Message(
                key=f"needs.invitation.{link.invitation_id}",
                recipient=person.email,
                subject=subject,
                body=body.replace(PLACE_OF_LINK, address_of(link.token)),
            )
        )
    return found


def _invitation_text(campaign: Campaign, language: str) -> tuple[str, str]:
    """Subject and body of the invitation in a language, with a placeholder for the link."""
    with translation.override(language):
        minutes = queries.length_of(queries.definition_of(campaign.questionnaire)).minutes
        context = {"campaign": campaign, "title": campaign.title, "link": PLACE_OF_LINK, "minutes": minutes}
        subject = render_to_string("needs/mail/invitation_subject.txt", context)
        body = render_to_string("needs/mail/invitation.txt", context)
    return " ".join(subject.split()), body


def address_of(token: str) -> str:
    """The whole address of the page where the holder of the token answers."""
    return f"{settings.KAZIPOT_ADDRESS}{reverse('needs:answer', args=[token])}"
