"""Who is an active advisor, and which units miss one."""

from datetime import date

import pytest

from kazipot.advisors import queries
from tests.factories import organisation
from tests.factories.advisors import make_appointment

pytestmark = pytest.mark.django_db
ON = date(2025, 1, 1)


def test_coverage_counts_units_of_the_city_administration_only() -> None:
    own = organisation.make_unit(employer=organisation.make_employer(code="MU", kind="city_administration"))
    organisation.make_unit(employer=organisation.make_employer(code="JHL", kind="public_company"))
    assert [row.unit.id for row in queries.coverage(ON)] == [own.pk]


def test_coverage_puts_vacant_units_first() -> None:
    filled = make_appointment().unit
    vacant = organisation.make_unit(employer=filled.employer, code="ZZZ")
    assert [row.unit.id for row in queries.coverage(ON)] == [vacant.pk, filled.pk]
    assert queries.vacancies(ON) == 1


def test_a_unit_that_need_not_have_an_advisor_is_not_vacant() -> None:
    organisation.make_unit(must_have_advisor=False)
    assert queries.vacancies(ON) == 0


def test_an_advisor_who_left_the_employer_is_not_active() -> None:
    appointment = make_appointment(employed=False, person=None)
    organisation.make_employment(
        person=appointment.person, unit=appointment.unit, valid_from=date(2020, 1, 1), valid_to=ON
    )
    assert len(queries.advisors_of(appointment.unit_id, on=date(2024, 12, 31))) == 1
    assert queries.advisors_of(appointment.unit_id, on=ON) == []
    assert queries.vacancies(ON) == 1


def test_an_advisor_who_moved_to_another_unit_of_the_employer_stays_active() -> None:
    appointment = make_appointment(employed=False)
    elsewhere = organisation.make_unit(employer=appointment.unit.employer, code="ELSE", must_have_advisor=False)
    organisation.make_employment(person=appointment.person, unit=elsewhere, valid_from=date(2020, 1, 1))
    assert queries.vacancies(ON) == 0


def test_unit_facts_name_the_active_appointments() -> None:
    appointment = make_appointment()
    (fact,) = queries.unit_facts(ON)
    assert (fact.unit_id, fact.must_have_advisor, fact.appointment_ids) == (
        appointment.unit_id,
        True,
        (appointment.pk,),
    )


@pytest.mark.parametrize("number", [1, 3])
def test_coverage_asks_the_database_five_times(number: int, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    for _ in range(number):
        make_appointment()
    with django_assert_num_queries(5):
        assert len(queries.coverage(ON)) == number


def test_candidates_are_the_employers_people_with_the_units_own_first() -> None:
    unit = organisation.make_unit()
    elsewhere = organisation.make_unit(employer=unit.employer, code="A")
    people = [organisation.make_person(last_name=name) for name in ("Zajc", "Ban", "Cek")]
    organisation.make_employment(person=people[0], unit=unit)
    organisation.make_employment(person=people[1], unit=elsewhere)
    organisation.make_employment(person=people[2], unit=unit, valid_to=ON)
    found = queries.candidates(unit.employer_id, on=ON, prefer_unit_id=unit.pk)
    assert [person.id for person in found] == [people[0].pk, people[1].pk]
