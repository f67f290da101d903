"""Certificates of attendance: for whoever was there, checked by anybody, revoked when attendance is corrected."""

import io
import json
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.credentials import queries as issued
from kazipot.foundation.credentials.models import Credential
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Person
from kazipot.training import operations, queries
from kazipot.training.errors import NotThere
from kazipot.training.models import Attendance, AttendanceCertificate, Session
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in
from tests.factories.training import make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
HELD = datetime(2026, 6, 15, 16, tzinfo=UTC)
LATER = datetime(2026, 6, 20, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _calendar(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-20"


def people(number: int, **told: str) -> list[Person]:
    unit = make_unit()
    return [make_employment(person=make_person(**told), unit=unit).person for _ in range(number)]


def held(coming: list[Person], present: list[Person], session: Session | None = None) -> Session:
    """A session with accepted seats whose attendance is recorded."""
    found = session or make_session(capacity=20)
    unit = make_unit()
    for person in coming:
        make_offer(found, person, unit, state="accepted")
    record(found, present)
    return found


def record(session: Session, present: list[Person], at: datetime = HELD) -> None:
    people = [who.pk for who in present]
    operations.record_attendance(session_id=session.pk, present=people, because="popravek", at=at, actor=None)


def issue(session: Session, person: Person, at: datetime = HELD) -> AttendanceCertificate:
    return operations.issue_attendance_certificate(session_id=session.pk, person_id=person.pk, at=at)


def code_of(certificate: AttendanceCertificate) -> str:
    return issued.secret_of(certificate.credential).code


def checked(client: Client, certificate: AttendanceCertificate) -> str:
    client.cookies["language"] = "en"
    return client.get(reverse("credentials:check", args=[code_of(certificate)])).text


def test_workers_issue_a_certificate_to_whoever_was_there_and_to_nobody_else() -> None:
    there, absent = people(2)
    held([there, absent], [there])
    assert operations.issue_attendance_certificates(at=HELD) == 1
    assert operations.issue_attendance_certificates(at=HELD) == 0
    assert list(AttendanceCertificate.objects.values_list("person_id", flat=True)) == [there.pk]


def test_workers_make_so_many_in_a_round() -> None:
    coming = people(3)
    held(coming, coming)
    assert [operations.issue_attendance_certificates(at=HELD, limit=2) for _ in range(3)] == [2, 1, 0]


def test_who_was_not_there_gets_none() -> None:
    there, absent = people(2)
    session = held([there, absent], [there])
    with pytest.raises(NotThere):
        issue(session, absent)
    assert not Credential.objects.exists()


def test_certificate_is_issued_once() -> None:
    (person,) = people(1)
    session = held([person], [person])
    assert issue(session, person).pk == issue(session, person).pk
    assert Credential.objects.count() == 1


def test_anybody_checks_a_certificate_which_never_lapses_and_learns_no_name(client: Client, settings: Any) -> None:
    (person,) = people(1, first_name="Živa", last_name="Čebašek", language="en")
    certificate = issue(held([person], [person]), person)
    settings.KAZIPOT_TODAY = "2046-06-20"
    page = checked(client, certificate)
    assert "The certificate is valid." in page
    assert "Attendance: Searching" in page
    assert "does not lapse" in page
    assert "Čebašek" not in page
    assert "validUntil" not in certificate.credential.document


def test_corrected_attendance_revokes_the_certificate(client: Client) -> None:
    one, other = people(2)
    session = held([one, other], [one, other])
    certificates = [issue(session, person) for person in (one, other)]
    record(session, [other], at=LATER)
    assert "has been revoked" in checked(client, certificates[0])
    assert "The certificate is valid." in checked(client, certificates[1])
    assert operations.issue_attendance_certificates(at=LATER) == 0


def test_correction_taken_back_gives_a_new_certificate(client: Client) -> None:
    (person,) = people(1)
    session = held([person], [person])
    first = issue(session, person)
    record(session, [], at=LATER)
    record(session, [person], at=LATER)
    second = issue(session, person, at=LATER)
    assert second.pk != first.pk
    assert "has been revoked" in checked(client, first)
    assert "The certificate is valid." in checked(client, second)


def test_workers_revoke_what_was_corrected_elsewhere() -> None:
    (person,) = people(1)
    session = held([person], [person])
    issue(session, person)
    Attendance.objects.filter(session=session).update(attended=False)
    assert operations.revoke_corrected_certificates(at=LATER) == 1
    assert operations.revoke_corrected_certificates(at=LATER) == 0
    assert queries.certificates_of(person.pk, at=LATER) == {}


def own_person(client: Client) -> Person:
    user = sign_in(client, Role.EMPLOYEE, make_employer(), unit=make_unit())
    client.cookies["language"] = "en"
    return Person.objects.get(user=user)


def test_person_makes_and_downloads_their_certificate(client: Client) -> None:
    person = own_person(client)
    session = held([person], [person])
    assert "Make it now" in client.get(reverse("training:certificates")).text
    client.post(reverse("training:issue-certificate", args=[session.pk]))
    certificate = AttendanceCertificate.objects.get()
    assert f"/credentials/{code_of(certificate)}/" in client.get(reverse("training:certificates")).text
    badge = json.loads(client.get(reverse("training:certificate-badge", args=[certificate.pk])).content)
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert issued.is_sound(certificate.credential)
    pdf = pypdf.PdfReader(io.BytesIO(client.get(reverse("training:certificate-pdf", args=[certificate.pk])).content))
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert len(pdf.pages) == 1
    assert person.last_name in text
    assert "15. 6. 2026" in text
    assert "Iskanje" in text


def test_somebody_elses_certificate_is_not_there(client: Client) -> None:
    own_person(client)
    (other,) = people(1)
    session = held([other], [other])
    certificate = issue(session, other)
    for name in ("certificate-pdf", "certificate-badge"):
        assert client.get(reverse(f"training:{name}", args=[certificate.pk])).status_code == 404
    client.post(reverse("training:issue-certificate", args=[session.pk]))
    assert AttendanceCertificate.objects.count() == 1


def test_list_of_certificates_asks_the_same_number_of_questions(client: Client, django_assert_num_queries: Any) -> None:
    person = own_person(client)

    def add(number: int) -> None:
        session = make_session(make_course(f"T-{number}"), starts_on=date(2026, 6, number))
        issue(held([person], [person], session), person)

    add(1)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("training:certificates"))
    add(2), add(3)
    with django_assert_num_queries(QUERIES):
        client.get(reverse("training:certificates"))


QUERIES = 8
