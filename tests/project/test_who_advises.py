"""Who is my advisor? In one click from a personal link, by the code of a slip, and from every page."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation import guessing
from kazipot.foundation.tokens import digest
from kazipot.organisation.models import Person, Unit
from tests.factories import needs, training, verification
from tests.factories.advisors import make_appointment
from tests.factories.organisation import make_employment, make_person, make_unit, make_user

pytestmark = pytest.mark.django_db
LINK = "x" * 27


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-10"


def worker() -> tuple[Person, Unit]:
    """Somebody at a depot, whose department has an advisor with a telephone."""
    department = make_unit(code="OGDP")
    advisor = make_appointment(department).person
    Person.objects.filter(pk=advisor.pk).update(first_name="Maja", last_name="Kos", phone="01 306 10 00")
    depot = make_unit(code="DEPO", parent=department, must_have_advisor=False)
    person = make_person()
    make_employment(person=person, unit=depot)
    return person, depot


def shown(client: Client, address: str) -> tuple[bool, bool]:
    """Whether the page names the advisor, and how to call."""
    page = client.get(address).content.decode()
    return "Maja Kos" in page, "tel:01 306 10 00" in page


def test_link_to_a_questionnaire_leads_to_the_advisor_in_one_click(client: Client) -> None:
    person, depot = worker()
    campaign = needs.make_campaign(opens_on=date(2026, 6, 1), closes_on=date(2026, 6, 30))
    needs.make_invitation(campaign, person, depot, token=LINK)
    assert f'href="/my-advisor/{LINK}/"' in client.get(f"/needs/answer/{LINK}/").content.decode()
    assert shown(client, f"/my-advisor/{LINK}/") == (True, True)


def test_link_to_a_seat_leads_to_the_advisor(client: Client) -> None:
    person, depot = worker()
    training.make_offer(training.make_session(), person, depot, token_digest=digest(LINK))
    assert f'href="/my-advisor/{LINK}/"' in client.get(f"/training/offer/{LINK}/").content.decode()
    assert shown(client, f"/my-advisor/{LINK}/") == (True, True)


def test_code_of_a_slip_is_typed_and_no_secret_stands_in_the_address(client: Client) -> None:
    person, _depot = worker()
    code = verification.make_code(person, at=needs.moment(date(2026, 6, 1)))
    page = client.post("/my-advisor/", {"code": code.upper()})
    assert (page.status_code, "Maja Kos" in page.content.decode()) == (200, True)
    assert page.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_wrong_code_is_counted_and_guessing_stops(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "LIMIT", 2)
    assert client.post("/my-advisor/", {"code": "abcdefgh2345"}).status_code == 422
    assert client.get("/my-advisor/abcdefgh2346/").status_code == 404
    assert client.get("/my-advisor/abcdefgh2346/").status_code == 429
    assert client.post("/my-advisor/", {"code": "abcdefgh2345"}).status_code == 429


def test_who_has_left_sees_nobody(client: Client) -> None:
    needs.make_invitation(person=make_person(), unit=make_unit(), token=LINK)
    assert "Danes niste zaposleni v nobeni enoti." in client.get(f"/my-advisor/{LINK}/").content.decode()


def test_every_page_leads_to_the_advisor(client: Client) -> None:
    assert 'href="/my-advisor/"' in client.get("/").content.decode()
    person, _depot = worker()
    client.force_login(make_user(person=person))
    assert 'href="/advisors/mine/">Kdo mi svetuje?' in client.get("/account/").content.decode()
    assert shown(client, "/advisors/mine/") == (True, True)
