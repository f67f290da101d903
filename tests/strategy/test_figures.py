"""Indicators of small worlds: each definition by example, scopes, small groups and query counts."""

from datetime import date
from fractions import Fraction

import pytest

from kazipot.core.indicators.status import Status
from kazipot.organisation.models import UnitVersion
from kazipot.strategy import queries
from kazipot.strategy.errors import UnknownIndicator, UnknownScope
from kazipot.strategy.queries import Scope, scope_from
from tests.factories import needs, organisation, strategy

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)


def numbers(indicator: str, as_of: date = DAY, scope: str = "whole") -> tuple[int, int]:
    figure = queries.indicator(as_of, indicator, scope=scope_from(scope))
    return figure.numerator, figure.denominator


def test_empty_programme_has_nothing_to_count_and_nothing_started():
    figures = queries.indicators(DAY)
    assert [(figure.id, figure.denominator, figure.status) for figure in figures] == [
        ("M1", 0, Status.NOT_STARTED),
        ("M2", 1, Status.NOT_STARTED),
        ("M3", 0, Status.NOT_STARTED),
        ("M4", 0, Status.NOT_STARTED),
        ("M5", 0, Status.NOT_STARTED),
    ]
    assert figures[0].value is None


def test_m1_counts_units_of_the_administration_that_must_have_an_advisor():
    first, second = organisation.make_unit(code="A"), organisation.make_unit(code="B")
    organisation.make_unit(code="C", must_have_advisor=False)
    organisation.make_unit(organisation.make_employer("JHL", "public_company"), code="D")
    person = organisation.make_person()
    organisation.make_employment(person, first, valid_to=date(2026, 7, 1))
    strategy.make_appointment(first, person, date(2025, 1, 1))
    assert numbers("M1") == (1, 2)
    assert numbers("M1", scope="unit:MU/A") == (1, 1)
    assert numbers("M1", scope="unit:MU/B") == (0, 1)
    assert numbers("M1", date(2026, 7, 1)) == (0, 2)
    assert second.code == "B"


def test_m1_is_under_way_in_the_first_year_and_partly_reached_after_it():
    unit = organisation.make_unit()
    organisation.make_unit()
    person = organisation.make_person()
    organisation.make_employment(person, unit)
    strategy.make_appointment(unit, person, date(2023, 5, 1))
    before = queries.indicator(date(2023, 12, 31), "M1")
    after = queries.indicator(date(2024, 1, 1), "M1")
    assert (before.status, before.due, before.due_passed) == (Status.UNDER_WAY, date(2024, 1, 1), False)
    assert (after.status, after.due, after.due_passed) == (Status.PARTLY, date(2024, 1, 1), True)


def test_m2_is_yes_from_the_day_of_publication_to_the_end_of_the_year():
    strategy.make_analysis(2025, date(2025, 11, 20))
    days = [date(2025, 11, 19), date(2025, 11, 20), date(2025, 12, 31), date(2026, 1, 1)]
    assert [numbers("M2", day) for day in days] == [(0, 1), (1, 1), (1, 1), (0, 1)]


def test_m2_is_under_way_once_people_were_asked_and_shows_who_answered():
    framework = needs.make_framework()
    unit = organisation.make_unit()
    campaign = strategy.make_campaign(2026, framework)
    for on in (date(2026, 3, 1), None, None):
        person = organisation.make_person()
        organisation.make_employment(person, unit)
        strategy.make_response(campaign, person, unit, on)
    figure = queries.indicator(DAY, "M2")
    assert figure.status is Status.UNDER_WAY
    assert [(second.name, second.numerator, second.denominator) for second in figure.beside] == [
        ("response", 1, 3),
        ("units", 1, 1),
    ]


def test_m3_speaks_of_the_last_even_year_in_an_odd_one():
    framework = needs.make_framework()
    competence = needs.competences_of(framework)[0]
    unit = organisation.make_unit()
    person = organisation.make_person()
    organisation.make_employment(person, unit)
    strategy.make_response(
        strategy.make_campaign(2024, framework), person, unit, date(2024, 2, 1), [(competence, 1, 2)]
    )
    session = strategy.make_session(date(2024, 6, 10), [(competence, 0, 3)], framework=framework)
    strategy.make_offer(session, person, unit, date(2024, 6, 3), state="declined")
    assert [numbers("M3", day) for day in (date(2024, 6, 9), date(2024, 6, 10), date(2025, 5, 5))] == [
        (0, 1),
        (1, 1),
        (1, 1),
    ]
    figure = queries.indicator(date(2025, 5, 5), "M3")
    assert (figure.counted_on, figure.due, figure.status) == (date(2024, 12, 31), date(2024, 12, 31), Status.ACHIEVED)


def test_m4_counts_the_year_so_far_and_leaves_out_what_was_withdrawn():
    competence = needs.competences_of(needs.make_framework())[0]
    unit = organisation.make_unit()
    strategy.make_posting(unit, date(2026, 2, 1), competence)
    strategy.make_posting(unit, date(2026, 3, 1), competence, required=False)
    strategy.make_posting(unit, date(2026, 3, 2), withdrawn_on=date(2026, 3, 9))
    strategy.make_posting(unit, date(2025, 12, 31))
    strategy.make_posting(organisation.make_unit(organisation.make_employer("JHL", "public_company")), date(2026, 4, 1))
    assert [numbers("M4", day) for day in (date(2026, 1, 31), date(2026, 3, 8), DAY)] == [(0, 0), (1, 3), (1, 2)]


