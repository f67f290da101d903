"""The advisor's desk: the unit's picture with small groups hidden, and what waits for the advisor."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from kazipot.advisors import operations
from kazipot.advisors.models import Appointment
from kazipot.foundation.roles import Role
from kazipot.framework import operations as framework
from kazipot.framework.models import Framework
from kazipot.project.views.advisor_desk import profile_of
from tests.factories import needs
from tests.factories.advisors import make_appointment, make_handover, make_meeting, make_share, make_thread
from tests.factories.organisation import grant, make_employment, make_person, make_unit, make_user
from tests.factories.training import make_offer, make_session

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()


def advisor(people: int = 1) -> Any:
    """An advisor with an account and colleagues, so many people in all: (appointment, account, people)."""
    appointment = make_appointment()
    everybody = [appointment.person]
    for _ in range(people - 1):
        everybody.append(make_person())
        make_employment(person=everybody[-1], unit=appointment.unit)
    user = make_user(person=appointment.person)
    grant(user, Role.ADVISOR, appointment.unit.employer, appointment.unit)
    return appointment, user, everybody


def desk(client: Client, user: Any) -> Any:
    client.force_login(user)
    return client.get("/advisors/desk/")


@pytest.mark.parametrize(("people", "shown"), [(4, None), (5, 5), (12, 12)])
def test_number_of_people_is_hidden_in_small_units(client: Client, people: int, shown: int | None) -> None:
    _appointment, user, _everybody = advisor(people)
    (picture,) = desk(client, user).context["pictures"]
    assert (picture.people.value, picture.due.value) == (shown, shown)


@pytest.mark.parametrize(
    ("offers", "shown"), [(0, 0), (1, None), (4, None), (5, 5), (7, 7), (8, None), (11, None), (12, 12)]
)
def test_seats_of_few_are_hidden_and_so_are_those_that_all_but_few_have(
    client: Client, offers: int, shown: int | None
) -> None:
    appointment, user, everybody = advisor(12)
    session = make_session(starts_on=TODAY)
    for person in everybody[:offers]:
        make_offer(session, person, appointment.unit, state="accepted")
    (picture,) = desk(client, user).context["pictures"]
    assert (picture.accepted.value, picture.offered.value) == (shown, 0)


def test_needs_come_from_the_latest_published_analysis_and_hidden_ones_stay_hidden(client: Client) -> None:
    appointment, user, _everybody = advisor(5)
    names = {"area_sl": "A", "area_en": "A"}
    competences = [{"id": n, "code": f"1.{n}", "name_sl": f"K{n}", "name_en": f"C{n}", **names} for n in (1, 2, 3)]
    counts = {"1": [1.0, 2.0, 0.5, 5], "2": [1.0, 2.0, None, None], "3": [1.0, 2.0, 0.5, 8]}
    group = {"key": f"unit:{appointment.unit_id}", "code": "U", "employer": "MU", "people": 9, "lines": counts}
    needs.make_analysis(2025, groups=[{**group, "lines": {"1": [1, 2, 1, 99]}}], competences=competences[:1])
    needs.make_analysis(2026, groups=[group], competences=competences)
    (picture,) = desk(client, user).context["pictures"]
    assert (picture.year, picture.needs) == (2026, (("1.3 K3", 8), ("1.1 K1", 5)))


def test_group_that_the_analysis_hides_is_not_shown(client: Client) -> None:
    appointment, user, _everybody = advisor(5)
    group = {"key": f"unit:{appointment.unit_id}", "code": "U", "employer": "MU", "people": None, "lines": None}
    needs.make_analysis(2026, groups=[group])
    (picture,) = desk(client, user).context["pictures"]
    assert picture.needs == ()


def test_desk_shows_what_waits_for_the_advisor_and_nothing_of_others(client: Client) -> None:
    appointment, user, everybody = advisor(2)
    Appointment.objects.update(valid_from=date(2026, 3, 1))
    person, other = appointment.person, make_appointment()
    mine = make_thread(everybody[1], person, appointment.unit)
    make_thread(other.person, None, other.unit)
    share = make_share(appointment.unit, person)
    make_share(other.unit, other.person)
    meeting = make_meeting(person, starts_at=datetime(2026, 6, 20, 8, tzinfo=UTC))
    handover = make_handover(appointment.unit, person)
    context = desk(client, user).context
    assert [list(context[name]) for name in ("questions", "shares", "meetings", "handovers")] == [
        [mine], [share], [meeting], [handover],
    ]  # fmt: skip
    assert [(row.unit.id, row.missing) for row in context["owed"]] == [(appointment.unit_id, 1)]
    assert context["steps_left"] == context["steps"] > 5


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_costs_the_same_for_one_and_three_of_everything(
    client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    appointment, user, everybody = advisor(6)
    for number in range(rows):
        make_thread(everybody[1], appointment.person, appointment.unit)
        make_share(appointment.unit, appointment.person)
        make_meeting(appointment.person, starts_at=datetime(2026, 6, 20 + number, 8, tzinfo=UTC))
        make_unit()
    client.force_login(user)
    with django_assert_num_queries(32):
        client.get("/advisors/desk/")


def test_path_is_offered_to_who_is_new_or_has_begun_it(client: Client) -> None:
    appointment, user, _everybody = advisor(2)
    assert desk(client, user).context["steps_left"] == 0
    at = datetime(2026, 6, 1, tzinfo=UTC)
    operations.tick_step(person_id=appointment.person_id, step="head", done=True, at=at, actor=None)
    context = desk(client, user).context
    assert context["steps_left"] == context["steps"] - 1


def test_profile_sets_what_work_needs_beside_what_the_person_said() -> None:
    shown: Framework = needs.make_framework(areas=1, competences=2)
    first, second = needs.competences_of(shown)
    framework.set_profile_targets(
        profile_id=None, framework_id=shown.pk, targets={first.pk: (2, 3)}, on=TODAY, at=needs.moment(TODAY), actor=None
    )
    person = make_person()
    make_employment(person=person)
    assert [(row.low, row.own, row.enough) for row in profile_of(person, TODAY)] == [(2, None, None)]
    campaign = needs.make_campaign(2026, framework=shown)
    needs.make_response(
        needs.make_invitation(campaign, person, make_unit()),
        {first.pk: needs.Answered(1, 2, False), second.pk: needs.Answered(3, 3, False)},
    )
    assert [(row.low, row.own, row.enough) for row in profile_of(person, TODAY)] == [(2, 1, False), (None, 3, None)]
    assert profile_of(make_person(), TODAY)[0].own is None
