"""Reads results of verifications from CSV or XLSX with Slovenian or English headings."""

from datetime import date

from django.utils.translation import gettext as _

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import PAGE_BYTES, Cell, as_day, as_text, as_yes, read_table
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Employer
from kazipot.verification.operations import ResultGiven, refusal

HEADINGS = {
    "employer": ("delodajalec", "šifra delodajalca", "employer", "employer_code"),
    "personnel_number": ("kadrovska številka", "matična številka", "personnel number", "personnel_number"),
    "taken_on": ("dan", "datum", "dan preverjanja", "taken on", "day", "taken_on"),
    "passed": ("opravljeno", "uspešno", "passed"),
    "method": ("način", "metoda", "method"),
    "reference": ("številka zadeve", "oznaka", "reference"),
}
"""Field → headings by which people call it, in lower case."""
NEEDED = ("employer", "personnel_number", "taken_on", "passed", "reference")


def read_results(name: str, content: bytes, *, employers: list[Employer]) -> list[ResultGiven]:
    """The results in a file about people of some employers. Raises InputRefused naming every faulty row."""
    table = read_table(name, content, max_bytes=PAGE_BYTES)
    known = {heading: field for field, headings in HEADINGS.items() for heading in headings}
    columns = {known.get(" ".join(text.lower().split()), ""): index for index, text in enumerate(table.headings)}
    missing = [field for field in NEEDED if field not in columns]
    if missing:
        problems = [
            Problem(
                1, field, "", _("A column is missing."), _("Add the column “%(name)s”.") % {"name": HEADINGS[field][0]}
            )
            for field in missing
        ]
        raise InputRefused(" ".join([problems[0].message, *(problem.remedy for problem in problems)]), problems)
    reader = _Reader(employers)
    results = [
        reader.result(line, {field: cells[i] if i < len(cells) else None for field, i in columns.items()})
        for line, cells in table.rows
    ]
    if reader.problems:
        raise refusal(reader.problems)
    return [result for result in results if result is not None]


class _Reader:
    """Turns rows into results and gathers what is wrong with them."""

    def __init__(self, employers: list[Employer]) -> None:
        self.employers = {employer.code: employer.pk for employer in employers}
        self.jobs = organisation.jobs_by_number(self.employers.values())
        self.problems: list[Problem] = []

    def result(self, line: int, cells: dict[str, Cell]) -> ResultGiven | None:
        """The result in a row, or None with a problem."""
        before = len(self.problems)
        employer_id = self._employer(line, as_text(cells["employer"]))
        day = self._day(line, cells["taken_on"])
        passed = self._yes(line, cells["passed"])
        number = as_text(cells["personnel_number"])
        person_id = self._person(line, employer_id, number, day) if employer_id and day else None
        if len(self.problems) > before or employer_id is None or day is None or person_id is None:
            return None
        return ResultGiven(
            person_id=person_id,
            employer_id=employer_id,
            taken_on=day,
            passed=passed,
            method=as_text(cells.get("method")).lower() or "test",
            reference=as_text(cells["reference"]),
            line=line,
            personnel_number=number,
        )

    def _fault(self, line: int, field: str, value: Cell, message: str, remedy: str) -> None:
        self.problems.append(Problem(line, field, as_text(value), message, remedy))

    def _employer(self, line: int, code: str) -> int | None:
        if code not in self.employers:
            self._fault(line, "employer", code, _("You may not record results of this employer."), _("Leave it out."))
        return self.employers.get(code)

    def _day(self, line: int, cell: Cell) -> date | None:
        try:
            day = as_day(cell)
        except ValueError:
            day = None
        if day is None:
            self._fault(
                line, "taken_on", cell, _("There is no such day."), _("Write the day like 31. 12. 2024.")
            )  # fmt: skip
        return day

    def _yes(self, line: int, cell: Cell) -> bool:
        try:
            return as_yes(cell)
        except ValueError:
            self._fault(line, "passed", cell, _("This is neither yes nor no."), _("Write yes or no."))
            return False

    def _person(self, line: int, employer_id: int, number: str, day: date) -> int | None:
        for first, end, person_id in self.jobs.get((employer_id, number), ()):
            if first <= day and (end is None or day < end):
                return person_id
        self._fault(
            line, "personnel_number", number, _("Nobody had this number there on that day."),
            _("Correct the number or the day."),
        )  # fmt: skip
        return None
