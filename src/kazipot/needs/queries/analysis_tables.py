"""The protected tables and the estimates of a year's analysis, as plain data that can be frozen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.random import PCG64, Generator
from numpy.typing import NDArray

from kazipot.core.survey.linearisation import Grouping, Respondents
from kazipot.core.survey.need_counts import Cell, CountsShown, Worlds, shown_counts
from kazipot.core.survey.need_editions import Edition, Shown
from kazipot.core.survey.need_estimates import LARGE, Figures, Weighted, by_group, figures, interval, weighted
from kazipot.core.survey.needs_tables import WHOLE, Group, Tally, kind_key, unit_key
from kazipot.core.survey.suppression import ROOT
from kazipot.core.survey.weighting import Codes
from kazipot.needs.queries.editions import Earlier, hidden_for, states_of
from kazipot.needs.queries.respondents import Survey

ANY = "any"
"""The one column of tables of people, whatever the competence."""
SEED = 1
"""Only the order in which the audit looks at tables depends on it."""

type Table = dict[str, dict[str, list[int | None]]]
"""{group: {column: counts of the states, None where hidden}}"""


@dataclass(frozen=True, slots=True)
class Made:
    """A table that may be published, and how much of it is hidden."""

    table: Table
    hidden: int
    cells: int
    checked: int
    parts: list[tuple[CountsShown, Worlds]] = field(default_factory=list)


def parents_of(groups: Iterable[Group]) -> dict[str, str | None]:
    """The tree of the groups."""
    return {group.key: group.parent for group in groups}


@dataclass(frozen=True, slots=True)
class Plan:
    """A table to be protected: its tree of groups, the areas of its columns (none: columns aren't added up), its
    shown bases and its leaves."""

    parents: Mapping[str, str | None]
    areas: Mapping[str, str]
    bases: Sequence[Cell]
    leaves: Mapping[Cell, NDArray[np.int64]]

    def parts(self) -> Iterator["Plan"]:
        """Columns that aren't added up are tables of their own."""
        if self.areas:
            yield self
            return
        for column in sorted({column for _group, column in self.leaves}):
            bases = [base for base in self.bases if base[1] == column]
            leaves = {cell: counts for cell, counts in self.leaves.items() if cell[1] == column}
            yield Plan(self.parents, {column: ROOT}, bases, leaves)


def protected(plan: Plan, before: Sequence[Shown] = (), editions: Sequence[Edition] = ()) -> Made:
    """What of a table may be published beside what was told `before` and its earlier editions.

    Raises DerivableError.
    """
    table: Table = {}
    parts: list[tuple[CountsShown, Worlds]] = []
    hidden = cells = checked = 0
    for part in plan.parts():
        rng, worlds = Generator(PCG64(SEED)), Worlds()
        names = {column for _group, column in part.leaves} | ({*part.areas.values(), ROOT} if plan.areas else set())
        then = [edition.column(names) for edition in editions]
        shown = shown_counts(
            part.parents, part.areas, part.leaves, part.bases, rng=rng, before=before, editions=then, worlds=worlds
        )
        parts.append((shown, worlds))
        for (group, column), counts in shown.counts.items():
            if plan.areas or column != ROOT:
                table.setdefault(group, {})[column] = list(counts)
                hidden, cells = hidden + counts.count(None), cells + len(counts)
        checked += shown.checked
    return Made(table, hidden, cells, checked, parts)


def _shown(content: Mapping[str, Any], name: str) -> dict[Cell, Sequence[int | None]]:
    tables = content.get("tables", {}).get(name, {})
    return {(group, column): counts for group, line in tables.items() for column, counts in line.items()}


def protected_tables(
    groups: Sequence[Group],
    kinds: Mapping[int, str],
    tallies: Mapping[int, Mapping[int, Tally]],
    found: Survey,
    areas: Mapping[str, str],
    versions: Sequence[Earlier],
    years: Sequence[Earlier],
) -> dict[str, Made]:
    """Every table of counts of the analysis, beside the year's earlier `versions` (oldest first) and earlier `years`.

    By unit: `need` (stated, not) and `below` (own level below the needed one, not). By kind of unit: `required` (own
    level below what the post asks for, not), `levels` (own level 0 to 4), and `people`, who have a need in any
    competence (stated and required, stated only, required only, neither). Raises DerivableError.
    """
    bases = [(group.key, str(pk)) for group in groups for pk in group.figures or ()]
    by_unit = parents_of(groups)
    by_kind = {key: parent for key, parent in by_unit.items() if not key.startswith("unit:")}
    upper = [base for base in bases if base[0] in by_kind]
    people = [(group.key, ANY) for group in groups if group.people is not None and group.key in by_kind]
    leaves = _leaves(tallies, found, kinds)
    plans = {
        "need": Plan(by_unit, areas, bases, leaves["need"]),
        "below": Plan(by_unit, {}, bases, leaves["below"]),
        "required": Plan(by_kind, areas, upper, leaves["required"]),
        "levels": Plan(by_kind, {}, upper, leaves["levels"]),
        "people": Plan(by_kind, {}, people, leaves["people"]),
    }
    out = [(one.content, _leaves(one.tallies, one.found, kinds)) for one in versions if one.found is not None]
    return {
        name: protected(
            plan,
            [hidden_for(found, then, kinds, plan.areas, name) for then in years],
            [Edition(then[name], _shown(content, name)) for content, then in out],
        )
        for name, plan in plans.items()
    }


def _leaves(
    tallies: Mapping[int, Mapping[int, Tally]], found: Survey, kinds: Mapping[int, str]
) -> dict[str, dict[Cell, NDArray[np.int64]]]:
    """The states' counts of each table in its smallest groups."""
    kind_of = [kind_key(kinds[place]) for place in found.place_ids]
    states = states_of(found)
    return {
        "need": _of_tallies(tallies, lambda tally: (tally.needs, tally.people - tally.needs)),
        "below": _of_tallies(tallies, lambda tally: (tally.below, tally.people - tally.below)),
        **{
            name: _of_states(found, kind_of, *states[name], [ANY] if name == "people" else None)
            for name in ("required", "levels", "people")
        },
    }


def _of_tallies(tallies: Mapping[int, Mapping[int, Tally]], states: Any) -> dict[Cell, NDArray[np.int64]]:
    return {
        (unit_key(place), str(pk)): np.array(states(tally), dtype=np.int64)
        for place, line in tallies.items()
        for pk, tally in line.items()
    }


def _of_states(
    found: Survey,
    kind_of: Sequence[str],
    states: NDArray[np.int8],
    size: int,
    columns: Sequence[str] | None = None,
) -> dict[Cell, NDArray[np.int64]]:
    names = sorted(set(kind_of))
    code = np.array([names.index(name) for name in kind_of], dtype=np.intp)[found.places]
    cells: dict[Cell, NDArray[np.int64]] = {}
    for column, pk in enumerate(columns or found.competence_ids):
        here = states[:, column] >= 0
        flat = np.bincount(code[here] * size + states[here, column], minlength=len(names) * size)
        for number, counts in enumerate(flat.reshape(len(names), size)):
            cells[names[number], str(pk)] = counts
    return cells


@dataclass(frozen=True, slots=True)
class Estimated:
    """Estimates by group key, as plain data, and what was done to get the weights."""

    groups: dict[str, dict[str, Any]]
    weights: dict[str, Any]


def estimated(groups: Sequence[Group], found: Survey, kinds: Mapping[int, str], made: Mapping[str, Made]) -> Estimated:
    """The estimates of every shown group; what the tables hide isn't estimated either."""
    raked = weighted(found.asked)
    place_kinds = [kind_key(kinds[place]) for place in found.place_ids]
    names = sorted(set(place_kinds))
    kind_codes = np.array([names.index(name) for name in place_kinds], dtype=np.intp)
    shown = {group.key: group for group in groups if group.figures is not None}
    told: dict[str, dict[str, Any]] = {}
    layers = [
        ([WHOLE], np.zeros(len(found.place_ids), dtype=np.intp)),
        (names, kind_codes),
        ([unit_key(place) for place in found.place_ids], np.arange(len(found.place_ids), dtype=np.intp)),
    ]
    for keys, code_of in layers:
        told |= _layer(keys, code_of, found, raked, shown, made)
    return Estimated(told, _weights(raked))


def _layer(
    keys: Sequence[str],
    code_of: Codes,
    found: Survey,
    raked: Weighted,
    shown: Mapping[str, Group],
    made: Mapping[str, Made],
) -> dict[str, dict[str, Any]]:
    codes, size = code_of[found.places], len(keys)
    answered = np.bincount(codes, minlength=size)
    asked = np.bincount(code_of[found.asked_places], found.asked.design, minlength=size)
    large = answered >= LARGE
    told: dict[str, dict[str, Any]] = {}
    for name, inside in (("raked", large), ("group", ~large)):
        if not any(keys[code] in shown for code in np.flatnonzero(inside).tolist()):
            continue
        people: Respondents = raked.respondents if name == "raked" else by_group(codes, size, asked)
        grouping = Grouping(np.where(inside[codes], codes, -1), size)
        made_of = figures(
            people, grouping, found.own, found.needed, found.wants, with_levels=not keys[0].startswith("u")
        )
        for code in np.flatnonzero(inside).tolist():
            if keys[code] in shown:
                told[keys[code]] = {
                    "weights": name,
                    "population": round(float(asked[code])),
                    "lines": _lines(shown[keys[code]], code, found, made_of, made),
                }
    return told


def _lines(group: Group, code: int, found: Survey, made_of: Figures, made: Mapping[str, Made]) -> dict[str, Any]:
    lines: dict[str, Any] = {}
    for column, pk in enumerate(found.competence_ids):
        if pk not in (group.figures or {}):
            continue
        is_told = {
            name: made[name].table.get(group.key, {}).get(str(pk), [None])[0] is not None for name in ("need", "below")
        }
        place = code, column
        lines[str(pk)] = {
            "own": interval(made_of.own, *place, digits=2),
            "needed": interval(made_of.needed, *place, digits=2),
            "below": interval(made_of.below, *place, 1, digits=3) if is_told["below"] else None,
            "share": interval(made_of.share, *place, 1, digits=3) if is_told["need"] else None,
            "needs": interval(made_of.needs, *place, 1, digits=0) if is_told["need"] else None,
            **_levels(group.key, str(pk), place, made_of, made),
        }
    return lines


def _levels(key: str, pk: str, place: tuple[int, int], made_of: Figures, made: Mapping[str, Made]) -> dict[str, Any]:
    counts = made["levels"].table.get(key, {}).get(pk)
    if counts is None or made_of.levels is None:
        return {}
    return {
        "levels": [
            None if count is None else interval(made_of.levels, *place, level, digits=3)
            for level, count in enumerate(counts)
        ]
    }


def _weights(raked: Weighted) -> dict[str, Any]:
    return {
        "base": "design",
        "raked_to": list(raked.margins),
        "converged": raked.converged,
        "merged": [{"margin": merger.margin, "names": list(merger.names)} for merger in raked.mergers],
        "answers": len(raked.respondents.weights),
        "effective_size": round(raked.effective_size, 1),
        "lonely_strata": raked.respondents.lonely_strata,
        "silent_strata": raked.respondents.silent_strata,
    }
