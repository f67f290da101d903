"""Certificates of attendance: issued to whoever was there, revoked when attendance is corrected."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from kazipot.foundation.credentials import operations as credentials
from kazipot.foundation.credentials.documents import Achievement
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.models import Person
from kazipot.training import queries
from kazipot.training.choices import SessionStatus
from kazipot.training.errors import NotThere
from kazipot.training.models import Attendance, AttendanceCertificate, Session

KIND = "training-attendance"
IN_A_ROUND = 200
"""So many certificates a worker makes in one round, so that mail needn't wait."""


@transaction.atomic
def issue_attendance_certificate(
    *, session_id: int, person_id: int, at: datetime, actor: User | None = None
) -> AttendanceCertificate:
    """The certificate of a person who was at a session; issued once, then the same. Raises NotThere."""
    session = lock(Session.objects.filter(pk=session_id)).select_related("course__provider").get()
    found = AttendanceCertificate.objects.filter(session=session, person_id=person_id, stands=True)
    if (made := found.select_related("credential").first()) is not None:
        return made
    there = Attendance.objects.filter(session=session, person_id=person_id, attended=True)
    if session.status != SessionStatus.HELD or not there.exists():
        raise NotThere
    person = Person.objects.get(pk=person_id)
    credential = credentials.issue(
        achievement=_achievement(session, person.language),
        holder=person.name,
        valid_from=_midnight(session.ends_on),
        valid_until=None,
        at=at,
        actor=actor,
    )
    return AttendanceCertificate.objects.create(session=session, person=person, credential=credential)


def _achievement(session: Session, language: str) -> Achievement:
    course = session.course
    with translation.override(language):
        when = day(session.starts_on)
        if session.ends_on != session.starts_on:
            when = f"{when} – {day(session.ends_on)}"
        taught = "; ".join(
            _("%(competence)s, from level %(low)s to level %(high)s")
            % {"competence": row.competence.name, "low": row.from_level, "high": row.to_level}
            for row in queries.taught(course.pk)
        )
        return Achievement(
            kind=KIND,
            name=_("Attendance: %(course)s") % {"course": course.title},
            description=_(
                "The holder attended this training on %(when)s, given by %(provider)s. It teaches: %(taught)s."
            )
            % {"when": when, "provider": course.provider.name, "taught": taught},
            criteria=_("The attendance was recorded at the session. What the holder learnt has not been tested."),
            language=language,
        )


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


def issue_attendance_certificates(*, at: datetime, limit: int = IN_A_ROUND) -> int:
    """What workers do in every round: certificates for whoever was there and has none; how many. Each on its own, so
    that what is done stays done."""
    made = 0
    for row in list(queries.attendances_to_certify()[:limit]):
        try:
            issue_attendance_certificate(session_id=row.session_id, person_id=row.person_id, at=at)
        except NotThere:  # corrected meanwhile
            continue
        made += 1
    return made


@transaction.atomic
def revoke_corrected_certificates(*, at: datetime, session_id: int | None = None, actor: User | None = None) -> int:
    """Certificates of people who by the corrected attendance were not there are worth nothing; how many.

    Called where attendance is corrected, and by workers in every round.
    """
    rows = queries.certificates_to_revoke()
    if session_id is not None:
        rows = rows.filter(session_id=session_id)
    found = list(lock(rows))
    for row in found:
        credentials.revoke(credential_id=row.credential_id, because="attendance corrected", at=at, actor=actor)
        row.stands = False
        row.save(update_fields=["stands"])
    return len(found)
