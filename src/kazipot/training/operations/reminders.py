"""What workers say in time: that an answer is still missing, and that a session is near. Each is said once."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kazipot.foundation import outbox
from kazipot.foundation.database import lock
from kazipot.training import queries
from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.models import SeatOffer, Session
from kazipot.training.operations.wording import announcement_mails, reminder_mails


def remind_of_seats(*, at: datetime) -> int:
    """Remind those who haven't answered and those who are to come soon; how many. Twice does no harm. Each session on
    its own, and none is locked in which nobody is to be told anything."""
    on = timezone.localtime(at).date()
    due = SeatOffer.objects.filter(_silent(on) | _coming(on), session__status=SessionStatus.PLANNED)
    sessions = due.filter(session__starts_on__gt=on).order_by("session_id").values_list("session_id", flat=True)
    return sum(_remind(session_id, at) for session_id in list(sessions.distinct()))


def _silent(on: date) -> Q:
    last = on + timedelta(days=queries.seat_rules().remind_before)
    return Q(state=OfferState.OFFERED, reminded_at=None, answer_by__gte=on, answer_by__lte=last)


def _coming(on: date) -> Q:
    soon = on + timedelta(days=queries.seat_rules().announce_before)
    return Q(state=OfferState.ACCEPTED, announced_at=None, session__starts_on__lte=soon)


@transaction.atomic
def _remind(session_id: int, at: datetime) -> int:
    on = timezone.localtime(at).date()
    session = lock(Session.objects.filter(pk=session_id)).select_related("course").get()
    if session.status != SessionStatus.PLANNED or session.starts_on <= on:
        return 0
    offers = SeatOffer.objects.filter(session=session)
    silent, coming = list(offers.filter(_silent(on))), list(offers.filter(_coming(on)))
    outbox.enqueue_many([*reminder_mails(session, silent), *announcement_mails(session, coming)], at=at)
    SeatOffer.objects.filter(pk__in=[row.pk for row in silent]).update(reminded_at=at)
    SeatOffer.objects.filter(pk__in=[row.pk for row in coming]).update(announced_at=at)
    return len(silent) + len(coming)
