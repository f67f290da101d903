"""Pages of the count: what they say, to whom, in which language, and at which cost."""

import json
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.framework.models import Competence
from kazipot.hiring.models import Posting
from kazipot.needs.models import Campaign
from kazipot.organisation.models import Employer
from kazipot.strategy import operations
from kazipot.training.models import Session
from tests.factories import needs, organisation, strategy

pytestmark = pytest.mark.django_db
DAY = "2026-06-30"


@pytest.fixture(autouse=True)
def _day(settings):
    settings.KAZIPOT_TODAY = "2026-07-15"


@pytest.fixture
def city():
    """A unit with an advisor and one without, and a company; four people with a duty, one of them done."""
    framework = needs.make_framework()
    competence = needs.competences_of(framework)[0]
    units = [organisation.make_unit(code=code) for code in ("A", "B")]
    units.append(
        organisation.make_unit(organisation.make_employer("JHL", "public_company"), "J", kind="public_company")
    )
    people = []
    for number, unit in enumerate([*units, units[0]]):
        person = organisation.make_person(first_name=f"Ime{number}", last_name=f"Priimek{number}")
        organisation.make_employment(person, unit)
        people.append(person)
    strategy.make_appointment(units[0], people[0], date(2025, 1, 1))
    campaign = strategy.make_campaign(2026, framework)
    for person, unit in zip(people[:3], units, strict=True):
        strategy.make_response(campaign, person, unit, date(2026, 2, 1), [(competence, 1, 2)])
    session = strategy.make_session(date(2026, 5, 10), [(competence, 0, 3)], framework=framework, security=True)
    strategy.make_offer(session, people[0], units[0], date(2026, 4, 1))
    strategy.make_attendance(session, people[0])
    strategy.make_verification(people[0], units[0], date(2026, 6, 1))
    strategy.make_posting(units[0], date(2026, 3, 1), competence)
    strategy.make_posting(units[1], date(2026, 3, 1))
    strategy.make_analysis(2026, date(2026, 6, 1))
    return units, people


def test_public_page_needs_no_account_and_names_nobody(client, city):
    page = client.get(reverse("public")).content.decode()
    assert "Strategija digitalnega razvoja" in page
    assert "Cilj je dosežen" in page
    assert "Ime0" not in page
    assert "Priimek0" not in page


def test_public_page_hides_small_groups(client, city):
    data = client.get(reverse("strategy:open-data")).json()
    duties = [row for row in data["by_kind_of_unit"] if row["id"] == "M5"]
    assert {row["numerator"] for row in duties} == {None}
    assert [(row["id"], row["numerator"], row["denominator"]) for row in data["indicators"]] == [
        ("M1", 1, 2), ("M2", 1, 1), ("M3", 1, 3), ("M4", 1, 2), ("M5", 1, 4),
    ]  # fmt: skip


def test_public_page_leaves_out_what_is_not_marked_public(client, settings):
    settings.KAZIPOT_STRATEGY = "tests/strategy/other-city.yaml"
    assert [row["id"] for row in client.get(reverse("strategy:open-data")).json()["indicators"]] == ["A.1"]
    assert client.get(reverse("strategy:public-chart", args=["B.1"])).status_code == 404
    page = client.get(reverse("public")).content.decode()
    assert "Svetovalci" in page
    assert "Varnost" not in page


def test_public_page_from_snapshots_costs_the_same_however_many_units(client, city, django_assert_num_queries):
    operations.take_snapshots(as_of=date(2026, 6, 30), at=datetime(2026, 7, 1, tzinfo=UTC), actor=None)
    with django_assert_num_queries(7):
        client.get(reverse("public"))


def test_dashboard_says_each_figure_in_a_sentence(client, city):
    organisation.sign_in(client, Role.SERVICE, city[0][0].employer)
    client.cookies["language"] = "en"
    page = client.get(reverse("strategy:indicators"), {"on": DAY}).content.decode()
    assert "1 of 2 units that must have an advisor has one." in page
    assert "The needs analysis of 2026 has been published." in page
    assert "3 of 3 people asked answered." in page
    client.cookies["language"] = "sl"
    page = client.get(reverse("strategy:indicators"), {"on": DAY}).content.decode()
    assert "Od 2 enot, ki morata imeti svetovalca, ga ima 1." in page


def test_dashboard_of_a_unit_that_is_not_there_is_not_found(client, city):
    organisation.sign_in(client, Role.SERVICE, city[0][0].employer)
    for scope in ("unit:MU/NOWHERE", "kind:castle", "nonsense"):
        assert client.get(reverse("strategy:indicators"), {"scope": scope}).status_code == 404


