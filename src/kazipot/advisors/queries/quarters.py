"""Quarters of a year, what the watch's rule says, and what each advisor owes."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.models import WatchNote
from kazipot.advisors.queries.coverage import active_appointments
from kazipot.organisation import queries as organisation

RULES = Path(__file__).parents[1] / "data" / "watch.yaml"


class Quarter(NamedTuple):
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def next(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def before(self) -> "Quarter":
        """The quarter before it."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return self.next.first - timedelta(days=1)

    @property
    def name(self) -> str:
        """As people say it."""
        return _("quarter %(number)s of %(year)s") % {"number": self.number, "year": self.year}


def quarter_of(on: date) -> Quarter:
    """The quarter of a day."""
    return Quarter(on.year, (on.month + 2) // 3)


@cache
def rules() -> dict[str, Any]:
    """What `data/watch.yaml` says."""
    read: dict[str, Any] = yaml.safe_load(RULES.read_text("utf-8"))
    return read


def fields() -> dict[str, str]:
    """The fields of notes: {code: name in the reader's language}."""
    language = "en" if get_language() == "en" else "sl"
    return {row["code"]: row[language] for row in rules()["fields"]}


@dataclass(frozen=True, slots=True)
class Owed:
    """What the advisor of a unit owes in a quarter, and what is there."""

    unit: organisation.UnitOnDay
    quarter: Quarter
    owed: int
    written: int

    @property
    def missing(self) -> int:
        """How many notes are still to be written."""
        return max(0, self.owed - self.written)


def owed_by_unit(on: date) -> dict[int, Owed]:
    """For each unit that has an advisor on the day: what it owes in the day's quarter. A bounded number of queries.

    Whose appointment covers fewer days of the quarter than the rule asks for owes nothing yet.
    """
    quarter, rule = quarter_of(on), rules()["owed"]
    rows = active_appointments(on).filter(role=AppointmentRole.ADVISOR)
    served: dict[int, int] = {}
    for unit_id, first, end in rows.values_list("unit_id", "valid_from", "valid_to"):
        days = (min(end or date.max, quarter.next.first) - max(first, quarter.first)).days
        served[unit_id] = max(days, served.get(unit_id, 0))
    written = Counter(
        WatchNote.objects.filter(year=quarter.year, quarter=quarter.number).order_by().values_list("unit_id", flat=True)
    )
    units = {unit.id: unit for unit in organisation.units_on(on)} if served else {}
    return {
        unit_id: Owed(
            units[unit_id], quarter,
            rule["notes_per_quarter"] if days >= rule["from_days_served"] else 0, written[unit_id],
        )
        for unit_id, days in served.items() if unit_id in units
    }  # fmt: skip


def owed_by(person_id: int, *, on: date) -> list[Owed]:
    """What a person owes this quarter as an advisor, by unit."""
    rows = active_appointments(on).filter(person_id=person_id, role=AppointmentRole.ADVISOR)
    mine = set(rows.values_list("unit_id", flat=True))
    if not mine:
        return []
    return [row for unit_id, row in owed_by_unit(on).items() if unit_id in mine]