def test_m4_keeps_the_posting_of_a_unit_that_was_closed_since():
    parent = organisation.make_unit(code="A")
    unit = organisation.make_unit(code="B", parent=parent, valid_to=date(2026, 5, 1))
    strategy.make_posting(unit, date(2026, 2, 1))
    assert numbers("M4", scope="unit:MU/A") == (0, 1)
    assert [(row.place.code, row.place.exists) for row in queries.detail(DAY, "M4").units] == [
        ("A", True),
        ("B", False),
    ]


def test_m5_needs_both_in_the_window_and_leaves_out_who_is_new():
    framework = needs.make_framework()
    unit = organisation.make_unit()
    session = strategy.make_session(date(2025, 1, 10), framework=framework, security=True)
    hired = [date(2020, 1, 1), date(2020, 1, 1), date(2026, 3, 30), date(2026, 4, 1)]
    people = [organisation.make_person() for _ in hired]
    for person, day in zip(people, hired, strict=True):
        organisation.make_employment(person, unit, valid_from=day, hired_on=day)
    for person in people[:2]:
        strategy.make_attendance(session, person)
    strategy.make_verification(people[0], unit, date(2025, 2, 1))
    strategy.make_verification(people[1], unit, date(2025, 2, 1), passed=False)
    assert numbers("M5") == (1, 3)
    assert numbers("M5", date(2027, 2, 1)) == (0, 4)


def test_kinds_add_up_to_the_whole_and_units_take_in_the_units_below():
    top = organisation.make_unit(code="A", kind="department")
    section = organisation.make_unit(code="A-1", parent=top, kind="section", must_have_advisor=False)
    for unit in (top, section, section):
        organisation.make_employment(organisation.make_person(), unit)
    found = queries.detail(DAY, "M5")
    assert [(row.scope.key, row.denominator) for row in found.kinds] == [("department", 1), ("section", 2)]
    assert [(row.place.code, row.depth, row.figure.denominator) for row in found.units] == [("A", 0, 3), ("A-1", 1, 2)]
    assert numbers("M5", scope="unit:MU/A") == (0, 3)


def test_unit_moved_in_june_counts_where_it_hung_on_the_day():
    first, second = organisation.make_unit(code="A"), organisation.make_unit(code="B")
    moved = organisation.make_unit(code="C", parent=first, valid_to=date(2026, 6, 15))
    UnitVersion.objects.create(
        unit=moved, parent=second, name_sl="C", name_en="C", kind="section", valid_from=date(2026, 6, 15)
    )
    organisation.make_employment(organisation.make_person(), moved)
    days = (date(2026, 5, 31), date(2026, 7, 31))
    assert [numbers("M5", day, "unit:MU/A") for day in days] == [(0, 1), (0, 0)]
    assert [numbers("M5", day, "unit:MU/B") for day in days] == [(0, 0), (0, 1)]


def test_small_groups_are_marked_with_those_they_would_follow_from():
    parent = organisation.make_unit(code="A")
    for code, people in (("A-1", 3), ("A-2", 12), ("A-3", 15)):
        unit = organisation.make_unit(code=code, parent=parent)
        for _ in range(people):
            organisation.make_employment(organisation.make_person(), unit)
    rows = queries.detail(DAY, "M5").units
    assert {row.place.code: row.figure.protected for row in rows} == {
        "A": False, "A-1": True, "A-2": True, "A-3": False,
    }  # fmt: skip
    assert queries.indicator(DAY, "M5", scope=Scope("unit", "MU/A-1")).protected
    assert not any(row.figure.protected for row in queries.detail(DAY, "M1").units)


def test_unknown_indicator_and_scope_are_named():
    with pytest.raises(UnknownIndicator):
        queries.indicator(DAY, "M9")
    with pytest.raises(UnknownScope):
        queries.indicators(DAY, scope=scope_from("unit:MU/NOWHERE"))
    with pytest.raises(UnknownScope):
        scope_from("kind:castle")


@pytest.mark.parametrize("people", [1, 3])
def test_figures_ask_the_same_queries_however_many_people(people, django_assert_max_num_queries):
    for _ in range(people):
        organisation.make_employment(organisation.make_person(), organisation.make_unit())
    with django_assert_max_num_queries(30):
        queries.indicators(DAY)


def test_another_citys_strategy_counts_by_its_own_targets(settings):
    settings.KAZIPOT_STRATEGY = "tests/strategy/other-city.yaml"
    units = [organisation.make_unit() for _ in range(4)]
    for unit in units[:3]:
        person = organisation.make_person()
        organisation.make_employment(person, unit)
        strategy.make_appointment(unit, person, date(2026, 1, 1))
    figures = queries.indicators(DAY)
    assert [(figure.id, figure.value, figure.status) for figure in figures] == [
        ("A.1", Fraction(3, 4), Status.ACHIEVED),
        ("B.1", Fraction(0), Status.NOT_STARTED),
    ]
    assert (queries.duty_rule().months, queries.duty_rule().counts) == (12, "taken")
