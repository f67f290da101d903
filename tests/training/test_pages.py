"""A training year by hand: a provider, a course, a session, its seats and its attendance, each on its page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.roles import Role
from kazipot.framework import queries as framework
from kazipot.framework.operations import install_shipped_frameworks
from kazipot.training import queries
from kazipot.training.models import Attendance, Provider, SeatOffer, Session
from tests.factories import needs
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, make_user, sign_in
from tests.factories.training import AT, make_course, make_offer, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(client: Client, settings: Any) -> Client:
    settings.KAZIPOT_TODAY = "2026-06-01"
    sign_in(client, Role.SERVICE, make_employer())
    return client


def post(client: Client, name: str, told: dict[str, Any], *args: int) -> Any:
    return client.post(reverse(f"training:{name}", args=args), told)


def test_from_a_provider_to_attendance(service: Client, settings: Any) -> None:
    install_shipped_frameworks(at=AT)
    assert post(service, "new-provider", {"code": "FRI", "name": "Fakulteta", "kind": "university"}).status_code == 302
    active = framework.active_framework(AT.date())
    assert active
    competence = framework.competences(active.pk)[0].id
    course = {
        "code": "ISKANJE", "title_sl": "Iskanje", "title_en": "Searching", "provider": Provider.objects.get().pk,
        "competences": [competence], "from_level": 0, "to_level": 2,
    }  # fmt: skip
    assert post(service, "new-course", course).status_code == 302
    found = queries.course_by_code("ISKANJE")
    assert found
    session = {
        "course": found.pk, "starts_on": "2026-06-20", "ends_on": "2026-06-20", "place": "Mestna hiša", "capacity": 1,
        "min_people": 1, "price_fixed": 900, "price_per_head": "12.50", "language": "sl",
    }  # fmt: skip
    assert post(service, "new-session", session).status_code == 302
    planned = Session.objects.get()
    job = make_employment(person=make_person(user=make_user("ana")), unit=make_unit())
    campaign = needs.make_campaign(2026, active)
    needs.make_response(needs.make_invitation(campaign, job.person, job.unit), {competence: Answered(0, 2, True)})
    assert post(service, "offer-seats", {"limit": 2}, planned.pk).status_code == 422
    assert post(service, "offer-seats", {"limit": 1}, planned.pk).status_code == 302
    employee = Client()
    employee.login(username="ana", password="a long password")
    assert post(employee, "answer", {"answer": "accept"}, SeatOffer.objects.get().pk).status_code == 302
    assert post(service, "attendance", {"present": [job.person_id]}, planned.pk).status_code == 422
    settings.KAZIPOT_TODAY = "2026-06-20"
    assert post(service, "attendance", {"present": [job.person_id]}, planned.pk).status_code == 302
    assert Attendance.objects.get().attended
    assert "udeležba potrjena" in employee.get(reverse("training:own")).text


@pytest.mark.parametrize(
    ("name", "change", "field"),
    [
        ("new-course", {"from_level": 2, "to_level": 2}, "to_level"),
        ("new-course", {"code": "T-1"}, "code"),
        ("new-session", {"ends_on": "2026-06-19"}, "ends_on"),
        ("new-session", {"capacity": 0}, "capacity"),
        ("new-session", {"min_people": 2}, "min_people"),
        ("new-session", {"price_fixed": -1}, "price_fixed"),
        ("new-session", {"starts_on": "31. 2. 2026"}, "starts_on"),
    ],
)
def test_fault_stands_at_its_field(service: Client, name: str, change: dict[str, Any], field: str) -> None:
    course = make_course("T-1")
    told = {
        "new-course": {
            "code": "T-2", "title_sl": "x", "title_en": "x", "provider": course.provider_id, "from_level": 0,
            "to_level": 2, "competences": [queries.taught(course.pk)[0].competence_id],
        },
        "new-session": {
            "course": course.pk, "starts_on": "2026-06-20", "ends_on": "2026-06-20", "place": "x", "capacity": 1,
            "min_people": 1, "price_fixed": 0, "price_per_head": 0, "language": "sl",
        },
    }[name]  # fmt: skip
    response = post(service, name, {**told, **change})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}


def test_trainer_records_own_sessions_only(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-20"
    trainer = sign_in(client, Role.TRAINER, make_employer())
    own, other = make_session(), make_session(make_course("T-2"))
    Session.objects.filter(pk=own.pk).update(trainer=trainer)
    assert client.get(reverse("training:attendance", args=[own.pk])).status_code == 200
    assert client.get(reverse("training:attendance", args=[other.pk])).status_code == 404


@pytest.mark.parametrize("name", ["providers", "courses", "sessions", "own"])
def test_lists_take_as_many_queries_for_one_row_as_for_three(
    client: Client, name: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    job = make_employment(person=make_person(user=make_user("ana")), unit=make_unit())
    client.login(username="ana", password="a long password")

    def add(number: int) -> None:
        make_offer(make_session(make_course(f"T-{number}")), job.person, job.unit)

    add(1)
    client.get(reverse(f"training:{name}"))
    with django_assert_max_num_queries(15) as few:
        client.get(reverse(f"training:{name}"))
    add(2), add(3)
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(reverse(f"training:{name}"))
