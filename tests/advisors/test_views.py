"""The pages of M1, as the Digitalisation Service uses them."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.advisors.models import Appointment
from kazipot.foundation.roles import Role
from tests.factories import organisation
from tests.factories.advisors import make_appointment, make_decision, make_exception

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(client: Client) -> Any:
    unit = organisation.make_unit()
    organisation.sign_in(client, Role.SERVICE, unit.employer)
    return unit


def text(response: Any) -> str:
    return response.content.decode()


@pytest.mark.parametrize(
    ("vacant", "sentence"),
    [
        (1, "1 enota nima svetovalca"),
        (2, "2 enoti nimata svetovalca"),
        (3, "3 enote nimajo svetovalca"),
        (5, "5 enot nima svetovalca"),
    ],
)
def test_units_page_says_how_many_have_no_advisor_in_right_slovenian(
    vacant: int, sentence: str, client: Client, unit: Any
) -> None:
    for index in range(1, vacant):
        organisation.make_unit(employer=unit.employer, code=f"V{index}")
    assert sentence in text(client.get(reverse("advisors:units")))


def test_units_page_looks_at_the_day_asked_for(client: Client, unit: Any) -> None:
    make_appointment(unit, valid_from=date(2024, 3, 1))
    before = client.get(reverse("advisors:units"), {"on": "2024-02-29"})
    after = client.get(reverse("advisors:units"), {"on": "2024-03-01"})
    assert (before.context["vacant"], after.context["vacant"]) == (1, 0)


def test_units_page_takes_a_day_that_does_not_exist_for_today(client: Client, unit: Any) -> None:
    response = client.get(reverse("advisors:units"), {"on": "2024-02-31"})
    assert response.context["on"] == response.wsgi_request.today


def test_appoint_page_makes_the_appointment(client: Client, unit: Any) -> None:
    person = organisation.make_person()
    organisation.make_employment(person=person, unit=unit)
    response = client.post(
        reverse("advisors:appoint", args=[unit.employer.code, unit.code]),
        {"person": person.pk, "valid_from": "2026-01-05", "decision_reference": "020-3/2026"},
    )
    assert response.status_code == 302
    assert Appointment.objects.get().decision_reference == "020-3/2026"


def test_appoint_page_ties_the_message_to_the_field(client: Client, unit: Any) -> None:
    person = organisation.make_person()
    organisation.make_employment(person=person, unit=unit, valid_from=date(2026, 1, 1))
    response = client.post(
        reverse("advisors:appoint", args=[unit.employer.code, unit.code]),
        {"person": person.pk, "valid_from": "2025-12-31", "decision_reference": "020-3/2026"},
    )
    assert response.status_code == 422
    assert response.context["form"].errors["person"] == [
        "Ta oseba na ta dan ni zaposlena pri delodajalcu enote. Izberite koga od njegovih zaposlenih."
    ]


def test_end_page_ends_the_appointment(client: Client, unit: Any) -> None:
    appointment = make_appointment(unit)
    client.post(reverse("advisors:end", args=[appointment.pk]), {"on": "2026-02-01", "because": "odhod"})
    appointment.refresh_from_db()
    assert (appointment.valid_to, appointment.ended_because) == (date(2026, 2, 1), "odhod")


def test_replace_page_appoints_the_successor(client: Client, unit: Any) -> None:
    appointment = make_appointment(unit)
    person = organisation.make_person()
    organisation.make_employment(person=person, unit=unit)
    response = client.post(
        reverse("advisors:replace", args=[appointment.pk]),
        {"on": "2026-02-01", "because": "odhod", "person": person.pk, "decision_reference": "020-4/2026"},
    )
    assert response.status_code == 302
    assert Appointment.objects.get(valid_to=None).person == person


@pytest.mark.parametrize("number", [1, 3])
def test_unit_page_needs_the_same_queries_for_any_history(
    number: int, client: Client, unit: Any, django_assert_num_queries: Any
) -> None:
    for index in range(number):
        make_appointment(unit, valid_from=date(2024, index + 1, 1))
    with django_assert_num_queries(14):
        client.get(reverse("advisors:unit", args=[unit.employer.code, unit.code]))


def test_advisor_prints_their_own_decisions_and_colleagues_see_only_the_reference(client: Client) -> None:
    decision = make_decision(organisation.make_unit())
    appointment = decision.appointment
    address = f"/advisors/units/MU/{appointment.unit.code}/"
    link = f'href="/advisors/appointments/{appointment.pk}/decision.pdf"'
    organisation.sign_in(client, Role.EMPLOYEE, organisation.make_employer())
    assert link not in client.get(address).content.decode()
    user = organisation.make_user(person=appointment.person)
    organisation.grant(user, Role.EMPLOYEE, appointment.unit.employer)
    client.force_login(user)
    assert link in client.get(address).content.decode()
    assert client.get(f"/advisors/appointments/{appointment.pk}/decision.pdf").status_code == 200


def test_exception_is_shown_with_its_last_day(client: Client) -> None:
    exception = make_exception(organisation.make_unit())
    exception.valid_to = date(2026, 4, 1)
    exception.save()
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    assert "31.\u00a03.\u00a02026" in client.get("/advisors/rules/").content.decode()
