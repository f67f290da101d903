"""Certificates of passed verifications: mine alone, checked by anybody, revoked with the result."""

import io
import json
from datetime import date, datetime
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kazipot.foundation import guessing
from kazipot.foundation.credentials import queries as issued
from kazipot.foundation.credentials.models import Credential
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Person
from kazipot.verification import operations, queries
from kazipot.verification.errors import NothingToCertify
from kazipot.verification.models import Certificate, Verification
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db
MAY, TODAY = date(2026, 5, 4), date(2026, 6, 1)
UNTIL = date(2028, 5, 4)


@pytest.fixture(autouse=True)
def _calendar(settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()


def passed(person: Person | None = None, **changes: Any) -> Verification:
    who = person or make_person()
    told = {"taken_on": MAY, "passed": True, "method": "test", "reference": "T-1", **changes}
    return Verification.objects.create(
        person=who, employer=make_employer(), recorded_at=datetime.fromisoformat("2026-05-04T12:00+02:00"), **told
    )


def certified(result: Verification, at: datetime, language: str = "sl") -> Certificate:
    return operations.issue_certificate(verification_id=result.pk, language=language, at=at, actor=None)


def code_of(certificate: Certificate) -> str:
    return issued.secret_of(certificate.credential).code


def check(client: Client, code: str) -> Any:
    client.cookies["language"] = "en"
    return client.get(reverse("credentials:check", args=[code]))


def test_certificate_is_issued_once(at: datetime) -> None:
    result = passed()
    assert certified(result, at).pk == certified(result, at).pk
    assert Credential.objects.count() == 1


@pytest.mark.parametrize(
    "change", [{"passed": False}, {"annulled_at": datetime.fromisoformat("2026-05-05T08:00+02:00")}]
)
def test_result_that_does_not_count_gets_no_certificate(change: dict[str, Any], at: datetime) -> None:
    with pytest.raises(NothingToCertify):
        certified(passed(**change), at)


def test_result_that_lapsed_gets_no_certificate(at: datetime) -> None:
    with pytest.raises(NothingToCertify):
        certified(passed(taken_on=TODAY.replace(year=2024)), at)


def valid_until(certificate: Certificate) -> date:
    return timezone.localtime(certificate.credential.valid_until).date()


def test_certificate_counts_as_long_as_the_duty_says(at: datetime) -> None:
    person = make_person()
    earlier = passed(person, taken_on=date(2024, 6, 20), reference="T-0")
    renewed = passed(person)
    assert valid_until(certified(renewed, at)) == date(2028, 6, 20), "renewed within the window: the later date is kept"
    assert valid_until(certified(earlier, at)) == date(2026, 6, 20), "what was held then has its own day"
    assert queries.duty_of(person.pk, TODAY).verification.valid_until == date(2028, 6, 19)


def test_renewal_too_early_counts_from_its_own_day(at: datetime) -> None:
    person = make_person()
    passed(person, taken_on=date(2024, 9, 20), reference="T-0")
    assert valid_until(certified(passed(person), at)) == UNTIL


def test_certificate_that_rested_on_an_annulled_result_is_revoked_and_can_be_made_anew(at: datetime) -> None:
    person = make_person()
    earlier = passed(person, taken_on=date(2024, 6, 20), reference="T-0")
    renewed = passed(person)
    first = certified(renewed, at).credential
    operations.annul(verification_id=earlier.pk, because="Zamenjava oseb.", at=at, actor=None)
    first.refresh_from_db()
    assert first.revoked_at == at
    assert valid_until(certified(renewed, at)) == UNTIL


def test_annulled_result_that_nothing_rested_on_leaves_the_certificate(at: datetime) -> None:
    person = make_person()
    earlier = passed(person, taken_on=date(2023, 6, 20), reference="T-0")
    credential = certified(passed(person), at).credential
    operations.annul(verification_id=earlier.pk, because="Zamenjava oseb.", at=at, actor=None)
    credential.refresh_from_db()
    assert credential.revoked_at is None


def test_anybody_checks_a_certificate_and_learns_no_name(client: Client, at: datetime) -> None:
    person = make_person(first_name="Živa", last_name="Čebašek")
    code = code_of(certified(passed(person), at))
    response = check(client, code)
    page = response.content.decode()
    assert "The certificate is valid." in page
    assert "3 May 2028" in page
    assert "Živa" not in page
    assert "Čebašek" not in page
    assert response.headers["Cache-Control"].startswith("max-age=0")


@pytest.mark.parametrize(("name", "says"), [("živa  čebašek", "was issued to"), ("Živa Novak", "was not issued to")])
def test_name_on_a_certificate_is_compared(name: str, says: str, client: Client, at: datetime) -> None:
    code = code_of(certified(passed(make_person(first_name="Živa", last_name="Čebašek")), at))
    client.cookies["language"] = "en"
    page = client.post(reverse("credentials:check", args=[code]), {"name": name}).content.decode()
    assert f"The certificate {says} a person of this name." in page


def test_expired_certificate_says_so(client: Client, at: datetime, settings: Any) -> None:
    code = code_of(certified(passed(), at))
    settings.KAZIPOT_TODAY = "2028-05-03"
    assert "The certificate is valid." in check(client, code).content.decode()
    settings.KAZIPOT_TODAY = "2028-05-04"
    assert "The certificate has expired." in check(client, code).content.decode()


def test_annulled_result_revokes_its_certificate(client: Client, at: datetime) -> None:
    result = passed()
    certificate = certified(result, at)
    operations.annul(verification_id=result.pk, because="Wrong person.", at=at, actor=None)
    page = check(client, code_of(certificate)).content.decode()
    assert "has been revoked" in page
    assert "Wrong person" not in page
    statuses = json.loads(client.get("/credentials/status/1").content)["credentialSubject"]["encodedList"]
    assert Credential.objects.exclude(revoked_at=None).count() == 1
    assert statuses.startswith("u")


def test_record_that_was_changed_in_the_database_is_not_trusted(client: Client, at: datetime) -> None:
    credential = certified(passed(), at).credential
    credential.document["credentialSubject"]["achievement"]["name"] = "Something better"
    credential.save()
    assert "cannot be trusted" in check(client, issued.secret_of(credential).code).content.decode()


def test_guessing_codes_is_stopped(client: Client, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "LIMIT", 3)
    code = code_of(certified(passed(), at))
    assert [check(client, f"aaaa-bbbb-ccc{n}").status_code for n in range(2, 6)] == [404, 404, 404, 429]
    assert check(client, code).status_code == 429


def test_guessing_the_holder_is_stopped(client: Client, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "LIMIT", 3)
    address = reverse("credentials:check", args=[code_of(certified(passed(), at))])
    assert [client.post(address, {"name": f"Ana {n}"}).status_code for n in range(4)] == [200, 200, 200, 429]


def test_code_is_typed_with_hyphens_and_capitals(client: Client, at: datetime) -> None:
    code = code_of(certified(passed(), at))
    typed = f" {code[:4]}-{code[4:8]} {code[8:]}".upper()
    response = client.post(reverse("credentials:enter"), {"code": typed})
    assert response.headers["Location"] == reverse("credentials:check", args=[code])
    assert client.post(reverse("credentials:enter"), {"code": "abc"}).status_code == 422


def own_person(client: Client) -> Person:
    user = sign_in(client, Role.EMPLOYEE, make_employer(), unit=make_unit())
    client.cookies["language"] = "en"
    return Person.objects.get(user=user)


def test_person_makes_and_downloads_their_certificate(client: Client) -> None:
    person = own_person(client)
    result = passed(person)
    assert "Make the certificate" in client.get(reverse("verification:certificates")).content.decode()
    client.post(reverse("verification:issue-certificate", args=[result.pk]))
    certificate = Certificate.objects.get(verification=result)
    page = client.get(reverse("verification:certificates")).content.decode()
    assert f"/credentials/{code_of(certificate)}/" in page
    badge = json.loads(client.get(reverse("verification:certificate-badge", args=[certificate.pk])).content)
    assert badge["validUntil"] == "2028-05-03T22:00:00Z"
    pdf = client.get(reverse("verification:certificate-pdf", args=[certificate.pk])).content
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 1
    assert person.last_name in text
    assert "Competence in digital security" in text
    assert "3 May 2028" in text, "the last day on which it is valid"


def test_somebody_elses_certificate_is_not_there(client: Client, at: datetime) -> None:
    own_person(client)
    other = passed()
    certificate = certified(other, at)
    for name in ("certificate-pdf", "certificate-badge"):
        assert client.get(reverse(f"verification:{name}", args=[certificate.pk])).status_code == 404
    assert client.post(reverse("verification:issue-certificate", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_certificates_asks_the_same_number_of_questions(
    number: int, client: Client, at: datetime, django_assert_num_queries: Any
) -> None:
    person = own_person(client)
    for each in range(number):
        certified(passed(person, reference=f"T-{each}"), at)
    make_employment(person=person, unit=make_unit())
    with django_assert_num_queries(QUERIES):
        client.get(reverse("verification:certificates"))


QUERIES = 16
