"""One row of a table that somebody filled in: each field as what is meant, and each fault with its remedy."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import Cell, Table, as_day, as_text, as_yes

CLOCK = re.compile(r"(\d{1,2})[.:](\d{2})(?:[.:]\d{2})?")
MONEY = re.compile(r"\d+(?:[.,]\d{1,2})?")
LARGEST = Decimal(9_999_999)
MOST_SEATS = 10_000

type Headings = Mapping[str, Sequence[str]]
"""Field → headings by which people call it, in small letters; the first is the one that messages name."""


@dataclass(slots=True)
class Row:
    """The cells of a row by field; reading one that is faulty adds to `problems` and gives the field's blank."""

    line: int
    cells: Mapping[str, Cell]
    headings: Headings
    problems: list[Problem]

    def fault(self, field: str, message: str, remedy: str) -> None:
        """Note what is wrong with a field."""
        value = as_text(self.cells.get(field))
        self.problems.append(Problem(self.line, self.headings[field][0], value[:100], message, remedy))

    def text(self, field: str, *, most: int, required: bool = False) -> str:
        """A text of at most so many signs."""
        value = as_text(self.cells.get(field))
        if required and not value:
            self.fault(field, _("The field is empty."), _("Fill it in."))
        if len(value) > most:
            self.fault(field, _("The text is too long."), _("Use at most %(most)s signs.") % {"most": most})
        return value

    def day(self, field: str) -> date | None:
        """A day."""
        try:
            value = as_day(self.cells.get(field))
        except ValueError:
            self.fault(field, _("There is no such day."), _("Write the day like 31. 12. 2024."))
            return None
        if value is None:
            self.fault(field, _("The field is empty."), _("Fill it in."))
        return value

    def clock(self, field: str) -> time | None:
        """A time of day."""
        match = CLOCK.fullmatch(as_text(self.cells.get(field)))
        if match is None or int(match[1]) > 23 or int(match[2]) > 59:
            self.fault(field, _("There is no such time of day."), _("Write the time like 9:00."))
            return None
        return time(int(match[1]), int(match[2]))

    def whole(self, field: str, *, least: int, most: int, blank: int | None = None) -> int:
        """A whole number in [least, most]; `blank` stands for an empty field that may be empty."""
        value = as_text(self.cells.get(field))
        if not value and blank is not None:
            return blank
        if not value.isascii() or not value.isdigit() or not least <= int(value[:9]) <= most:
            self.fault(
                field, _("This is not a whole number that is possible here."),
                _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most},
            )  # fmt: skip
            return least
        return int(value)

    def money(self, field: str) -> Decimal:
        """Euros; an empty field is nothing."""
        value = as_text(self.cells.get(field)).replace("€", "").replace("\u00a0", "").replace(" ", "")
        if not value:
            return Decimal(0)
        try:
            found = Decimal(value.replace(",", ".")) if MONEY.fullmatch(value) else None
        except InvalidOperation:
            found = None
        if found is None or found > LARGEST:
            self.fault(field, _("This is not an amount."), _("Write euros like 1200,50, without other signs."))
            return Decimal(0)
        return found

    def yes(self, field: str, *, blank: bool) -> bool:
        """Yes or no; `blank` stands for an empty field."""
        value = self.cells.get(field)
        if value is None or value == "":
            return blank
        try:
            return as_yes(value)
        except ValueError:
            self.fault(field, _("This is neither yes nor no."), _("Write da or ne."))
            return blank

    def choice(self, field: str, choices: Iterable[tuple[str, Any]], *, blank: str) -> str:
        """One of some choices, by its code or its name in the reader's language; `blank` stands for an empty field."""
        value = as_text(self.cells.get(field)).lower()
        if not value:
            return blank
        known = list(choices)
        for code, name in known:
            if value in {code, str(name).lower()}:
                return code
        names = ", ".join(str(name) for _code, name in known)
        self.fault(field, _("This is none of the choices."), _("Write one of these: %(names)s.") % {"names": names})
        return blank


def rows_of(name: str, table: Table, headings: Headings, required: Iterable[str], problems: list[Problem]) -> list[Row]:
    """The rows of a table by field. Raises InputRefused when a column that is needed is missing."""
    fields = {heading: field for field, known in headings.items() for heading in known}
    columns: dict[str, int] = {}
    for index, heading in enumerate(table.headings):
        field = fields.get(" ".join(heading.lower().split()))
        if field is not None:
            columns.setdefault(field, index)
    missing = [field for field in required if field not in columns]
    if missing:
        message = _("A column is missing.")
        faults = [
            Problem(1, headings[field][0], "", message, _("Add the column “%(name)s”.") % {"name": headings[field][0]})
            for field in missing
        ]
        raise InputRefused(f"{name}: {message}", faults)
    return [
        Row(line, {field: cells[i] if i < len(cells) else None for field, i in columns.items()}, headings, problems)
        for line, cells in table.rows
    ]
