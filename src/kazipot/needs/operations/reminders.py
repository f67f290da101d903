"""Who has not answered yet is reminded by mail: when the Service asks for it, and shortly before the last day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_token
from kazipot.needs import queries
from kazipot.needs.choices import CampaignStatus
from kazipot.needs.errors import AnsweringIsOver, NobodyToRemind, NotOpen
from kazipot.needs.models import Campaign, Invitation, ReminderLink
from kazipot.needs.operations.campaigns import address_of

BATCH = 500
QUIET = timedelta(days=3)
"""Nobody gets two mails of a campaign within so long."""


@transaction.atomic
def remind(*, campaign_id: int, at: datetime, actor: User | None) -> int:
    """Mail a link to everyone who can be mailed and has not answered; returns how many. Earlier links stay valid.

    Raises NotOpen, AnsweringIsOver, NobodyToRemind.
    """
    campaign = lock(Campaign.objects.filter(pk=campaign_id)).get()
    on = timezone.localtime(at).date()
    if campaign.status != CampaignStatus.OPEN:
        raise NotOpen
    if on > campaign.closes_on:
        raise AnsweringIsOver(campaign.closes_on)
    rows = queries.unreminded(campaign_id, on=on, before=at - QUIET).select_related("person").order_by("pk")
    invitations = list(rows)
    if not invitations:
        raise NobodyToRemind
    tokens = {invitation.pk: new_token() for invitation in invitations}
    ReminderLink.objects.bulk_create(
        (ReminderLink(invitation_id=pk, token_digest=digest(token)) for pk, token in tokens.items()), batch_size=BATCH
    )
    outbox.enqueue_many(_mails(campaign, invitations, tokens, at), at=at)
    for start in range(0, len(invitations), BATCH):
        chosen = [invitation.pk for invitation in invitations[start : start + BATCH]]
        Invitation.objects.filter(pk__in=chosen).update(reminded_at=at)
    audit.record("needs.remind", campaign, actor=actor, at=at, year=campaign.year, mailed=len(invitations))
    return len(invitations)


def remind_due(*, at: datetime) -> int:
    """What workers do every day: remind in open campaigns whose schedule says so; returns how many mails.

    Once a day is enough and twice does no harm: who was mailed in the last days is left in peace.
    """
    on = timezone.localtime(at).date()
    sent = 0
    rows = Campaign.objects.filter(status=CampaignStatus.OPEN, closes_on__gte=on)
    for campaign_id, closes_on, reminder_days in rows.values_list("pk", "closes_on", "reminder_days"):
        if (closes_on - on).days not in reminder_days:
            continue
        try:
            sent += remind(campaign_id=campaign_id, at=at, actor=None)
        except (NobodyToRemind, NotOpen, AnsweringIsOver):
            continue
    return sent


def _mails(
    campaign: Campaign, invitations: list[Invitation], tokens: dict[int, str], at: datetime
) -> list[outbox.Message]:
    found = []
    for invitation in invitations:
        with translation.override(invitation.person.language):
            context = {"campaign": campaign, "title": campaign.title, "link": address_of(tokens[invitation.pk])}
            subject = " ".join(render_to_string("needs/mail/reminder_subject.txt", context).split())
            body = render_to_string("needs/mail/reminder.txt", context)
        key = f"needs.reminder.{invitation.pk}.{at.date().isoformat()}"
        found.append(outbox.Message(key, invitation.person.email, subject, body))
    return found
