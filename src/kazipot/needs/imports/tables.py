"""A table of counts comes in from files, is protected or audited, and goes out (docs/methods/disclosure.md)."""

import csv
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from kazipot.core.survey.suppression import (
    CountTable,
    Dimension,
    Interval,
    Protected,
    Rule,
    audit,
    protect_table,
    table_from_leaves,
)
from kazipot.foundation.errors import Problem
from kazipot.needs.imports.hierarchies import COUNT, STATUS, Rows, read_hierarchies, read_rows, refused, whole_number

CELLS = 2_000_000
PUBLISHED, SUPPRESSED = "published", "suppressed"


@dataclass(frozen=True, slots=True)
class ProtectedFile:
    """What was written: the table, what is published of it, and the audit if one was asked for."""

    table: CountTable
    protected: Protected
    intervals: list[Interval]


def protect_file(
    path: Path, hierarchy: Path, out: Path, *, k: int, protect_zeros: bool, auditor: np.random.Generator | None
) -> ProtectedFile:
    """Read a table and its hierarchies, write the protected table to `out`. Raises InputRefused, nothing written.

    Audited if there is an `auditor`: the chance by which the audit looks at tables.
    """
    table = _table(path, hierarchy)
    protected = protect_table(table, Rule(k, protect_zeros))
    _write(out, table, protected)
    intervals = []
    if auditor is not None:
        intervals = audit(table, protected.published, k=k, rng=auditor, protect_zeros=protect_zeros)
    return ProtectedFile(table, protected, intervals)


def audit_file(
    path: Path, hierarchy: Path, out: Path, *, k: int, protect_zeros: bool, auditor: np.random.Generator
) -> tuple[CountTable, list[Interval]]:
    """The audit of a protected table that somebody wrote, against the true one. Raises InputRefused."""
    table = _table(path, hierarchy)
    return table, audit(table, _published(out, table), k=k, rng=auditor, protect_zeros=protect_zeros)


def widths_as_json(table: CountTable, intervals: list[Interval]) -> dict[str, Any]:
    """The audit as plain data: each hidden cell with what can be derived of it; an unbounded end is null."""
    return {
        "leaks": sum(interval.leaks for interval in intervals),
        "cells": [
            {
                "cell": dict(zip((d.name for d in table.dimensions), table.cell(interval.place), strict=True)),
                "low": float(interval.low),
                "high": float(interval.high) if math.isfinite(interval.high) else None,
                "width": float(interval.width) if math.isfinite(interval.width) else None,
                "needed": interval.needed,
                "exact": interval.exact,
                "leaks": bool(interval.leaks),
            }
            for interval in intervals
        ],
    }


def _table(path: Path, hierarchy: Path) -> CountTable:
    heads, rows = read_rows(path)
    names = [head for head in heads if head != COUNT]
    if COUNT not in heads or not names or STATUS in names or len(set(heads)) < len(heads) or "" in heads:
        text = _("The headings are not different names of dimensions and count.")
        remedy = _("Name each dimension once, and count.")
        raise refused([Problem(1, path.name, ", ".join(heads)[:60], text, remedy)])
    dimensions = read_hierarchies(hierarchy, names)
    size = math.prod(len(dimension.codes) for dimension in dimensions)
    if size > CELLS:
        text = _("The table would have more than %(cells)s cells.") % {"cells": CELLS}
        raise refused([Problem(None, path.name, str(size), text, _("Split it."))])
    leaves, problems = _leaves(rows, dimensions)
    if problems:
        raise refused(problems)
    return table_from_leaves(dimensions, leaves)


