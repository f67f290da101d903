"""Statements of other learning platforms: what counts, once, and by a token."""

import base64
import json
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment
from kazipot.verification import operations, queries
from kazipot.verification.models import LearningSource, Statement, TrainingDone, Verification
from tests.factories.duty import AT
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db
VERBS = "http://adlnet.gov/expapi/verbs/"
LESSON, EXAM = "https://ua.gov.example/lessons/gesla", "https://ua.gov.example/exams/varnost"


@pytest.fixture(autouse=True)
def calendar(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"


@pytest.fixture
def job() -> Employment:
    return make_employment(person=make_person(email="Ana@mesto.example"), unit=make_unit(), number="11")


@pytest.fixture
def token() -> str:
    rule = {"https://ua.gov.example/lessons/*": "training", EXAM: "verification"}
    return operations.add_source(name="Upravna akademija", counts_as=rule, at=AT, actor=None)[1]


def statement(verb: str = "completed", activity: str = LESSON, **changes: Any) -> dict[str, Any]:
    return {
        "id": str(uuid4()),
        "actor": {"mbox": "mailto:ana@mesto.example"},
        "verb": {"id": f"{VERBS}{verb}"},
        "object": {"id": activity},
        "timestamp": "2026-05-20T09:00:00Z",
        **changes,
    }


def send(client: Client, token: str, content: Any, **more: Any) -> Any:
    return client.post(
        reverse("verification:statements"), json.dumps(content), "application/json",
        headers={"Authorization": f"Bearer {token}", "X-Experience-API-Version": "1.0.3"}, **more,
    )  # fmt: skip


def test_completed_lesson_and_passed_exam_become_training_and_verification(
    client: Client, token: str, job: Employment
) -> None:
    rows = [statement(), statement("passed", EXAM)]
    response = send(client, token, rows)
    assert (response.status_code, response.json()) == (200, [row["id"] for row in rows])
    assert response["X-Experience-API-Version"] == "1.0.3"
    assert (TrainingDone.objects.get().done_on, Verification.objects.get().taken_on) == (
        date(2026, 5, 20), date(2026, 5, 20),
    )  # fmt: skip
    found = queries.duty_of(job.person_id, date(2026, 6, 1))
    assert found.is_done


def test_same_statement_twice_is_one_and_another_with_its_id_is_a_conflict(
    client: Client, token: str, job: Employment
) -> None:
    row = statement()
    assert send(client, token, row).status_code == 200
    assert send(client, token, {**row, "stored": "2026-05-21T00:00:00Z"}).status_code == 200
    assert TrainingDone.objects.count() == 1
    assert send(client, token, {**row, "object": {"id": EXAM}}).status_code == 409


@pytest.mark.parametrize(
    ("verb", "activity", "more"),
    [
        ("completed", EXAM, {}),
        ("failed", EXAM, {}),
        ("passed", EXAM, {"result": {"success": False}}),
        ("passed", "https://elsewhere.example/x", {}),
        ("attempted", LESSON, {}),
        ("completed", LESSON, {"timestamp": "2025-06-01T09:00:00Z"}),
    ],
)
def test_what_the_rule_does_not_name_counts_as_nothing(
    client: Client, token: str, job: Employment, verb: str, activity: str, more: dict[str, Any]
) -> None:
    assert send(client, token, statement(verb, activity, **more)).status_code == 200
    assert (TrainingDone.objects.count(), Verification.objects.count(), Statement.objects.count()) == (0, 0, 1)


def test_completed_exam_with_success_counts_as_passed(client: Client, token: str, job: Employment) -> None:
    assert send(client, token, statement("completed", EXAM, result={"success": True})).status_code == 200
    assert Verification.objects.get().passed is True


def test_people_are_known_by_address_key_or_number(client: Client, token: str, job: Employment) -> None:
    for account in (job.person.key, f"{job.employer.code}/11"):
        actor = {"account": {"homePage": "https://ua.gov.example", "name": account}}
        assert send(client, token, statement(actor=actor)).status_code == 200
    assert TrainingDone.objects.filter(person=job.person).count() == 2


def test_statement_about_nobody_refuses_the_whole_batch(client: Client, token: str, job: Employment) -> None:
    response = send(client, token, [statement(), statement(actor={"mbox": "mailto:who@mesto.example"})])
    assert response.status_code == 400
    assert response.json()["error"].startswith("Nobody is known as who@mesto.example.")
    assert not Statement.objects.exists()


def test_voided_statement_takes_back_what_came_of_it(client: Client, token: str, job: Employment) -> None:
    row = statement()
    send(client, token, row)
    voiding = statement("voided", object={"objectType": "StatementRef", "id": row["id"]})
    assert send(client, token, voiding).status_code == 200
    assert TrainingDone.objects.get().annulled_at is not None


@pytest.mark.parametrize(
    "content",
    [
        "nonsense", [], {"actor": {}}, 7, [7], {**statement(), "id": "x"}, {**statement(), "timestamp": "yesterday"},
        {**statement(), "timestamp": "2026-05-20T09:00:00"}, {**statement(), "timestamp": "2027-05-20T09:00:00Z"},
        {**statement(), "verb": {"id": f"{VERBS}voided"}, "object": {"id": "x"}}, [statement(id="0" * 32)] * 2,
    ],
)  # fmt: skip
def test_statement_that_cannot_be_read_is_refused_with_a_reason(
    client: Client, token: str, job: Employment, content: Any
) -> None:
    response = send(client, token, content)
    assert (response.status_code, list(response.json())) == (400, ["error"])
    assert not Statement.objects.exists()


def test_broken_json_is_refused(client: Client, token: str) -> None:
    address = reverse("verification:statements")
    told = {"Authorization": f"Bearer {token}"}
    assert client.post(address, b"\xff{", "application/json", headers=told).status_code == 400


def test_put_names_the_statement_in_the_address(client: Client, token: str, job: Employment) -> None:
    row = statement()
    address = reverse("verification:statements")
    basic = base64.b64encode(f"kazipot:{token}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}"}
    done = client.put(f"{address}?statementId={row['id']}", json.dumps(row), "application/json", headers=headers)
    assert (done.status_code, Statement.objects.count()) == (204, 1)
    nameless = client.put(address, json.dumps(row), "application/json", headers=headers)
    assert nameless.status_code == 400
    other = client.put(f"{address}?statementId={uuid4()}", json.dumps(row), "application/json", headers=headers)
    assert other.status_code == 400


def test_without_its_token_a_platform_can_report_nothing(client: Client, token: str, job: Employment) -> None:
    assert send(client, "wrong", statement()).status_code == 401
    assert client.post(reverse("verification:statements"), "{}", "application/json").status_code == 401
    operations.end_source(source_id=LearningSource.objects.get().pk, at=AT, actor=None)
    assert send(client, token, statement()).status_code == 401


def test_service_adds_a_platform_and_sees_its_token_once(client: Client, job: Employment) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    told = {"name": "Akademija", "trainings": f"{LESSON}\n", "verifications": EXAM}
    page = client.post(reverse("verification:add-source"), told)
    token = page.context["token"]
    assert LearningSource.objects.get().counts_as == {LESSON: "training", EXAM: "verification"}
    assert send(client, token, statement()).status_code == 200
    assert token not in client.get(reverse("verification:sources")).text
    again = client.post(reverse("verification:add-source"), told)
    assert list(again.context["form"].errors) == ["name"]
