"""Who has no account: lessons and certificates by the code of a slip, on any device, and nobody else's."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.core.items.answering import fields_for
from kazipot.core.items.definition import AREAS
from kazipot.core.items.scoring import right_answer
from kazipot.organisation.models import Person
from kazipot.verification import operations, queries
from kazipot.verification.models import Certificate, LessonDone, Step, Verification
from kazipot.verification.views.lessons import SEED
from tests.factories.organisation import make_employer
from tests.factories.verification import SECRET, make_bank, make_code, make_sitting, make_worker, sit_through

pytestmark = pytest.mark.django_db
LESSON = "/verification/here/lessons/phishing/"


@pytest.fixture
def person(client: Client, at: datetime, settings: Any) -> Person:
    """Somebody whose code was typed on the client's device on the tests' day."""
    settings.KAZIPOT_TODAY = at.date().isoformat()
    found = make_worker(first_name="Živa", last_name="Čebašek")
    client.cookies["language"] = "en"
    client.post(reverse("verification:enter"), {"code": make_code(found, at=at)})
    return found


def through(client: Client, area: str) -> None:
    """Go through a lesson."""
    for number, step in enumerate(queries.lesson_of(area, "en").steps, 1):
        told: dict[str, Any] = {"step": number, "action": "next"}
        if step.check:
            item = queries.checks_of(area)[step.check]
            told["action"] = "answer"
            answered = client.post(
                f"/verification/here/lessons/{area}/", {**told, **fields_for(item, SEED, right_answer(item))}
            )
            assert "That is right." in answered.content.decode()
            told["action"] = "next"
        client.post(f"/verification/here/lessons/{area}/", told)


def test_lesson_is_done_by_code_and_counts(client: Client, person: Person, at: datetime) -> None:
    assert "Leave this device" in client.get(LESSON).content.decode()
    through(client, "phishing")
    done = LessonDone.objects.get()
    assert (done.person_id, done.area, done.done_on) == (person.pk, "phishing", at.date())
    page = client.get(reverse("verification:here-lessons")).content.decode()
    assert LESSON in page
    assert "done on" in page


def test_lesson_by_code_that_does_not_exist_is_not_there(client: Client, person: Person) -> None:
    assert client.get("/verification/here/lessons/nothing/").status_code == 404


def test_failed_test_leads_to_the_lessons_of_the_areas_that_lost_points(
    client: Client, person: Person, at: datetime
) -> None:
    make_bank()
    sitting = sit_through(make_sitting(person, at=at), lambda number: False, at=at)
    page = client.get(reverse("verification:here-sitting", args=[sitting.pk])).content.decode()
    asked = set(Step.objects.filter(sitting=sitting, scored=True).values_list("version__area", flat=True))
    linked = {area for area in AREAS if f"/verification/here/lessons/{area}/" in page}
    assert linked == asked
    assert SECRET not in page
    assert not any(key in page for key in Step.objects.values_list("version__item__key", flat=True))
    assert not any(f"Vprašanje {key}" in page for key in Step.objects.values_list("version__item__key", flat=True))


def test_passed_test_leads_to_the_certificate_and_to_no_lessons(client: Client, person: Person, at: datetime) -> None:
    make_bank()
    sitting = sit_through(make_sitting(person, at=at), lambda number: True, at=at)
    page = client.get(reverse("verification:here-sitting", args=[sitting.pk])).content.decode()
    assert reverse("verification:here-certificates") in page
    assert "/verification/here/lessons/" not in page


def passed(person: Person, **changes: Any) -> Verification:
    told = {"taken_on": date(2026, 5, 4), "passed": True, "method": "test", "reference": "T-1", **changes}
    recorded = datetime.fromisoformat("2026-05-04T12:00+02:00")
    return Verification.objects.create(person=person, employer=make_employer(), recorded_at=recorded, **told)


def test_certificate_is_made_and_downloaded_by_code(client: Client, person: Person) -> None:
    result = passed(person)
    page = client.post(reverse("verification:here-issue-certificate", args=[result.pk]), follow=True).content.decode()
    certificate = Certificate.objects.get(verification=result)
    assert "Counts until" in page
    badge = client.get(reverse("verification:here-certificate-badge", args=[certificate.pk]))
    assert json.loads(badge.content)["validUntil"] == "2028-05-03T22:00:00Z"
    pdf = client.get(reverse("verification:here-certificate-pdf", args=[certificate.pk]))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert "no-store" in badge.headers["Cache-Control"]


def test_somebody_elses_certificate_is_not_there_by_code(client: Client, person: Person, at: datetime) -> None:
    other = passed(make_worker())
    certificate = operations.issue_certificate(verification_id=other.pk, language="sl", at=at, actor=None)
    for name in ("here-certificate-pdf", "here-certificate-badge"):
        assert client.get(reverse(f"verification:{name}", args=[certificate.pk])).status_code == 404
    assert client.post(reverse("verification:here-issue-certificate", args=[other.pk])).status_code == 404


def test_who_has_no_attempts_left_is_led_to_lessons_and_can_take_the_test_after_one(
    client: Client, person: Person, at: datetime
) -> None:
    make_bank()
    for day in (date(2026, 4, 1), date(2026, 5, 1)):
        passed(person, taken_on=day, passed=False, reference=f"T-{day}")
    page = client.get(reverse("verification:here-test")).content.decode()
    assert "Finish a lesson first" in page
    assert 'value="start"' not in page
    through(client, "phishing")
    assert 'value="start"' in client.get(reverse("verification:here-test")).content.decode()
