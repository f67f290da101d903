"""The desk tells each role what to do next, with the right number in the right form."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.hiring.operations import publish_posting
from kazipot.organisation.models import Person
from kazipot.training.models import Session
from tests.factories import needs
from tests.factories.advisors import make_appointment
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in
from tests.factories.training import make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()


def told(client: Client) -> list[tuple[str, bool]]:
    return [(task.text, task.urgent) for task in client.get("/desk/").context["tasks"]]


@pytest.mark.parametrize(
    ("vacant", "text"),
    [
        (1, "1 enota nima svetovalca."),
        (2, "2 enoti nimata svetovalca."),
        (3, "3 enote nimajo svetovalca."),
        (5, "5 enot nima svetovalca."),
    ],
)
def test_service_is_told_of_units_without_an_advisor(client: Client, vacant: int, text: str) -> None:
    make_appointment()
    for _ in range(vacant):
        make_unit()
    sign_in(client, Role.SERVICE, make_employer())
    assert (text, True) in told(client)


def test_service_is_told_when_every_unit_has_one(client: Client) -> None:
    make_appointment()
    sign_in(client, Role.SERVICE, make_employer())
    assert ("Vse enote, ki morajo imeti svetovalca, ga imajo.", False) in told(client)


def test_employee_is_told_of_the_seat_and_the_questionnaire(client: Client) -> None:
    user = sign_in(client, Role.EMPLOYEE, make_employer(), make_unit())
    person = Person.objects.get(user=user)
    assert told(client) == []
    unit = make_unit()
    make_offer(make_session(), person, unit)
    needs.make_invitation(
        needs.make_campaign(2026, opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 30)), person, unit
    )
    assert [text for text, _ in told(client)] == ["Na vaš odgovor čaka 1 mesto.", "Povejte, česa bi se morali naučiti."]


def test_trainer_is_told_of_own_sessions_without_attendance(client: Client) -> None:
    trainer = sign_in(client, Role.TRAINER, make_employer())
    past, other = (make_session(make_course(f"T-{n}"), starts_on=date(2026, 6, 9)) for n in (1, 2))
    assert told(client) == [("Oglejte si načrtovane izvedbe.", False)]
    Session.objects.filter(pk=past.pk).update(trainer=trainer)
    assert [urgent for _, urgent in told(client)] == [True]
    assert other.trainer_id is None


def test_hr_is_told_of_postings_that_fail_and_of_people_who_are_due(client: Client, at: datetime) -> None:
    unit = make_unit()
    for year in (2025, 2026):
        publish_posting(
            unit_id=unit.pk, reference=f"1/{year}", title="Referent", kind="posting", published_on=date(year, 5, 1),
            closes_on=date(year, 5, 9), demands=[], at=at, actor=None,
        )  # fmt: skip
    make_employment(person=make_person(), unit=unit)
    make_employment(person=make_person(), unit=make_unit(make_employer("JHL", kind="public_company")))
    sign_in(client, Role.HR, make_employer())
    assert told(client) == [
        ("1 objava ne zahteva digitalnih kompetenc.", True),
        ("Za usposabljanje ali preverjanje iz digitalne varnosti je na vrsti 1 oseba.", True),
    ]


def test_desk_takes_as_many_queries_for_one_unit_as_for_three(
    client: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    make_employment(person=make_person(), unit=make_unit())
    client.get("/desk/")
    with django_assert_max_num_queries(28) as few:
        client.get("/desk/")
    for _ in range(2):
        make_employment(person=make_person(), unit=make_unit())
    with django_assert_num_queries(len(few.captured_queries)):
        client.get("/desk/")


def surveys(client: Client) -> list[tuple[str, bool]]:
    """What the desk says of surveys, and whether it is to be done."""
    return [(text, urgent) for text, urgent in told(client) if "nket" in text or "Ljudje" in text]


def test_service_is_told_what_to_do_next_with_a_survey(client: Client) -> None:
    make_appointment()
    sign_in(client, Role.SERVICE, make_employer())
    nobody = "Letos še nismo vprašali nikogar. Pripravite anketo o potrebah po izobraževanju."
    assert surveys(client) == [(nobody, True)]
    campaign = needs.make_campaign(status="draft", opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 30))
    assert surveys(client) == [("Preglejte osnutek ankete in jo odprite: Potrebe 2026.", True)]
    campaign.status = "open"
    campaign.save()
    assert surveys(client) == [("Ljudje odgovarjajo. Poglejte, koliko jih je: Potrebe 2026.", False)]
    campaign.closes_on = date(2026, 6, 9)
    campaign.save()
    assert surveys(client) == [("Zadnji dan za odgovore je mimo. Zaključite anketo: Potrebe 2026.", True)]
    campaign.status = "closed"
    campaign.save()
    assert surveys(client) == [("Anketa je zaključena. Objavite analizo: Potrebe 2026.", True)]
    needs.make_analysis(published_on=date(2026, 6, 10))
    assert surveys(client) == [("Poglejte, kako so potekale ankete o potrebah.", False)]


def test_draft_whose_last_day_has_passed_is_not_on_the_desk(client: Client) -> None:
    make_appointment()
    sign_in(client, Role.SERVICE, make_employer())
    needs.make_campaign(status="draft")
    assert surveys(client) == [("Poglejte, kako so potekale ankete o potrebah.", False)]


@pytest.mark.parametrize(
    ("people", "text"),
    [
        (1, "1 oseba brez e-poštnega naslova še ni odgovorila. Natisnite listke: Potrebe 2026."),
        (2, "2 osebi brez e-poštnega naslova še nista odgovorili. Natisnite listke: Potrebe 2026."),
        (3, "3 osebe brez e-poštnega naslova še niso odgovorile. Natisnite listke: Potrebe 2026."),
        (5, "5 oseb brez e-poštnega naslova še ni odgovorilo. Natisnite listke: Potrebe 2026."),
    ],
)
def test_human_resources_are_told_of_slips_to_print(client: Client, people: int, text: str) -> None:
    campaign = needs.make_campaign(opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 30))
    for _ in range(people):
        needs.make_invitation(campaign, unit=make_unit())
    sign_in(client, Role.HR, make_employer())
    assert (text, False) in told(client)
