"""Reads earlier completions from CSV or XLSX with Slovenian or English headings."""

from datetime import date

from django.utils.translation import gettext as _

from kazipot.core.duty.events import Proof
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import PAGE_BYTES, Cell, as_day, as_text, read_table
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Employer
from kazipot.verification.operations import EarlierGiven, refusal

HEADINGS = {
    "employer": ("delodajalec", "šifra delodajalca", "employer", "employer_code"),
    "personnel_number": ("kadrovska številka", "matična številka", "personnel number", "personnel_number"),
    "proof": ("kaj", "vrsta", "what", "proof"),
    "done_on": ("dan", "datum", "opravljeno dne", "done on", "day", "done_on"),
    "reference": ("oznaka", "številka zadeve", "potrdilo", "reference"),
}
"""Field → headings by which people call it, in lower case."""
PROOFS = {
    "usposabljanje": Proof.TRAINING,
    "izobraževanje": Proof.TRAINING,
    "training": Proof.TRAINING,
    "preverjanje": Proof.VERIFICATION,
    "preizkus": Proof.VERIFICATION,
    "verification": Proof.VERIFICATION,
    "test": Proof.VERIFICATION,
}


def read_history(name: str, content: bytes, *, employers: list[Employer], on: date) -> list[EarlierGiven]:
    """The completions in a file, of people who work for some employers on the day. Raises InputRefused naming every
    faulty row."""
    table = read_table(name, content, max_bytes=PAGE_BYTES)
    known = {heading: field for field, headings in HEADINGS.items() for heading in headings}
    columns = {known.get(" ".join(text.lower().split()), ""): index for index, text in enumerate(table.headings)}
    missing = [field for field in HEADINGS if field not in columns]
    if missing:
        problems = [
            Problem(
                1, field, "", _("A column is missing."), _("Add the column “%(name)s”.") % {"name": HEADINGS[field][0]}
            )
            for field in missing
        ]
        raise InputRefused(" ".join([problems[0].message, *(problem.remedy for problem in problems)]), problems)
    reader = _Reader(employers, on)
    rows = [
        reader.completion(line, {field: cells[i] if i < len(cells) else None for field, i in columns.items()})
        for line, cells in table.rows
    ]
    if reader.problems:
        raise refusal(reader.problems)
    return [row for row in rows if row is not None]


class _Reader:
    """Turns rows into completions and gathers what is wrong with them."""

    def __init__(self, employers: list[Employer], on: date) -> None:
        self.employers = {employer.code: employer.pk for employer in employers}
        self.jobs = organisation.jobs_by_number(self.employers.values())
        self.on = on
        self.problems: list[Problem] = []

    def completion(self, line: int, cells: dict[str, Cell]) -> EarlierGiven | None:
        """The completion in a row, or None with a problem."""
        before = len(self.problems)
        code = as_text(cells["employer"])
        employer_id = self.employers.get(code)
        if employer_id is None:
            self._fault(line, "employer", code, _("You may not record results of this employer."), _("Leave it out."))
        day = self._day(line, cells["done_on"])
        proof = PROOFS.get(as_text(cells["proof"]).lower())
        if proof is None:
            self._fault(
                line, "proof", cells["proof"], _("This is neither training nor verification."),
                _("Write “training” or “verification”."),
            )  # fmt: skip
        reference = as_text(cells["reference"])
        if not reference or len(reference) > 64:
            self._fault(
                line, "reference", reference, _("A reference of 1 to 64 characters is needed."),
                _("Write where the proof is filed."),
            )  # fmt: skip
        person_id = self._person(line, employer_id, as_text(cells["personnel_number"])) if employer_id else None
        if len(self.problems) > before or None in (employer_id, day, proof, person_id):
            return None
        assert employer_id is not None and day is not None and proof is not None and person_id is not None  # noqa: PT018
        return EarlierGiven(person_id, employer_id, proof, day, reference, line)

    def _fault(self, line: int, field: str, value: Cell, message: str, remedy: str) -> None:
        self.problems.append(Problem(line, field, as_text(value), message, remedy))

    def _day(self, line: int, cell: Cell) -> date | None:
        try:
            found = as_day(cell)
        except ValueError:
            found = None
        if found is None:
            self._fault(line, "done_on", cell, _("There is no such day."), _("Write the day like 31. 12. 2024."))
        return found

    def _person(self, line: int, employer_id: int, number: str) -> int | None:
        for first, end, person_id in self.jobs.get((employer_id, number), ()):
            if first <= self.on and (end is None or self.on < end):
                return person_id
        self._fault(
            line, "personnel_number", number, _("Nobody has this number there today."), _("Correct the number."),
        )  # fmt: skip
        return None