def _leaves(rows: Rows, dimensions: Sequence[Dimension]) -> tuple[Any, list[Problem]]:
    """The counts of the leaf cells (0 where no row tells), and what is wrong with the rows."""
    spots = [{dimension.codes[leaf]: spot for spot, leaf in enumerate(dimension.leaves())} for dimension in dimensions]
    leaves = np.zeros([len(inside) for inside in spots], dtype=np.int64)
    seen: dict[tuple[int, ...], int] = {}
    problems: list[Problem] = []
    for number, row in rows:
        faults = [
            _code_fault(number, row[dimension.name], dimension)
            for dimension, inside in zip(dimensions, spots, strict=True)
            if row[dimension.name] not in inside
        ]
        if (count := whole_number(row[COUNT])) is None:
            text, remedy = _("This is not a count."), _("Write a whole number from 0 to 1,000,000,000.")
            faults.append(Problem(number, COUNT, row[COUNT], text, remedy))
        if faults or count is None:
            problems.extend(faults)
            continue
        codes = [row[dimension.name] for dimension in dimensions]
        cell = tuple(inside[code] for inside, code in zip(spots, codes, strict=True))
        if cell in seen:
            text = _("This cell stands in row %(row)s already.") % {"row": seen[cell]}
            head = ", ".join(dimension.name for dimension in dimensions)
            problems.append(Problem(number, head, ", ".join(codes), text, _("Remove one of the rows.")))
        seen.setdefault(cell, number)
        leaves[cell] = count
    return leaves, problems


def _code_fault(number: int, code: str, dimension: Dimension) -> Problem:
    if code in dimension.codes:
        text, remedy = _("This code has codes below it."), _("Give only cells of the lowest level.")
    else:
        text, remedy = _("This code is not in the hierarchy."), _("Correct it or add it to the hierarchy.")
    return Problem(number, dimension.name, code, text, remedy)


def _published(path: Path, table: CountTable) -> Any:
    """Which cells a protected table publishes. Refused if it isn't one of this table."""
    heads, rows = read_rows(path)
    names = [dimension.name for dimension in table.dimensions]
    problems: list[Problem] = []
    if sorted(heads) != sorted([*names, COUNT, STATUS]):
        text, remedy = _("The headings are not those of a protected table."), _("Write the dimensions, count, status.")
        raise refused([Problem(1, path.name, ", ".join(heads)[:60], text, remedy)])
    spots = [{code: spot for spot, code in enumerate(dimension.codes)} for dimension in table.dimensions]
    published = np.zeros(table.counts.shape, dtype=bool)
    seen = np.zeros(table.counts.shape, dtype=bool)
    for number, row in rows:
        cell = tuple(inside.get(row[name], -1) for name, inside in zip(names, spots, strict=True))
        codes = ", ".join(row[name] for name in names)
        if -1 in cell or seen[cell]:
            text, remedy = _("This cell is not in the table, or stands twice."), _("Correct it.")
            problems.append(Problem(number, ", ".join(names), codes, text, remedy))
            continue
        seen[cell] = True
        published[cell] = row[STATUS] == PUBLISHED
        expected = str(table.counts[cell]) if published[cell] else ""
        if row[STATUS] not in (PUBLISHED, SUPPRESSED) or row[COUNT] != expected:
            text, remedy = _("Count and status don't go with the true table."), _("Correct them.")
            problems.append(Problem(number, COUNT, f"{row[COUNT]} {row[STATUS]}", text, remedy))
    if not problems and not seen.all():
        text = _("Cells are missing.")
        problems.append(Problem(None, path.name, str(int((~seen).sum())), text, _("Write every cell.")))
    if problems:
        raise refused(problems)
    return published


def _write(out: Path, table: CountTable, protected: Protected) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*(dimension.name for dimension in table.dimensions), COUNT, STATUS])
    shown = protected.published.ravel()
    for place, count in enumerate(table.counts.ravel().tolist()):
        status = [count, PUBLISHED] if shown[place] else ["", SUPPRESSED]
        writer.writerow([*table.cell(place), *status])
    try:
        out.write_text(text.getvalue(), encoding="utf-8")
    except OSError as error:
        message = _("This file cannot be written.")
        remedy = _("Choose a folder that exists and that you may write to.")
        raise refused([Problem(None, "--out", str(out), message, remedy)]) from error
