"""The life of a campaign: drafted, opened to its population, closed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_token
from kazipot.framework.choices import Status
from kazipot.framework.models import Competence, Framework
from kazipot.needs import queries
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.errors import (
    AnotherFrameworkThisYear,
    ClosesBeforeItOpens,
    FrameworkNotUsable,
    LastDayHasPassed,
    NobodyToInvite,
    NotADraft,
    NotOpen,
    WrongYear,
)
from kazipot.needs.models import Campaign, Invitation
from kazipot.needs.queries.campaigns import Asked

BATCH = 2_000
PLACE_OF_LINK = "https://link.invalid/"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link made for a person. The token is told here once: the database keeps only its digest."""

    invitation_id: int
    person_id: int
    token: str


@transaction.atomic
def draft_campaign(
    *,
    year: int,
    title_sl: str,
    title_en: str,
    framework_id: int,
    opens_on: date,
    closes_on: date,
    employer_ids: Collection[int],
    at: datetime,
    actor: User | None,
) -> Campaign:
    """Draft a campaign for a year and a framework; no employers chosen means all of them.

    Raises ClosesBeforeItOpens, WrongYear, FrameworkNotUsable, AnotherFrameworkThisYear.
    """
    if closes_on < opens_on:
        raise ClosesBeforeItOpens
    if opens_on.year != year:
        raise WrongYear
    framework = Framework.objects.get(pk=framework_id)
    if framework.status == Status.DRAFT or not Competence.objects.filter(framework=framework).exists():
        raise FrameworkNotUsable
    if Campaign.objects.filter(year=year).exclude(framework=framework).exists():
        raise AnotherFrameworkThisYear
    campaign = Campaign.objects.create(
        year=year,
        title_sl=title_sl,
        title_en=title_en,
        framework=framework,
        opens_on=opens_on,
        closes_on=closes_on,
    )
    campaign.employers.set(employer_ids)
    audit.record(
        "needs.draft", campaign, actor=actor, at=at,
        year=year, framework=f"{framework.code} {framework.version}", employers=len(employer_ids),
    )  # fmt: skip
    return campaign


@transaction.atomic
def open_campaign(*, campaign_id: int, at: datetime, actor: User | None) -> list[Link]:
    """Open a drafted campaign: invite its population as employed that day and queue mail to those with an address.

    The day of opening is the day of `at`, whatever was planned. A person is asked once a year: who was invited
    in another campaign of the same year is left out. Raises NotADraft, LastDayHasPassed, WrongYear,
    NobodyToInvite.
    """
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).select_related("framework").get()
    on = timezone.localtime(at).date()
    if campaign.status != CampaignStatus.DRAFT:
        raise NotADraft
    if on > campaign.closes_on:
        raise LastDayHasPassed
    if on.year != campaign.year:
        raise WrongYear
    asked = _population(campaign, on)
    if not asked:
        raise NobodyToInvite
    links = _invite(campaign, asked, at=at)
    campaign.status = CampaignStatus.OPEN
    campaign.opens_on = on
    campaign.save(update_fields=["status", "opens_on"])
    letters = _mails(campaign, asked, links)
    outbox.enqueue_many(letters, at=at)
    audit.record(
        "needs.open", campaign, actor=actor, at=at, year=campaign.year, invited=len(links), mailed=len(letters)
    )  # fmt: skip
    return links


@transaction.atomic
def close_campaign(*, campaign_id: int, at: datetime, actor: User | None) -> Campaign:
    """Close an open campaign: no more answers are accepted, and drafts that were never sent are deleted.

    Raises NotOpen.
    """
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).get()
    if campaign.status != CampaignStatus.OPEN:
        raise NotOpen
    campaign.status = CampaignStatus.CLOSED
    campaign.save(update_fields=["status"])
    unfinished = Invitation.objects.filter(campaign=campaign).exclude(draft={}, answering_again=False)
    unfinished.update(draft={}, answering_again=False)
    audit.record("needs.close", campaign, actor=actor, at=at, year=campaign.year)
    return campaign


def _population(campaign: Campaign, on: date) -> list[Asked]:
    """Whom the campaign asks: its employers' people of the day without those asked this year already."""
    employer_ids = campaign.employers.values_list("pk", flat=True)
    already = set(Invitation.objects.filter(campaign__year=campaign.year).values_list("person_id", flat=True))
    return [asked for asked in queries.population(on, employer_ids) if asked.person.pk not in already]


def _invite(campaign: Campaign, asked: Iterable[Asked], *, at: datetime) -> list[Link]:
    tokens = {person.person.pk: new_token() for person in asked}
    invitations = Invitation.objects.bulk_create(
        (
            Invitation(
                campaign=campaign,
                person_id=row.person.pk,
                employer_id=row.employment.employer_id,
                unit_id=row.employment.unit_id,
                token_digest=digest(tokens[row.person.pk]),
                invited_at=at,
            )
            for row in asked
        ),
        batch_size=BATCH,
    )
    return [Link(row.pk, row.person_id, tokens[row.person_id]) for row in invitations]


def _mails(campaign: Campaign, asked: Iterable[Asked], links: Iterable[Link]) -> list[outbox.Message]:
    """A mail for everyone with an address, in their language; the text is drawn once for each language."""
    people = {row.person.pk: row.person for row in asked}
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
        context = {"campaign": campaign, "title": campaign.title, "link": PLACE_OF_LINK}
        subject = render_to_string("needs/mail/invitation_subject.txt", context)
        body = render_to_string("needs/mail/invitation.txt", context)
    return " ".join(subject.split()), body


def address_of(token: str) -> str:
    """The whole address of the page where the holder of the token answers."""
    return f"{settings.KAZIPOT_ADDRESS}{reverse('needs:answer', args=[token])}"
