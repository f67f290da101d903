"""What workers say in time: that an answer is still missing, and that a session is near. Each is said once."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import outbox
from kazipot.foundation.database import lock
from kazipot.training import queries
from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.models import SeatOffer, Session
from kazipot.training.operations.wording import announcement_mails, reminder_mails


@transaction.atomic
def remind_of_seats(*, at: datetime) -> int:
    """Remind those who haven't answered and those who are to come soon; how many. Twice does no harm."""
    on, rules = timezone.localtime(at).date(), queries.seat_rules()
    soon, last = on + timedelta(days=rules.announce_before), on + timedelta(days=rules.remind_before)
    told = 0
    sessions = Session.objects.filter(status=SessionStatus.PLANNED, starts_on__gt=on).select_related("course")
    for session in lock(sessions).order_by("pk"):
        offers = SeatOffer.objects.filter(session=session)
        silent = list(offers.filter(state=OfferState.OFFERED, reminded_at=None, answer_by__gte=on, answer_by__lte=last))
        coming = list(offers.filter(state=OfferState.ACCEPTED, announced_at=None)) if session.starts_on <= soon else []
        outbox.enqueue_many([*reminder_mails(session, silent), *announcement_mails(session, coming)], at=at)
        SeatOffer.objects.filter(pk__in=[row.pk for row in silent]).update(reminded_at=at)
        SeatOffer.objects.filter(pk__in=[row.pk for row in coming]).update(announced_at=at)
        told += len(silent) + len(coming)
    return told