def test_dashboard_shows_small_units_to_those_alone_who_may_open_the_records(client, city):
    units, _ = city
    address = reverse("strategy:indicator", args=["M5"])
    organisation.sign_in(client, Role.HR, units[0].employer)
    assert client.get(address, {"scope": "unit:MU/A", "on": DAY}).context["card"].readable is True
    assert client.get(address, {"scope": "unit:JHL/J", "on": DAY}).context["card"].readable is False
    organisation.sign_in(client, Role.EMPLOYEE, units[0].employer, units[0])
    assert client.get(address, {"scope": "unit:MU/A", "on": DAY}).context["card"].readable is False
    assert client.get(reverse("strategy:chart", args=["M5"]), {"scope": "unit:MU/A"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_indicator_page_costs_the_same_for_one_and_three_units(client, rows, django_assert_num_queries):
    employer = organisation.make_employer()
    organisation.sign_in(client, Role.SERVICE, employer)
    for _ in range(rows):
        organisation.make_unit(employer)
    address = reverse("strategy:indicator", args=["M1"])
    with django_assert_num_queries(11):
        client.get(address, {"on": "2023-03-31"})


def make_evidence(employer: Employer, campaign: Campaign, session: Session, competence: Competence) -> None:
    unit, person = organisation.make_unit(employer), organisation.make_person()
    organisation.make_employment(person, unit)
    strategy.make_appointment(unit, person, date(2025, 1, 1))
    strategy.make_response(campaign, person, unit, date(2026, 2, 1), [(competence, 1, 2)])
    strategy.make_offer(session, person, unit, date(2026, 4, 1))
    strategy.make_posting(unit, date(2026, 3, 1), competence)


@pytest.mark.parametrize("indicator", ["M1", "M3", "M4", "M5"])
def test_evidence_costs_the_same_for_one_and_three_rows(client, indicator):
    employer = organisation.make_employer()
    framework = needs.make_framework()
    competence = needs.competences_of(framework)[0]
    campaign = strategy.make_campaign(2026, framework)
    session = strategy.make_session(date(2026, 5, 10), [(competence, 0, 3)], framework=framework)
    organisation.sign_in(client, Role.SERVICE, employer)
    costs = []
    for rows in (1, 3):
        while len(Posting.objects.all()) < rows:
            make_evidence(employer, campaign, session, competence)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("strategy:evidence", args=[indicator]), {"on": DAY})
        assert len(page.context["records"]) == rows
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 20


def test_evidence_of_needs_leads_to_nobody(client, city):
    _, people = city
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    page = client.get(reverse("strategy:evidence", args=["M3"]), {"on": DAY}).content.decode()
    assert [person.key for person in people if person.key in page or person.last_name in page] == []
    assert page.count("<code>") == 3


def test_evidence_of_duties_names_people_to_their_employer_and_pseudonyms_to_the_programme(client, city):
    _, people = city
    organisation.sign_in(client, Role.AUDITOR, organisation.make_employer())
    page = client.get(reverse("strategy:evidence", args=["M5"]), {"on": DAY}).content.decode()
    assert (people[0].key in page, people[0].last_name in page) == (True, False)
    organisation.sign_in(client, Role.HR, organisation.make_employer())
    page = client.get(reverse("strategy:evidence", args=["M5"]), {"on": DAY}).content.decode()
    assert (people[0].last_name in page, people[2].last_name in page, people[2].key in page) == (True, False, False)


def test_evidence_can_be_narrowed_to_what_is_not_met(client, city):
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    address = reverse("strategy:evidence", args=["M4"])
    found = [len(client.get(address, {"on": DAY, "met": met}).context["records"]) for met in ("", "yes", "no")]
    assert found == [2, 1, 1]


def test_evidence_of_the_analysis_leads_to_its_versions(client, city):
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    page = client.get(reverse("strategy:evidence", args=["M2"]), {"on": DAY})
    assert [analysis.year for analysis in page.context["analyses"]] == [2026]


def test_chart_is_a_drawing_with_a_description(client, city):
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    client.cookies["language"] = "en"
    drawing = client.get(reverse("strategy:chart", args=["M1"]), {"on": DAY})
    assert drawing["Content-Type"] == "image/svg+xml"
    assert 'role="img" aria-label="Digital advisors over time: 50% on 30 June 2026; the target is 100%."' in (
        drawing.content.decode()
    )


def test_export_is_the_same_document_for_programs_and_tables_for_people(client, city):
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    data = json.loads(client.get(reverse("strategy:export", args=["json"]), {"on": DAY}).content)
    whole = {row["id"]: row["numerator"] for row in data["indicators"] if row["scope"] == "whole"}
    assert whole == {"M1": 1, "M2": 1, "M3": 1, "M4": 1, "M5": 1}
    definitions = data["needs_by_definition"]
    assert [(row["id"], row["definition"], row["official"]) for row in definitions] == [
        ("M3", "stated", True), ("M3", "required", False), ("M3", "measured", False),
    ]  # fmt: skip
    assert definitions[0]["numerator"] == whole["M3"]
    table = client.get(reverse("strategy:export", args=["csv"]), {"on": DAY}).content.decode("utf-8-sig")
    assert "unit:MU/A" in table
    lines = [line for line in table.splitlines() if "pravilo 1" in line]
    assert [line.endswith(";uradna opredelitev") for line in lines] == [True, False, False]
    assert client.get(reverse("strategy:export", args=["xlsx"]), {"on": DAY}).content[:2] == b"PK"
    assert client.get(reverse("strategy:export", args=["pdf"])).status_code == 404


def test_export_hides_small_groups_from_those_who_may_not_open_them(client, city):
    organisation.sign_in(client, Role.EMPLOYEE, organisation.make_employer())
    data = json.loads(client.get(reverse("strategy:export", args=["json"]), {"on": DAY}).content)
    hidden = [row for row in data["indicators"] if row["id"] == "M5" and row["scope"].startswith("unit:")]
    assert {row["numerator"] for row in hidden} == {None}
