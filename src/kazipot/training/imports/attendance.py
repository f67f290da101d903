"""Reads a filled-in table of those who were at a session."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.tables import PAGE_BYTES, Cell, as_text, as_yes, read_table
from kazipot.training.models import SeatOffer

HEADINGS = {
    "number": ("številka", "number"),
    "name": ("ime in priimek", "ime", "name"),
    "present": ("navzoči", "navzočnost", "prisotnost", "navzoč", "prisoten", "present"),
}
NEEDED = ("number", "present")
COLUMNS = {"number": gettext_lazy("Number"), "name": gettext_lazy("Name"), "present": gettext_lazy("Present")}
"""The columns as the table calls them."""


def read_attendance(name: str, content: bytes, *, offers: Mapping[int, SeatOffer]) -> list[int]:
    """The ids of the people who were there, of those with a seat (by the number of their offer). Everybody must be told
    of, once. Raises InputRefused naming every faulty row."""
    table = read_table(name, content, max_bytes=PAGE_BYTES)
    known = {heading: field for field, headings in HEADINGS.items() for heading in headings}
    columns = {known.get(" ".join(text.lower().split()), ""): index for index, text in enumerate(table.headings)}
    missing = [
        Problem(1, str(COLUMNS[field]), "", _("A column is missing."), _("Use the table from the attendance page."))
        for field in NEEDED
        if field not in columns
    ]
    if missing:
        raise InputRefused(_("The table lacks columns. Nothing was recorded."), missing)
    reader = _Reader(offers)
    for line, cells in table.rows:
        reader.row(line, {field: cells[i] if i < len(cells) else None for field, i in columns.items()})
    reader.whoever_is_missing()
    if reader.problems:
        raise InputRefused(_("The table has faults. Nothing was recorded."), reader.problems)
    return sorted(reader.present)


class _Reader:
    """Goes through the rows and gathers what is wrong with them."""

    def __init__(self, offers: Mapping[int, SeatOffer]) -> None:
        self.offers = offers
        self.told: dict[int, int] = {}
        self.present: set[int] = set()
        self.problems: list[Problem] = []

    def row(self, line: int, cells: Mapping[str, Cell]) -> None:
        """One person."""
        offer = self._offer(line, cells)
        there = self._there(line, cells["present"])
        if offer is not None and there:
            self.present.add(offer.person_id)

    def _fault(self, line: int | None, field: str, value: str, message: str, remedy: str) -> None:
        self.problems.append(Problem(line, str(COLUMNS[field]), value, message, remedy))

    def _offer(self, line: int, cells: Mapping[str, Cell]) -> SeatOffer | None:
        text = as_text(cells["number"])
        offer = self.offers.get(int(text)) if text.isascii() and text.isdigit() else None
        if offer is None:
            self._fault(
                line, "number", text, _("Nobody with a seat has this number."), _("Leave the number as it was.")
            )
            return None
        if offer.pk in self.told:
            first = self.told[offer.pk]
            message = _("The person stands in row %(row)s already.") % {"row": first}
            self._fault(line, "number", text, message, _("Leave one of the two rows out."))
            return None
        self.told[offer.pk] = line
        name = as_text(cells.get("name"))
        if name and name.casefold() != offer.person.name.casefold():
            message = _("The number belongs to %(name)s.") % {"name": offer.person.name}
            self._fault(line, "name", name, message, _("Rows were mixed up: take the table anew."))
        return offer

    def _there(self, line: int, cell: Cell) -> bool:
        try:
            return as_yes(cell)
        except ValueError:
            self._fault(line, "present", as_text(cell), _("This is neither yes nor no."), _("Write yes or no."))
            return False

    def whoever_is_missing(self) -> None:
        """Nobody is left out by mistake."""
        for pk, offer in self.offers.items():
            if pk not in self.told:
                message = _("%(name)s is not in the table.") % {"name": offer.person.name}
                self._fault(None, "number", str(pk), message, _("Add the row, with yes or no."))
