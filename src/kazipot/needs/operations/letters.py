"""Fresh links on paper for people without an e-mail address."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest
from kazipot.needs import queries
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.errors import AnsweringIsOver, NobodyToWriteTo, NotOpen
from kazipot.needs.models import Campaign, Invitation, ReminderLink
from kazipot.organisation.models import Employer

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No i, l, o, 0 and 1, which look alike on paper."""
LENGTH = queries.CODE_LENGTH
"""31¹² ≈ 2⁵⁹ codes: with 14,000 of them valid, a million guesses a day would hit one in 150,000 years."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter for a person. The code is told here once: the database keeps only its digest."""

    invitation_id: int
    person_id: int
    name: str
    language: str
    unit_code: str
    code: str

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, as it is printed and may be typed."""
        return "-".join(self.code[start : start + 4] for start in range(0, LENGTH, 4))


def new_code() -> str:
    """A secret that is easy to type from paper."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


@transaction.atomic
def renew_links(*, campaign_id: int, employer_id: int, at: datetime, actor: User | None) -> list[Letter]:
    """Make fresh links for the employer's people who have no e-mail address and have not answered yet.

    Their older links stop being valid; drafts are kept. Who doesn't work for the employer any more gets no
    letter. Raises NotOpen, AnsweringIsOver, NobodyToWriteTo.
    """
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).get()
    on = timezone.localtime(at).date()
    if campaign.status == CampaignStatus.DRAFT:
        raise NotOpen
    if campaign.status == CampaignStatus.CLOSED or on > campaign.closes_on:
        raise AnsweringIsOver(campaign.closes_on)
    rows = queries.unreachable(campaign_id, on=on, employer_id=employer_id).select_related("person", "unit")
    invitations = list(rows.order_by("unit__code", "person__last_name", "person__first_name", "pk"))
    if not invitations:
        raise NobodyToWriteTo
    letters = []
    for invitation in invitations:
        code = new_code()
        invitation.token_digest = digest(code)
        person = invitation.person
        letters.append(Letter(invitation.pk, person.pk, person.name, person.language, invitation.unit.code, code))
    Invitation.objects.bulk_update(invitations, ["token_digest"], batch_size=500)
    ReminderLink.objects.filter(
        invitation__campaign=campaign, invitation__employer_id=employer_id, invitation__person__email=""
    ).delete()
    employer = Employer.objects.get(pk=employer_id)
    audit.record(
        "needs.renew_links", campaign, actor=actor, at=at, employer_code=employer.code,
        year=campaign.year, letters=len(letters),
    )  # fmt: skip
    return letters
