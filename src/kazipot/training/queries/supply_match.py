"""How well the year's sessions match the needs of the published analysis (docs/methods/supply-match.md)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kazipot.core.allocation.match import Cell, Match, Supply, match
from kazipot.needs import queries as needs
from kazipot.training.choices import SessionStatus
from kazipot.training.models import Session
from kazipot.training.queries.records import course_spans

LEVELS = range(4)
"""Own levels at which somebody may have a need."""


@dataclass(frozen=True, slots=True)
class LevelBeside:
    """At an own level: people with a need (None where hidden), and seats that fit them."""

    level: int
    people: int | None
    seats: int


@dataclass(frozen=True, slots=True)
class CompetenceBeside:
    """Need beside seats in a competence: of all needs the level of `placed` is told; so many have a fitting seat."""

    code: str
    name: str
    people: int
    placed: int
    at_least: int
    at_most: int
    levels: tuple[LevelBeside, ...]

    @property
    def hidden(self) -> int:
        """Needs whose level isn't told."""
        return self.people - self.placed


@dataclass(frozen=True, slots=True)
class SupplyMatch:
    """The match of a year, from which version of which analysis it was counted, and for how many sessions and seats."""

    year: int
    analysis: needs.Published
    sessions: int
    seats: int
    match: Match
    rows: tuple[CompetenceBeside, ...]

    @property
    def hidden(self) -> int:
        """Needs whose levels the analysis hides."""
        return sum(row.hidden for row in self.rows)

    @property
    def mostly_hidden(self) -> bool:
        """Whether the levels of more than half of the needs are hidden."""
        return 2 * self.hidden > self.match.needs


def supply_match(year: int) -> SupplyMatch | None:
    """Needs of the latest published analysis of the year, or of the year before, beside the year's sessions that
    aren't cancelled. None while there is no analysis that tells the demand. At most seven queries."""
    analysis = needs.published_version(year, None) or needs.published_version(year - 1, None)
    if analysis is None or not analysis.content.get("demand"):
        return None
    told = [row for row in analysis.content["competences"] if str(row["id"]) in analysis.content["demand"]]
    demand = {row["id"]: analysis.content["demand"][str(row["id"])] for row in told}
    supplies = _supplies(year, analysis.content["framework"]["id"])
    cells = [cell for pk, line in demand.items() for cell in _cells(pk, line) if cell.people]
    found = match(cells, supplies)
    rows = tuple(_beside(row, demand[row["id"]], supplies, found) for row in told)
    return SupplyMatch(year, analysis, len(supplies), sum(supply.seats for supply in supplies), found, rows)


def _supplies(year: int, framework_id: int) -> list[Supply]:
    """The year's sessions, told in the framework of the analysis."""
    spans = course_spans(expressed_in=framework_id)
    rows = Session.objects.filter(starts_on__year=year).exclude(status=SessionStatus.CANCELLED)
    found = []
    for course_id, seats in rows.order_by("pk").values_list("course_id", "capacity"):
        widest: dict[int, tuple[int, int]] = {}
        for span in spans.get(course_id, ()):
            low, high = widest.get(span.competence_id, (span.from_level, span.to_level))
            widest[span.competence_id] = (min(low, span.from_level), max(high, span.to_level))
        found.append(Supply(seats, widest))
    return found


def _cells(competence_id: int, line: Mapping[str, Any]) -> list[Cell]:
    """The needs by level, and those whose level is hidden."""
    told = [Cell(competence_id, level, _people(line, level)[0]) for level in LEVELS]
    return [*told, Cell(competence_id, None, line["people"] - sum(cell.people for cell in told))]


def _people(line: Mapping[str, Any], level: int) -> tuple[int, bool]:
    """How many people at an own level are told, and whether all of them are."""
    if line["cells"] is None:
        return 0, False
    row = line["cells"][level]
    return sum(people or 0 for people in row), None not in row


def _beside(row: Mapping[str, Any], line: Mapping[str, Any], supplies: list[Supply], found: Match) -> CompetenceBeside:
    levels = []
    for level in LEVELS:
        people, is_told = _people(line, level)
        seats = sum(supply.seats for supply in supplies if supply.fits(Cell(row["id"], level, 1)))
        levels.append(LevelBeside(level, people if is_told else None, seats))
    placed = sum(_people(line, level)[0] for level in LEVELS)
    least, most = found.by_competence.get(row["id"], (0, 0))
    return CompetenceBeside(row["code"], needs.named(row), line["people"], placed, least, most, tuple(levels))
