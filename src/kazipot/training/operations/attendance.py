"""Who of those with a seat was present: signed in one by one, or recorded at once; corrected for a reason."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.training import queries
from kazipot.training.choices import AttendanceSource, OfferState, SessionStatus
from kazipot.training.errors import NotAccepted, NotYetHeld, SessionIsOver
from kazipot.training.errors.running import AttendanceIsClosed, CorrectionNeedsReason, NoSeatHere, NotItsDay
from kazipot.training.models import Attendance, SeatOffer, Session
from kazipot.training.operations.certificates import revoke_corrected_certificates

BATCH = 500


@transaction.atomic
def record_attendance(
    *,
    session_id: int,
    present: Collection[int],
    at: datetime,
    actor: User | None,
    because: str = "",
    source: str = AttendanceSource.PAGE,
) -> int:
    """Note who of those with a seat was present; the session counts as held. Returns how many attended.

    What was recorded already is corrected for a reason, each person's with an entry in the trail; certificates of
    people who were not there are revoked. Raises NotYetHeld, SessionIsOver, NotAccepted, CorrectionNeedsReason.
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
    _write(session, accepted, there, because=because, source=source, at=at, actor=actor)
    session.status = SessionStatus.HELD
    session.save(update_fields=["status"])
    SeatOffer.objects.filter(session=session, state=OfferState.OFFERED).update(state=OfferState.EXPIRED)
    revoke_corrected_certificates(session_id=session_id, at=at, actor=actor)
    audit.record("training.record_attendance", session, actor=actor, at=at, seats=len(accepted), present=len(there))
    return len(there)


def _write(
    session: Session,
    accepted: Collection[int],
    there: Collection[int],
    *,
    because: str,
    source: str,
    at: datetime,
    actor: User | None,
) -> None:
    """A row for everybody with a seat; rows that say it already stay as they are."""
    known = {row.person_id: row for row in Attendance.objects.filter(session=session)}
    wrong = [row for row in known.values() if row.attended != (row.person_id in there)]
    is_correction = session.status == SessionStatus.HELD
    if is_correction and wrong and not because:
        raise CorrectionNeedsReason
    for row in wrong:
        row.attended, row.recorded_at, row.source = not row.attended, at, source
        row.corrected_because = because if is_correction else ""
        row.save(update_fields=["attended", "recorded_at", "source", "corrected_because"])
        if is_correction:
            audit.record("training.correct_attendance", row, actor=actor, at=at, attended=row.attended, because=because)
    Attendance.objects.bulk_create(
        (
            Attendance(session=session, person_id=person_id, attended=person_id in there, recorded_at=at, source=source)
            for person_id in sorted(set(accepted) - known.keys())
        ),
        batch_size=BATCH,
    )


@transaction.atomic
def sign_in_seat(*, offer_id: int, at: datetime, actor: User | None) -> Attendance:
    """Somebody with a seat is there, by the code that they show; twice changes nothing.

    Raises SessionIsOver, NotItsDay, NoSeatHere, AttendanceIsClosed.
    """
    session, offer = _of_today(offer_id, at)
    row, _made = Attendance.objects.get_or_create(
        session=session,
        person_id=offer.person_id,
        defaults={"attended": True, "recorded_at": at, "source": AttendanceSource.TICKET},
    )
    audit.record("training.sign_in", offer, actor=actor, at=at)
    return row


@transaction.atomic
def undo_sign_in(*, offer_id: int, at: datetime, actor: User | None) -> None:
    """The wrong person was signed in. Raises SessionIsOver, NotItsDay, NoSeatHere, AttendanceIsClosed."""
    session, offer = _of_today(offer_id, at)
    Attendance.objects.filter(session=session, person_id=offer.person_id).delete()
    audit.record("training.undo_sign_in", offer, actor=actor, at=at)


def _of_today(offer_id: int, at: datetime) -> tuple[Session, SeatOffer]:
    found = SeatOffer.objects.values_list("session_id", flat=True).get(pk=offer_id)
    session = lock(Session.objects.filter(pk=found)).get()
    offer = SeatOffer.objects.get(pk=offer_id)
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsOver
    if session.status == SessionStatus.HELD:
        raise AttendanceIsClosed
    if not session.starts_on <= timezone.localtime(at).date() <= session.ends_on:
        raise NotItsDay(session.starts_on)
    if offer.state != OfferState.ACCEPTED or offer.session_id != session.pk:
        raise NoSeatHere
    return session, offer


def close_attendance(*, session_id: int, at: datetime, actor: User | None) -> int:
    """Everybody who is there has signed in: the others did not come. Returns how many attended.

    Raises NotYetHeld, SessionIsOver, AttendanceIsClosed.
    """
    if Session.objects.filter(pk=session_id, status=SessionStatus.HELD).exists():
        raise AttendanceIsClosed
    present = queries.attended_people(session_id) & queries.accepted_people(session_id)
    return record_attendance(session_id=session_id, present=present, at=at, actor=actor)
