"""The rows that make the repeat per competence valid XLSForm; recognised by their form, whatever they are called."""

import re
from dataclasses import dataclass

from kazipot.needs.imports.xlsform.grid import Grid, Row
from kazipot.needs.imports.xlsform.standard import code_of, name_of, tight

COUNT = re.compile(r"count-selected\(\$\{([^}]+)\}\)")
MANY = re.compile(r"(?:select[_ ]multiple|select all that apply from)\s+(\S+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """The question that says which competences are asked about, its list, the repeat, and what is calculated in it."""

    asked: Row | None = None
    list_name: str = ""
    repeat: Row | None = None
    code: str = ""
    name: str = ""

    def is_helper(self, row: Row) -> bool:
        """Whether a row only serves the repeat and asks nothing of ours."""
        if self.asked is None:
            return False
        if row is self.asked:
            return True
        if row.get("type").lower() == "calculate":
            return row.get("name") in {self.code, self.name}
        labels = {text for (field, _language), text in row.values.items() if field == "label"}
        return row.get("type").lower() == "note" and bool(self.name) and labels == {f"${{{self.name}}}"}

    def codes(self) -> tuple[str, ...]:
        """The competences that people are asked about whose job profile says nothing."""
        return tuple(self.asked.get("default").split()) if self.asked else ()


def block_of(grid: Grid) -> Block:
    """The first repeat that counts the answers of a question with several answers, and what belongs to it."""
    for repeat in grid.rows:
        if repeat.get("type").lower().replace("_", " ") != "begin repeat":
            continue
        match = COUNT.fullmatch(tight(repeat.get("repeat_count")))
        for row in grid.rows if match else ():
            many = MANY.fullmatch(row.get("type"))
            if match and many and row.get("name") == match[1] and row.number < repeat.number:
                return _with_names(grid, Block(row, many[1], repeat))
    return Block()


def _with_names(grid: Grid, block: Block) -> Block:
    asked = block.asked.get("name") if block.asked else ""
    calculated = {tight(row.get("calculation")): row.get("name") for row in grid.rows if row.get("calculation")}
    code = calculated.get(tight(code_of(asked)), "")
    name = calculated.get(tight(name_of(code, asked)), "")
    return Block(block.asked, block.list_name, block.repeat, code, name)
