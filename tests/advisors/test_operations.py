"""Appointing, ending and replacing advisors."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kazipot.advisors import errors, operations, queries
from kazipot.advisors.models import Appointment
from kazipot.foundation.models import AuditEvent
from tests.factories import organisation
from tests.factories.advisors import make_appointment

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 1, 9, tzinfo=UTC)


def appoint(unit: Any, person: Any, valid_from: date = date(2024, 3, 1)) -> Appointment:
    return operations.appoint(
        unit_id=unit.pk, person_id=person.pk, valid_from=valid_from, decision_reference="020-1/2024", at=AT, actor=None
    )


def employee_of(unit: Any, **kwargs: Any) -> Any:
    person = organisation.make_person()
    organisation.make_employment(person=person, unit=unit, **kwargs)
    return person


def test_appoint_makes_the_person_the_units_advisor_from_that_day_on() -> None:
    unit = organisation.make_unit()
    person = employee_of(unit)
    appoint(unit, person)
    assert queries.advisors_of(unit.pk, on=date(2024, 2, 29)) == []
    assert [advisor.person_key for advisor in queries.advisors_of(unit.pk, on=date(2024, 3, 1))] == [person.key]


def test_appoint_leaves_a_trail_without_answers_or_names() -> None:
    unit = organisation.make_unit()
    person = employee_of(unit)
    appointment = appoint(unit, person)
    event = AuditEvent.objects.get(verb="advisors.appoint")
    assert event.target_id == str(appointment.pk)
    assert event.detail == {
        "unit": unit.code,
        "person": person.key,
        "valid_from": "2024-03-01",
        "decision": "020-1/2024",
        "role": "advisor",
    }


def test_appoint_refuses_a_person_of_another_employer() -> None:
    unit = organisation.make_unit()
    stranger = employee_of(organisation.make_unit(employer=organisation.make_employer(code="JHL")))
    with pytest.raises(errors.NotEmployedHere) as caught:
        appoint(unit, stranger)
    assert caught.value.field == "person"


def test_appoint_refuses_a_person_who_has_left() -> None:
    unit = organisation.make_unit()
    gone = employee_of(unit, valid_to=date(2024, 3, 1))
    with pytest.raises(errors.NotEmployedHere):
        appoint(unit, gone)


def test_appoint_refuses_a_unit_that_does_not_exist_on_the_day() -> None:
    unit = organisation.make_unit(valid_from=date(2024, 6, 1))
    person = employee_of(unit, valid_from=date(2024, 1, 1))
    with pytest.raises(errors.UnitNotThere):
        appoint(unit, person)


def test_appoint_refuses_the_same_person_twice() -> None:
    unit = organisation.make_unit()
    person = employee_of(unit)
    appoint(unit, person)
    with pytest.raises(errors.AlreadyAppointed):
        appoint(unit, person, date(2024, 5, 1))


def test_end_makes_the_unit_vacant_from_that_day_on() -> None:
    appointment = make_appointment()
    operations.end(appointment_id=appointment.pk, on=date(2025, 1, 1), because="odhod", at=AT, actor=None)
    assert len(queries.advisors_of(appointment.unit_id, on=date(2024, 12, 31))) == 1
    assert queries.advisors_of(appointment.unit_id, on=date(2025, 1, 1)) == []


def test_end_refuses_an_ended_appointment() -> None:
    appointment = make_appointment(valid_to=date(2025, 1, 1))
    with pytest.raises(errors.AlreadyEnded):
        operations.end(appointment_id=appointment.pk, on=date(2026, 1, 1), because="odhod", at=AT, actor=None)


def test_end_refuses_a_day_before_the_beginning() -> None:
    appointment = make_appointment()
    with pytest.raises(errors.EndsBeforeItBegins) as caught:
        operations.end(appointment_id=appointment.pk, on=date(2024, 1, 1), because="odhod", at=AT, actor=None)
    assert caught.value.field == "on"


def test_replace_leaves_no_day_without_an_advisor() -> None:
    appointment = make_appointment()
    successor = employee_of(appointment.unit)
    operations.replace(
        appointment_id=appointment.pk,
        person_id=successor.pk,
        on=date(2025, 1, 1),
        because="premestitev",
        decision_reference="020-9/2025",
        at=AT,
        actor=None,
    )
    on_the_day = queries.advisors_of(appointment.unit_id, on=date(2025, 1, 1))
    assert [advisor.person_key for advisor in on_the_day] == [successor.key]
    assert len(queries.advisors_of(appointment.unit_id, on=date(2024, 12, 31))) == 1


def test_replace_by_an_outsider_changes_nothing() -> None:
    appointment = make_appointment()
    outsider = organisation.make_person()
    with pytest.raises(errors.NotEmployedHere):
        operations.replace(
            appointment_id=appointment.pk,
            person_id=outsider.pk,
            on=date(2025, 1, 1),
            because="premestitev",
            decision_reference="020-9/2025",
            at=AT,
            actor=None,
        )
    appointment.refresh_from_db()
    assert appointment.valid_to is None
    assert not AuditEvent.objects.exists()


def test_the_database_refuses_a_period_that_ends_before_it_starts() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make_appointment(valid_from=date(2024, 1, 1), valid_to=date(2024, 1, 1))
