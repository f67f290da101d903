"""Who lapses when, by unit; how the load could be spread; until when people are in order."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from kazipot.core.duty.days import DAY
from kazipot.core.duty.forecast import Due, Forecast, forecast, month_of
from kazipot.core.duty.spreading import Months, Spread, spread, window_months
from kazipot.core.duty.standing import NOT_ASKED, Duty
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Reach
from kazipot.organisation.models import Person
from kazipot.verification.queries.log import duties_on

CATCH_UP = 3
"""Months within which those who hold nothing are invited."""
SMALL = 5


def asked_duties(on: date, reach: Reach) -> dict[int, tuple[organisation.MainJob, Duty]]:
    """Everybody within reach of whom the duty asks something on the day. Ten queries."""
    jobs = organisation.main_employments(on)
    within = {pk: job for pk, job in jobs.items() if reach.covers(employer_id=job.employer_id, unit_id=job.unit_id)}
    duties = duties_on(on, list(within))
    return {pk: (within[pk], duty) for pk, duty in duties.items() if duty.state not in NOT_ASKED}


def dues(on: date, reach: Reach) -> list[Due]:
    """Until when the verification of each person within reach counts."""
    found = []
    for person_id, (job, duty) in asked_duties(on, reach).items():
        held = duty.verification if duty.verification.is_in_order else None
        lapses = held.valid_until + DAY if held and held.valid_until else None
        found.append(Due(person_id, job.unit_id, lapses, held.window_from if held else None))
    return found


@dataclass(frozen=True, slots=True)
class UnitForecast:
    """A unit: its people, those who hold nothing, those who lapse by month. None for a number too small to show."""

    unit: organisation.UnitOnDay
    people: int | None
    missing: int | None
    lapsing: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Outlook:
    """The next months: who lapses in all units, unit by unit, and how many units are too small to show."""

    forecast: Forecast
    totals: tuple[int, ...]
    missing: int
    units: tuple[UnitForecast, ...]
    hidden: int
    people: tuple[Due, ...]
    exact: bool
    """Whether every number may be told as it is."""


def outlook(on: date, reach: Reach, names: Reach, *, count: int = 24) -> Outlook:
    """The forecast for the actor's reach. Where the actor may not see names, numbers from 1 to 4 are not shown, units
    with fewer than five people neither, and the totals are rounded to fives, so that nothing can be worked out."""
    people = dues(on, reach)
    found = forecast(people, on, count=count)
    sizes = Counter(row.unit for row in people)
    rows, hidden, open_ = [], 0, True
    for unit in organisation.units_on(on):
        if not sizes[unit.id]:
            continue
        named = names.covers(employer_id=unit.employer_id, unit_id=unit.id)
        open_ = open_ and named
        if not named and sizes[unit.id] < SMALL:
            hidden += 1
            continue
        lapsing = found.lapsing[unit.id]
        rows.append(
            UnitForecast(
                unit,
                sizes[unit.id] if named else fives(sizes[unit.id]),
                _shown(found.missing[unit.id], named=named),
                tuple(_shown(number, named=named) for number in lapsing),
            )
        )
    missing = sum(found.missing.values())
    totals = found.totals if open_ else tuple(fives(number) for number in found.totals)
    return Outlook(found, totals, missing if open_ else fives(missing), tuple(rows), hidden, tuple(people), open_)


def _shown(number: int, *, named: bool) -> int | None:
    return number if named or number == 0 or number >= SMALL else None


def fives(number: int) -> int:
    """A number rounded to fives."""
    return (number + 2) // SMALL * SMALL


def spreading(
    people: Collection[Due], months: tuple[date, ...], *, seats: int | None, closed: Collection[int]
) -> Spread:
    """Invitations by month, each person within their own window, as even as can be.

    `closed`: calendar months (1 to 12) in which nobody is invited. Who holds nothing is invited in the first months.
    """
    shut = {index for index, first in enumerate(months) if first.month in closed}
    groups: Counter[Months] = Counter()
    for row in people:
        if row.lapses_on is None or row.lapses_on <= months[0]:
            choice = window_months(0, CATCH_UP - 1, shut, len(months))
        else:
            last = month_of(row.lapses_on - DAY, months)
            if last is None:
                continue
            first = month_of(row.window_from or row.lapses_on, months)
            choice = window_months(0 if first is None else first, last, shut, len(months))
        groups[choice] += 1
    return spread(groups, len(months), seats=seats)


@dataclass(frozen=True, slots=True)
class PersonUntil:
    """Until when a person of a unit is in order, and by when something is asked. Nothing else of them is told."""

    person: Person
    unit: organisation.UnitOnDay | None
    valid_until: date | None
    due_on: date | None
    late: bool


def people_until(on: date, reach: Reach) -> list[PersonUntil]:
    """Everybody within reach, who is late first, then by the day. Eleven queries."""
    jobs = organisation.main_employments(on)
    within = {pk: job for pk, job in jobs.items() if reach.covers(employer_id=job.employer_id, unit_id=job.unit_id)}
    duties = duties_on(on, list(within))
    units = {unit.id: unit for unit in organisation.units_on(on)}
    people = Person.objects.in_bulk(list(within))
    rows = [
        PersonUntil(
            people[pk],
            units.get(job.unit_id),
            duties[pk].valid_until if duties[pk].is_in_order else None,
            duties[pk].due_on,
            duties[pk].is_late,
        )
        for pk, job in within.items()
        if pk in duties
    ]
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.person.last_name, row.person.first_name))
