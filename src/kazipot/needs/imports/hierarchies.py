"""Rows of CSV files, and the hierarchies of a table's dimensions."""

import csv
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from kazipot.core.survey.suppression import ROOT, Dimension, dimension_from_pairs
from kazipot.foundation.errors import InputRefused, Problem

FILE_BYTES = 200 * 1024 * 1024
LARGEST_COUNT = 1_000_000_000
COUNT, STATUS = "count", "status"
HEADS = ("dimension", "child", "parent")

type Rows = list[tuple[int, dict[str, str]]]


def refused(problems: list[Problem]) -> InputRefused:
    """The refusal of a table."""
    return InputRefused(_("The table was not read."), problems)


def read_rows(path: Path) -> tuple[list[str], Rows]:
    """The headings and the rows of a CSV file (comma or semicolon, UTF-8), each with its line number."""
    if path.stat().st_size > FILE_BYTES:
        raise refused([Problem(None, path.name, "", _("The file is too large."), _("Split it."))])
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused([Problem(None, path.name, "", _("This is not UTF-8."), _("Save it as UTF-8."))]) from error
    first = text.partition("\n")[0]
    lines = csv.reader(text.splitlines(), delimiter=";" if ";" in first and "," not in first else ",", strict=True)
    rows: Rows = []
    problems: list[Problem] = []
    try:
        heads = [head.strip() for head in next(lines, [])]
        for values in lines:
            if not values:
                continue
            if len(values) != len(heads):
                found, remedy = _("The row has another number of columns than the headings."), _("Correct it.")
                problems.append(Problem(lines.line_num, path.name, ",".join(values)[:40], found, remedy))
                continue
            rows.append((lines.line_num, dict(zip(heads, (value.strip() for value in values), strict=True))))
    except csv.Error as error:
        found = _("This is not CSV.")
        raise refused([Problem(lines.line_num, path.name, str(error), found, _("Correct it."))]) from error
    if problems:
        raise refused(problems)
    return heads, rows


def whole_number(text: str) -> int | None:
    """A count as it is written in a file; None if it is none."""
    if not (text.isascii() and text.isdigit()) or len(text) > 12 or int(text) > LARGEST_COUNT:
        return None
    return int(text)


def read_hierarchies(path: Path, names: Sequence[str]) -> list[Dimension]:
    """The tree of each dimension, from rows of dimension, child, parent. Raises InputRefused."""
    heads, rows = read_rows(path)
    if sorted(heads) != sorted(HEADS):
        text, remedy = _("The headings are not dimension, child, parent."), _("Correct them.")
        raise refused([Problem(1, path.name, ", ".join(heads)[:60], text, remedy)])
    pairs: dict[str, list[tuple[str, str]]] = {name: [] for name in names}
    numbers: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for number, row in rows:
        name, child = row["dimension"], row["child"]
        if problem := _fault(number, row, pairs, numbers):
            problems.append(problem)
            continue
        numbers[name, child] = number
        pairs[name].append((child, row["parent"]))
    if not problems:
        problems = [problem for name in names for problem in _unrooted(name, pairs[name], numbers)]
    if problems:
        raise refused(problems)
    return [dimension_from_pairs(name, pairs[name]) for name in names]


def _fault(
    number: int, row: dict[str, str], pairs: dict[str, list[tuple[str, str]]], numbers: dict[tuple[str, str], int]
) -> Problem | None:
    name, child, parent = (row[head] for head in HEADS)
    if name not in pairs:
        return Problem(number, HEADS[0], name, _("The table has no such column."), _("Correct it or leave it out."))
    if child in ("", ROOT) or parent == "":
        head, value = (HEADS[2], parent) if parent == "" else (HEADS[1], child)
        return Problem(number, head, value, _("This is no code."), _("The root * is only a parent."))
    if (name, child) in numbers:
        text = _("This code stands in row %(row)s already.") % {"row": numbers[name, child]}
        return Problem(number, HEADS[1], child, text, _("Give each code one parent."))
    return None


def _unrooted(name: str, pairs: list[tuple[str, str]], numbers: dict[tuple[str, str], int]) -> list[Problem]:
    """The codes that don't hang on the root: their parent is unknown, or they go round in a circle."""
    inside: dict[str, list[str]] = {}
    for child, parent in pairs:
        inside.setdefault(parent, []).append(child)
    reached, waiting = {ROOT}, [ROOT]
    while waiting:
        for child in inside.get(waiting.pop(), []):
            reached.add(child)
            waiting.append(child)
    text, remedy = _("This parent doesn't lead to the root *."), _("Add the row of the parent, or correct it.")
    return [
        Problem(numbers[name, child], HEADS[2], parent, text, remedy) for child, parent in pairs if child not in reached
    ]
