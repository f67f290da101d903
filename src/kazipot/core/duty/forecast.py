"""Whose proof lapses in which of the next months."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kazipot.core.indicators.verification import add_months


@dataclass(frozen=True, slots=True)
class Due:
    """A person of a unit whose proof lapses on a day (None: none is held), and from when it can be renewed."""

    person: int
    unit: int
    lapses_on: date | None
    window_from: date | None = None


def months_from(day: date, count: int) -> tuple[date, ...]:
    """The first days of so many months, beginning with the month of the day."""
    first = day.replace(day=1)
    return tuple(add_months(first, index) for index in range(count))


def month_of(day: date, months: tuple[date, ...]) -> int | None:
    """Which of the months the day is in, or None."""
    if not months:
        return None
    index = (day.year - months[0].year) * 12 + day.month - months[0].month
    return index if 0 <= index < len(months) else None


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many people lapse in each month: by unit, with those who hold nothing counted apart (`missing`)."""

    months: tuple[date, ...]
    missing: Mapping[int, int]
    lapsing: Mapping[int, tuple[int, ...]]

    @property
    def totals(self) -> tuple[int, ...]:
        """People of all units by month."""
        return tuple(sum(row[index] for row in self.lapsing.values()) for index in range(len(self.months)))


def forecast(people: Iterable[Due], on: date, *, count: int = 24) -> Forecast:
    """Who lapses in each of the next `count` months, beginning with the month of the day, if nobody renews.

    A proof lapses in the month of the first day on which it doesn't count. Each person is in one place at most.
    """
    months = months_from(on, count)
    missing: dict[int, int] = {}
    lapsing: dict[int, list[int]] = {}
    for row in people:
        missing.setdefault(row.unit, 0)
        here = lapsing.setdefault(row.unit, [0] * count)
        if row.lapses_on is None or row.lapses_on <= on:
            missing[row.unit] += 1
        elif (month := month_of(row.lapses_on, months)) is not None:
            here[month] += 1
    return Forecast(months, missing, {unit: tuple(row) for unit, row in lapsing.items()})
