"""Who of those with a seat was present."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.training import queries
from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.errors import NotAccepted, NotYetHeld, SessionIsOver
from kazipot.training.models import Attendance, SeatOffer, Session
from kazipot.training.operations.certificates import revoke_corrected_certificates

BATCH = 500


@transaction.atomic
def record_attendance(*, session_id: int, present: Collection[int], at: datetime, actor: User | None) -> int:
    """Note who of those with a seat was present; the session counts as held. Returns how many attended.

    Can be corrected by recording it again; certificates of people who were not there are revoked.

    Raises NotYetHeld, SessionIsOver, NotAccepted.
    """
    session = lock(Session.objects.filter(pk=session_id)).get()
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsOver
    if timezone.localtime(at).date() < session.starts_on:
        raise NotYetHeld
    accepted = queries.accepted_people(session_id)
    if strangers := set(present) - accepted:
        raise NotAccepted(len(strangers))
    there = frozenset(present)
    Attendance.objects.filter(session=session).delete()
    Attendance.objects.bulk_create(
        (
            Attendance(session=session, person_id=person_id, attended=person_id in there, recorded_at=at)
            for person_id in sorted(accepted)
        ),
        batch_size=BATCH,
    )
    session.status = SessionStatus.HELD
    session.save(update_fields=["status"])
    SeatOffer.objects.filter(session=session, state=OfferState.OFFERED).update(state=OfferState.EXPIRED)
    revoke_corrected_certificates(session_id=session_id, at=at, actor=actor)
    audit.record("training.record_attendance", session, actor=actor, at=at, seats=len(accepted), present=len(there))
    return len(there)
