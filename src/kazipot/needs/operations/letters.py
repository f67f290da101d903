"""Fresh codes on paper for people without an e-mail address, and for those who lost theirs."""

import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_code, spaced
from kazipot.needs import queries
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.errors import AnsweringIsOver, NobodyToWriteTo, NotOpen
from kazipot.needs.models import Campaign, Invitation, ReminderLink
from kazipot.organisation.queries import Workplace


@dataclass(frozen=True, slots=True)
class Letter:
    """A slip for a person. The code is told here once: the database keeps only its digest."""

    invitation_id: int
    person_id: int
    name: str
    language: str
    workplace: Workplace
    code: str

    @property
    def unit_code(self) -> str:
        """The code of the unit where the person works."""
        return self.workplace.unit_code

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, as it is printed and may be typed."""
        return spaced(self.code)


@transaction.atomic
def renew_links(*, campaign_id: int, employer_ids: Collection[int], at: datetime, actor: User | None) -> list[Letter]:
    """Make fresh codes for the employers' people who have no e-mail address and have not answered yet.

    By employer, unit, workplace and name. Their older codes and links stop being valid; drafts are kept. Who
    doesn't work for the employer any more gets none. Raises NotOpen, AnsweringIsOver, NobodyToWriteTo.
    """
    campaign, on = _open_campaign(campaign_id, at)
    rows = queries.waiting_for_slips(campaign_id, employer_ids, on=on)
    letters = _renewed(rows.order_by("pk"), queries.workplaces(rows, on=on))
    ReminderLink.objects.filter(
        invitation__campaign=campaign, invitation__employer_id__in=employer_ids, invitation__person__email=""
    ).delete()
    for code, made in sorted(Counter(letter.workplace.employer_code for letter in letters).items()):
        audit.record(
            "needs.renew_links", campaign, actor=actor, at=at, employer_code=code, year=campaign.year, letters=made
        )
    return letters


@transaction.atomic
def renew_link(*, campaign_id: int, employer_id: int, invitation_id: int, at: datetime, actor: User | None) -> Letter:
    """Make a fresh code for one person who lost theirs; what they had before stops being valid.

    The invitation stays the same, and with it the draft, or the one answer. Raises NotOpen, AnsweringIsOver,
    NobodyToWriteTo (the person doesn't work for the employer, or wasn't asked).
    """
    campaign, on = _open_campaign(campaign_id, at)
    rows = queries.working(campaign_id, employer_id, on=on).filter(pk=invitation_id)
    (letter,) = _renewed(rows, queries.workplaces(rows, on=on))
    ReminderLink.objects.filter(invitation_id=invitation_id).delete()
    audit.record(
        "needs.renew_link", rows[0], actor=actor, at=at, employer_code=letter.workplace.employer_code,
        year=campaign.year,
    )  # fmt: skip
    return letter


def _open_campaign(campaign_id: int, at: datetime) -> tuple[Campaign, date]:
    """The campaign, locked, if answers come in; and the day."""
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).get()
    on = timezone.localtime(at).date()
    if campaign.status == CampaignStatus.DRAFT:
        raise NotOpen
    if campaign.status == CampaignStatus.CLOSED or on > campaign.closes_on:
        raise AnsweringIsOver(campaign.closes_on)
    return campaign, on


def _renewed(invitations: Iterable[Invitation], places: dict[tuple[int, int], Workplace]) -> list[Letter]:
    """Fresh codes, written and told, in the order in which slips are handed out. Raises NobodyToWriteTo."""
    made: list[tuple[tuple[str, ...], Letter]] = []
    renewed: list[Invitation] = []
    for invitation in invitations:
        code, person = new_code(), invitation.person
        place = places.get((invitation.person_id, invitation.employer_id))
        if place is None:  # the job ended between two reads
            continue
        invitation.token_digest = digest(code)
        renewed.append(invitation)
        texts = (place.employer_code, place.unit_code, place.title, person.last_name, person.first_name)
        order = (*map(_alphabetical, texts), f"{invitation.pk:012}")
        made.append((order, Letter(invitation.pk, person.pk, person.name, person.language, place, code)))
    if not renewed:
        raise NobodyToWriteTo
    Invitation.objects.bulk_update(renewed, ["token_digest"], batch_size=500)
    return [letter for _order, letter in sorted(made, key=lambda pair: pair[0])]


def _alphabetical(text: str) -> str:
    """A key that puts č after c, š after s and ž after z, as people look names up (Unicode's composition D)."""
    return unicodedata.normalize("NFD", text.casefold())
