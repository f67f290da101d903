"""A vacancy is noticed the day it arises, told once to each, and further up as days pass."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kazipot.advisors import operations, queries
from kazipot.advisors.models import Appointment, Vacancy
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from tests.factories import organisation
from tests.factories.advisors import holder, make_appointment

pytestmark = pytest.mark.django_db
LEFT = date(2026, 5, 4)
AT = datetime(2026, 5, 4, 8, tzinfo=UTC)


def leaver() -> Appointment:
    appointment = make_appointment(employed=False)
    organisation.make_employment(person=appointment.person, unit=appointment.unit, valid_to=LEFT)
    return appointment


def test_leaver_makes_a_vacancy_on_the_day_and_the_appointment_ends() -> None:
    appointment = leaver()
    assert operations.watch(at=AT - timedelta(days=1)) == (0, 0)
    assert operations.watch(at=AT) == (1, 0)
    vacancy = Vacancy.objects.get()
    assert (vacancy.since, vacancy.cause, vacancy.closed_on) == (LEFT, "left", None)
    appointment.refresh_from_db()
    assert (appointment.valid_to, appointment.ended_because) == (LEFT, "odhod od delodajalca")


def test_vacancy_noticed_late_knows_its_first_day() -> None:
    leaver()
    operations.watch(at=AT + timedelta(days=9))
    assert Vacancy.objects.get().since == LEFT


def test_ended_appointment_and_unit_never_covered_have_their_causes() -> None:
    ended = make_appointment(valid_to=LEFT)
    organisation.make_unit(employer=ended.unit.employer)
    operations.watch(at=AT)
    assert sorted(Vacancy.objects.values_list("cause", "since")) == [("ended", LEFT), ("never", LEFT)]


def test_each_is_told_once_and_further_up_as_days_pass() -> None:
    appointment = leaver()
    holder(Role.HEAD, appointment.unit, "vodja@example.org")
    holder(Role.SERVICE, appointment.unit, "sluzba@example.org")
    steps = [("Sekretariat", "sekretar@example.org", 14), ("Direktorica", "direktorica@example.org", 30)]
    operations.set_steps(steps=steps, at=AT, actor=None)
    told = []
    for days in (0, 0, 13, 14, 15, 30, 31):
        operations.watch(at=AT + timedelta(days=days))
        told.append(OutgoingMessage.objects.count())
    assert told == [2, 2, 2, 3, 3, 4, 4]
    assert sorted(OutgoingMessage.objects.values_list("recipient", flat=True)) == [
        "direktorica@example.org", "sekretar@example.org", "sluzba@example.org", "vodja@example.org",
    ]  # fmt: skip


def test_vacancy_closes_when_the_unit_is_covered_or_need_not_be() -> None:
    appointment = leaver()
    other = organisation.make_unit(employer=appointment.unit.employer)
    operations.watch(at=AT)
    make_appointment(appointment.unit, valid_from=date(2026, 5, 10))
    operations.except_unit(
        unit_id=other.pk, required=False, reason="dva zaposlena", valid_from=date(2026, 5, 11), at=AT, actor=None
    )
    operations.watch(at=AT + timedelta(days=7))
    assert [vacancy.closed_on for vacancy in Vacancy.objects.all()] == [date(2026, 5, 11)] * 2
    assert list(queries.vacancies_open()) == []


def test_same_round_twice_changes_nothing() -> None:
    leaver()
    operations.watch(at=AT)
    before = list(Vacancy.objects.values())
    assert operations.watch(at=AT) == (0, 0)
    assert list(Vacancy.objects.values()) == before
