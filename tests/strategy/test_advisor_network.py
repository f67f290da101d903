"""M1 follows from the records of the network: nominations, exceptions, deputies, hand-overs, people who leave.

A random network lives through almost two years of what really happens, by the product's own operations. On every
day the figure is remembered; asked for again at the end, it is the same, and a count by other code says so too.
"""

import contextlib
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection

from kazipot.advisors import operations
from kazipot.advisors.choices import NominationState
from kazipot.advisors.models import Appointment, Nomination, RequirementException
from kazipot.foundation.errors import DomainError
from kazipot.organisation.models import Employment, Unit
from kazipot.strategy import queries
from tests.factories import organisation
from tests.independent import dump, units_with_an_advisor

pytestmark = pytest.mark.django_db
BEGIN, END = date(2024, 1, 1), date(2025, 9, 30)
KINDS = ("department", "service")
Act = Callable[[Random, date, datetime], object]


def nominate(rng: Random, on: date, at: datetime) -> None:
    """A head proposes somebody, now or for later, in somebody's place or not; some agree, some are confirmed."""
    job, unit = rng.choice(list(Employment.objects.all())), rng.choice(list(Unit.objects.all()))
    held = list(Appointment.objects.filter(unit=unit, valid_to=None))
    made = operations.nominate(
        unit_id=unit.pk, person_id=job.person_id, first_day=on + timedelta(days=rng.choice([0, 0, 10, 40])),
        role=rng.choice(["advisor", "advisor", "deputy"]), agreed_how=rng.choice(["", "v pogovoru"]),
        replaces_id=rng.choice(held).pk if held and rng.random() < 0.8 else None, at=at, actor=None,
    )  # fmt: skip
    if rng.random() < 0.7:
        operations.agree(nomination_id=made.pk, how="v pogovoru", at=at, actor=None)


def decide(rng: Random, on: date, at: datetime) -> None:
    """The Service confirms or refuses what waits for it."""
    for waiting in Nomination.objects.filter(state=NominationState.AGREED):
        if rng.random() < 0.8:
            operations.confirm(nomination_id=waiting.pk, decision_reference="100-1/2026", at=at, actor=None)
        else:
            operations.close(nomination_id=waiting.pk, state=NominationState.REFUSED, because="x", at=at, actor=None)


def leave(rng: Random, on: date, at: datetime) -> None:
    """Somebody isn't in the day's roster any more, most often an advisor; somebody else comes."""
    advisors = Appointment.objects.filter(valid_to=None).values("person_id")
    jobs = list(Employment.objects.filter(valid_to=None, valid_from__lt=on, person_id__in=advisors))
    if jobs:
        gone = rng.choice(jobs)
        gone.valid_to = on
        gone.save()
    organisation.make_employment(unit=rng.choice(list(Unit.objects.all())), valid_from=on)


def end(rng: Random, on: date, at: datetime) -> None:
    """An appointment ends today or later."""
    held = rng.choice(list(Appointment.objects.filter(valid_to=None)) or [Appointment(pk=0)])
    if held.pk:
        day = on + timedelta(days=rng.choice([0, 1, 30]))
        operations.end(appointment_id=held.pk, on=day, because="x", at=at, actor=None)


def change_rules(rng: Random, on: date, at: datetime) -> None:
    """A rule for a kind of unit, an exception, or the end of one."""
    ahead, required = on + timedelta(days=rng.choice([0, 20])), rng.random() < 0.6
    found = rng.choice(list(RequirementException.objects.filter(valid_to=None)) or [None])
    if rng.random() < 0.4:
        operations.set_rule(kind=rng.choice(KINDS), required=required, valid_from=ahead, at=at, actor=None)
    elif found is None or rng.random() < 0.6:
        unit = rng.choice(list(Unit.objects.all()))
        operations.except_unit(
            unit_id=unit.pk, required=required, reason="x", valid_from=ahead, at=at, actor=None
        )  # fmt: skip
    else:
        operations.end_exception(exception_id=found.pk, on=ahead, at=at, actor=None)


ACTS: tuple[Act, ...] = (nominate, nominate, nominate, decide, decide, leave, end, change_rules)


def live(rng: Random) -> dict[date, tuple[int, int]]:
    """What happens in the network; M1 on each day on which something did."""
    for number in range(5):
        unit = organisation.make_unit(kind=KINDS[number % 2], must_have_advisor=number != 4)
        for _ in range(3):
            organisation.make_employment(unit=unit)
    organisation.make_employment(unit=organisation.make_unit(organisation.make_employer("JP", kind="company")))
    seen, on = {}, BEGIN
    while on < END:
        at = datetime.combine(on, time(9), UTC)
        for _ in range(rng.randrange(1, 4)):
            with contextlib.suppress(DomainError):
                rng.choice(ACTS)(rng, on, at)
        operations.watch(at=at)
        seen[on] = figure(on)
        on += timedelta(days=rng.randrange(1, 25))
    return seen


def figure(on: date) -> tuple[int, int]:
    found = queries.indicator(on, "M1")
    return found.numerator, found.denominator


@pytest.mark.parametrize("seed", range(3))
def test_coverage_follows_from_the_records_at_every_date(seed: int) -> None:
    rng = Random(seed)
    seen = live(rng)
    tables: Any = dump(connection)
    assert {day: figure(day) for day in seen} == seen
    days = {*seen, *(BEGIN + timedelta(days=rng.randrange(0, 640)) for _ in range(20))}
    days |= {day + timedelta(days=step) for day, _end in bounds() for step in (-1, 0, 1)}
    assert {day: figure(day) for day in days} == {day: units_with_an_advisor(tables, day) for day in days}
    assert len(set(seen.values())) > 5


def bounds() -> list[tuple[date, date | None]]:
    """Days on which an appointment or an exception begins, with the day on which it ends."""
    return [
        *Appointment.objects.values_list("valid_from", "valid_to"),
        *RequirementException.objects.values_list("valid_from", "valid_to"),
    ]


def test_network_that_is_counted_has_lived() -> None:
    live(Random(0))
    assert Appointment.objects.filter(role="deputy").exists()
    assert Appointment.objects.filter(ended_because="odhod od delodajalca").exists()
    assert Appointment.objects.filter(ended_because="predaja naslednici ali nasledniku").exists()
    assert set(Nomination.objects.values_list("state", flat=True)) >= {"confirmed", "refused", "proposed"}
    assert RequirementException.objects.exclude(valid_to=None).exists()
