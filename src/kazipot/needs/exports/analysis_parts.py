"""The tables of a published analysis one by one: for CSV files, sheets of a workbook, and the PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from kazipot.needs import queries


@dataclass(frozen=True, slots=True)
class Part:
    """A table: its name in addresses, its title, and what is in it; what is hidden is None."""

    name: str
    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def parts(content: Mapping[str, Any]) -> list[Part]:
    """All tables besides the one of groups and competences, in the reader's language; empty ones are left out."""
    found = [
        Part("definitions", _("Needs by definition"), _definition_columns(), list(_definitions(content))),
        Part("trend", _("Change since earlier years"), _trend_columns(), list(_trend(content))),
        Part("priorities", _("Priorities"), _priority_columns(), list(_priorities(content))),
        Part("demand", _("Demand for training"), demand_columns(), list(demand_rows(content))),
        Part("demand-kinds", _("Demand by kind of unit"), demand_kind_columns(), list(demand_kind_rows(content))),
        Part("units", _("Units reached"), _unit_columns(), list(_units(content))),
        Part("heard", _("Heard in interviews"), _heard_columns(), list(_heard(content))),
        Part("quotes", _("What people said"), _quote_columns(), list(_quotes(content))),
    ]
    return [part for part in found if part.rows]


def _definition_columns() -> list[str]:
    return [_("Group"), _("Stated (official)"), _("Required"), _("Both"), _("Neither")]


def _definitions(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    for row in queries.people(content):
        yield [row.label, row.stated, row.required, row.both, row.neither]


def _trend_columns() -> list[str]:
    figures = (_("Share with a stated need"), _("Own level (mean)"))
    parts_of = (_("then"), _("now"), _("change"), _("lower bound"), _("upper bound"), _("what is told"))
    return [
        _("Group"), _("Since year"), _("Competence"),
        *(f"{figure} – {part}" for figure in figures for part in parts_of),
    ]  # fmt: skip


def _trend(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    for group in queries.groups(content):
        for since in queries.trend(content, group.key):
            for line in since.lines:
                cells: list[Any] = []
                for one in (line.share, line.own):
                    cells += [one.then, one.now, one.value, one.lower, one.upper, one.words] if one else [None] * 6
                yield [group.label, since.year, line.name, *cells]


def _priority_columns() -> list[str]:
    return [
        _("Group"), _("Rank"), _("Competence"), _("Mean gap in levels"), _("Importance"), _("Importance from"),
        _("Reason"), _("People with the gap"), _("Score"), _("lower bound"), _("upper bound"),
    ]  # fmt: skip


def _priorities(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    for group in queries.groups(content):
        for row in queries.priority(content, group.key):
            yield [
                group.label, row.rank, row.name, row.levels, row.importance, row.source_words, row.reason, row.people,
                row.score, row.lower, row.upper,
            ]  # fmt: skip


def demand_columns() -> list[str]:
    """The names of the columns of the demand: one row for each competence, own level and level wanted."""
    return [_("Competence code"), _("Competence"), _("Own level"), _("Level wanted"), _("People")]


def demand_rows(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    """The demand, with sums: without levels (all), without own levels, and one by one. What is hidden is None."""
    for row in queries.demand_told(content):
        yield [row.code, row.name, None, None, row.people]
        for to, people in enumerate(row.to or (), start=1):
            yield [row.code, row.name, None, to, people]
        for own, cells in enumerate(row.cells or ()):
            for to, people in enumerate(cells, start=1):
                if to > own or own == to == len(cells):
                    yield [row.code, row.name, own, to, people]


def demand_kind_columns() -> list[str]:
    """The names of the columns of the demand by kind of unit."""
    levels = [_("To level %(level)s") % {"level": level} for level in range(1, 5)]
    return [_("Competence code"), _("Competence"), _("Kind of unit"), _("People"), *levels]


def demand_kind_rows(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    """One row for each competence and kind of unit whose needs are told. What is hidden is None."""
    for row in queries.demand_told(content):
        for kind in row.kinds:
            yield [row.code, row.name, kind.label, kind.people, *kind.to]


def _unit_columns() -> list[str]:
    return [
        _("Kind of unit"), _("Survey and interviews"), _("Survey alone"), _("Interviews alone"), _("Neither"),
        _("Interviews held"), _("People interviewed"),
    ]  # fmt: skip


def _units(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    for row in queries.reached(content):
        yield [row.label, row.both, row.survey, row.interviews, row.neither, row.held, row.people]


def _heard_columns() -> list[str]:
    return [_("Competence"), _("Gaps"), _("Barriers"), _("Ideas"), _("Good practices")]


def _heard(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    for row in queries.heard_told(content):
        yield [row.name, *row.kinds]


def _quote_columns() -> list[str]:
    return [_("What it is about"), _("What was said"), _("Original words"), _("Where")]


def _quotes(content: Mapping[str, Any]) -> Iterator[list[Any]]:
    for heading, said in queries.quotes_told(content):
        for quote in said:
            yield [heading, quote.text, _("yes") if quote.is_original else _("no"), quote.origin]
