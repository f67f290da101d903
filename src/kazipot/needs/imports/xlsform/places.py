"""Where a fault of the questionnaire stands in the workbook: sheet, row and column."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kazipot.core.survey.questionnaire import DefinitionFault, Text
from kazipot.core.survey.questionnaire.faults import LONGEST_LABEL
from kazipot.foundation.errors import Problem
from kazipot.needs.imports.wording import fault_in_words
from kazipot.needs.imports.xlsform.choices import Lists
from kazipot.needs.imports.xlsform.grid import Grid, Row, problem
from kazipot.needs.imports.xlsform.settings import Settings, title_column
from kazipot.needs.imports.xlsform.standard import REFERENCE
from kazipot.needs.imports.xlsform.survey import YES, Survey

COLUMNS = {"choices": "type", "kind": "type", "items": "name", "key": "name", "per_competence": "type", "pages": "type"}
FIELDS = {*COLUMNS, "label", "hint", "constraint_message", "required", "relevant", "constraint"}
LISTS = {"empty_list", "choice_value", "choice_twice"}


@dataclass(slots=True)
class Places:
    """Finds the cell of each fault; faults of one kind at one place stand in the rows one after another."""

    grid: Grid
    survey: Survey
    lists: Lists
    settings: Settings
    met: Counter[tuple[object, ...]] = field(default_factory=Counter)

    def problem(self, fault: DefinitionFault) -> Problem:
        """The fault with its row and column."""
        language = str(fault.detail.get("language", ""))
        if fault.place == "" and fault.field == "title" and self.settings.grid:
            name, told = title_column(self.settings, language or self.settings.default)
            return problem(self.settings.grid, self.settings.row, name, fault_in_words(fault), told)
        if self.lists.grid and self.is_choice(fault):
            return self._choice(self.lists.grid, fault, self.lists.rows.get(fault.place, ()), language)
        name = COLUMNS.get(fault.field, fault.field)
        row = self._row(fault, name)
        if fault.code == "needs_levels" and row:
            name = _cause(row)
        return problem(self.grid, row, name, fault_in_words(fault), language or self._long(row, name))

    def is_choice(self, fault: DefinitionFault) -> bool:
        """Whether it is a fault of a choice or its list; a list may have the name of a question."""
        named = fault.place in self.lists.rows
        return fault.code in LISTS or (named and (fault.field not in FIELDS or fault.place not in self.survey.rows))

    def said_already(self, fault: DefinitionFault) -> bool:
        """Whether it is a page's label, and the page has none of its own but the title's, which was named itself."""
        drafts = [draft for draft in self.survey.pages.drafts if draft.key == fault.place]
        own = [row for draft in drafts for row in draft.rows if row.text("label") != Text()]
        return fault.field == "label" and bool(drafts) and not own

    def _row(self, fault: DefinitionFault, name: str) -> Row | None:
        rows = self.survey.rows.get(fault.place, ())
        if fault.code == "key_twice":
            return self._next(fault, rows[1:])
        if fault.code == "needs_item":
            return None
        if fault.code == "language":
            rows = [row for row in rows if not row.get(name, str(fault.detail["language"]))] or rows
        if "key" in fault.detail and name in {"relevant", "constraint"}:
            outer = [row for draft in self.survey.pages.drafts if draft.key == fault.place for row in draft.rows]
            rows = [row for row in [*rows, *outer] if fault.detail["key"] in REFERENCE.findall(row.get(name))] or rows
        return self._next(fault, rows)

    def _long(self, row: Row | None, name: str) -> str:
        """The language of a text that is too long, for a column that has languages."""
        told = ("sl", "en") if row and any((name, code) in row.values for code in ("sl", "en")) else ()
        return next(
            (code for code in told if row and len(row.get(name, code)) > LONGEST_LABEL), told[0] if told else ""
        )

    def _choice(self, grid: Grid, fault: DefinitionFault, rows: Sequence[Row], language: str) -> Problem:
        own = [row for row in rows if row.get("name") == fault.field]
        if fault.code == "choice_twice":
            own = [row for index, row in enumerate(own) if _told(row) in [_told(before) for before in own[:index]]]
        elif fault.code == "language":
            own = [row for row in own if not row.get("label", language)]
        elif fault.code == "too_long":
            own = [row for row in own if max(map(len, (row.text("label").sl, row.text("label").en))) > LONGEST_LABEL]
        found = self._next(fault, own or rows)
        name = "name" if fault.code in LISTS else "label"
        return problem(grid, found, name, fault_in_words(fault), language or self._long(found, name))

    def _next(self, fault: DefinitionFault, rows: Sequence[Row]) -> Row | None:
        if not rows:
            return None
        key = (fault.place, fault.field, fault.code, str(fault.detail.get("language")), str(fault.detail.get("key")))
        index = self.met[key]
        self.met[key] += 1
        return rows[min(index, len(rows) - 1)]


def _cause(row: Row) -> str:
    """The column because of which a question doesn't ask for a level."""
    if row.get("required").lower() not in YES:
        return "required"
    return "relevant" if row.get("relevant") else "type"


def _told(row: Row) -> tuple[str, str]:
    return row.get("name"), row.get("competence")
