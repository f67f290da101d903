"""What is kept about a person, as one file that only they can make."""

import io
import json
import zipfile
from datetime import date
from typing import Any

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.tokens import digest
from kazipot.training import operations, queries
from tests.factories import needs
from tests.factories.organisation import make_employment, make_person, make_unit, make_user
from tests.factories.training import make_course, make_offer, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(settings: Any) -> tuple[Client, Any]:
    """Somebody who needs something, has a seat, was there, and waits for another course."""
    settings.KAZIPOT_TODAY = "2026-06-15"
    job = make_employment(person=make_person(user=make_user("ana")), unit=make_unit())
    course = make_course()
    competence = queries.taught(course.pk)[0].competence_id
    invitation = needs.make_invitation(needs.make_campaign(2026, course.framework), job.person, job.unit)
    needs.make_response(invitation, {competence: Answered(1, 3, True)}, default=Answered(4, 0, False))
    session = make_session(course)
    make_offer(session, job.person, job.unit, state="accepted")
    at = invitation.invited_at.replace(year=2026, month=6, day=15)
    operations.record_attendance(session_id=session.pk, present=[job.person_id], at=at, actor=None)
    operations.issue_attendance_certificate(session_id=session.pk, person_id=job.person_id, at=at)
    operations.join_line(course_id=make_course("T-2").pk, person_ids=[job.person_id], at=at, actor=None)
    client = Client()
    client.force_login(job.person.user)
    return client, job.person


def files(client: Client) -> dict[str, bytes]:
    response = client.get(reverse("own-file-zip"))
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_file_holds_needs_training_calendar_results_and_certificates(ana: tuple[Client, Any]) -> None:
    client, _person = ana
    found = files(client)
    (survey,) = json.loads(found["potrebe.json"])
    assert (survey["year"], survey["took_part"]) == (2026, True)
    assert [(need["from_level"], need["to_level"]) for need in survey["needs"]] == [(1, 3)]
    training = json.loads(found["usposabljanje.json"])
    (offer,), (entry,) = training["offers"], training["lists"]
    assert (offer["answer"], offer["attended"], offer["starts_on"]) == ("accepted", True, "2026-06-15")
    assert entry["code"] == "T-2"
    assert vobject.readOne(found["koledar.ics"].decode()).vevent.summary.value == "Iskanje"
    assert json.loads(found["preverjanje.json"]) == []
    certificates = sorted(name for name in found if name.startswith("potrdila/"))
    assert [name.rsplit(".", 1)[1] for name in certificates] == ["json", "pdf"]
    assert found[certificates[1]].startswith(b"%PDF")


def test_file_is_of_the_person_who_is_signed_in_and_of_nobody_else(ana: tuple[Client, Any]) -> None:
    _client, _person = ana
    other = Client()
    other.force_login(make_employment(person=make_person(user=make_user("bor")), unit=make_unit()).person.user)
    found = files(other)
    assert json.loads(found["potrebe.json"]) == []
    assert json.loads(found["usposabljanje.json"]) == {"offers": [], "lists": []}


def test_account_of_no_employee_has_no_file() -> None:
    client = Client()
    client.force_login(make_user("zunaj"))
    assert client.get(reverse("own-file-zip")).status_code == 404
    assert "ne pripada nobenemu zaposlenemu" in client.get(reverse("own-file")).text


def test_personal_link_opens_offers_and_seats_and_no_answers(ana: tuple[Client, Any]) -> None:
    _client, person = ana
    session = make_session(make_course("T-3"), starts_on=date(2026, 9, 1))
    make_offer(session, person, make_unit(), digest("a-long-personal-token"))
    told = json.loads(Client().get(reverse("training:offer-record", args=("a-long-personal-token",))).content)
    assert {row["code"] for row in told["offers"]} == {"T-1", "T-3"}
    assert set(told) == {"offers", "lists"}
