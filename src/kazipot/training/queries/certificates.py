"""Who was where and holds which certificate of it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from kazipot.foundation.credentials import queries as credentials
from kazipot.training.choices import SessionStatus
from kazipot.training.models import Attendance, AttendanceCertificate


@dataclass(frozen=True, slots=True)
class CertificateTold:
    """A certificate as its holder sees it."""

    certificate: AttendanceCertificate
    state: str
    code: str


def attendances_of(person_id: int) -> QuerySet[Attendance]:
    """Where a person was, latest first."""
    rows = Attendance.objects.filter(person_id=person_id, attended=True, session__status=SessionStatus.HELD)
    return rows.select_related("session__course__provider").order_by("-session__starts_on", "-pk")


def certificates_of(person_id: int, *, at: datetime) -> dict[int, CertificateTold]:
    """A person's certificates that stand: {session id: certificate}. One query."""
    rows = AttendanceCertificate.objects.filter(person_id=person_id, stands=True).select_related("credential")
    return {
        row.session_id: CertificateTold(
            row, credentials.state_of(row.credential, at=at), credentials.secret_of(row.credential).code
        )
        for row in rows
    }


def certificate_of(person_id: int, certificate_id: int) -> AttendanceCertificate | None:
    """A person's certificate."""
    rows = AttendanceCertificate.objects.select_related("credential", "credential__key")
    return rows.filter(pk=certificate_id, person_id=person_id).first()


def attendances_to_certify() -> QuerySet[Attendance]:
    """Who was there and has no certificate yet, oldest first."""
    held = AttendanceCertificate.objects.filter(
        session_id=OuterRef("session_id"), person_id=OuterRef("person_id"), stands=True
    )
    rows = Attendance.objects.filter(attended=True, session__status=SessionStatus.HELD)
    return rows.filter(~Exists(held)).select_related("session__course", "person").order_by("pk")


def certificates_to_revoke() -> QuerySet[AttendanceCertificate]:
    """Certificates of people who, by what is recorded now, were not there."""
    there = Attendance.objects.filter(
        session_id=OuterRef("session_id"), person_id=OuterRef("person_id"), attended=True,
        session__status=SessionStatus.HELD,
    )  # fmt: skip
    return AttendanceCertificate.objects.filter(~Exists(there), stands=True).order_by("pk")
