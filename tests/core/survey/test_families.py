"""Families beside units and kinds: whoever knows every published table works out nothing small."""

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kazipot.core.survey.disclosure import protect
from kazipot.core.survey.families import Crossed, family_bases, rests, shown_by_family
from kazipot.core.survey.need_counts import CountsShown, DerivableError, Worlds, shown_counts

TREE = {"whole": None, "k": "whole", "l": "whole", "u": "k", "v": "k", "w": "l", "x": "l"}
PLACES, FAMILIES, COLUMNS = ("u", "v", "w", "x"), ("f", "g", "h"), ("1", "2")
AREAS = dict.fromkeys(COLUMNS, "area:a")
INSIDE = {"whole": PLACES, "k": ("u", "v"), "l": ("w", "x"), **{place: (place,) for place in PLACES}}
K = 5


@dataclass(frozen=True)
class Everything:
    """All that is published of a population, and the population: {table: people by place, family, column, state}."""

    people: dict[str, np.ndarray]
    bases: set[tuple[str, str]]
    family_bases: frozenset[tuple[str, str]]
    by_place: dict[str, list[CountsShown]]
    by_family: dict[str, dict[tuple[str, str], tuple[int | None, ...]]]


def published(people: dict[str, np.ndarray]) -> Everything:
    """As the analysis publishes: `need` with areas, `below` competence by competence."""
    bases = set()
    for column, name in enumerate(COLUMNS):
        counts = {
            group: sum(int(people["need"][PLACES.index(p), :, column].sum()) for p in INSIDE[group]) for group in TREE
        }
        bases |= {(group, name) for group in protect(TREE, counts)}
    crossed = {table: Crossed(TREE, PLACES, FAMILIES, COLUMNS, cells) for table, cells in people.items()}
    told = family_bases(crossed["need"], bases)
    by_place, by_family = {}, {}
    for table, cells in people.items():
        made = []
        for part in [AREAS] if table == "need" else [{name: "*"} for name in COLUMNS]:
            leaves = {(p, c): cells[n, :, COLUMNS.index(c)].sum(axis=0) for n, p in enumerate(PLACES) for c in part}
            worlds = Worlds()
            inner = [base for base in bases if base[1] in part]
            made.append((shown_counts(TREE, part, leaves, inner, rng=np.random.default_rng(1), worlds=worlds), worlds))
        by_place[table] = [shown for shown, _ in made]
        by_family[table] = shown_by_family(crossed[table], bases, told, made, rng=np.random.default_rng(1))
    return Everything(people, bases, told, by_place, by_family)


def spot(table: int, cell: tuple[int, ...]) -> int:
    """The variable of a table's leaf cell."""
    size = len(PLACES) * len(FAMILIES) * len(COLUMNS) * 2
    return table * size + int(np.ravel_multi_index(cell, (len(PLACES), len(FAMILIES), len(COLUMNS), 2)))


def row(
    groups: tuple[str, ...], families: tuple[str, ...], columns: tuple[str, ...], states: tuple, tables: dict
) -> np.ndarray:
    """Σ sign · cells of the tables {number: sign}."""
    found = np.zeros(2 * len(PLACES) * len(FAMILIES) * len(COLUMNS) * 2)
    for place, family, column, state in itertools.product(groups, families, columns, states):
        for table, sign in tables.items():
            found[spot(table, (PLACES.index(place), FAMILIES.index(family), COLUMNS.index(column), state))] += sign
    return found


def known(told: Everything) -> list[np.ndarray]:
    """Every published figure as an equation over the leaf cells of both tables, and that both count the same people."""
    rows = [row((p,), (f,), (c,), (0, 1), {0: 1, 1: -1}) for p, f, c in itertools.product(PLACES, FAMILIES, COLUMNS)]
    rows += [row(INSIDE[g], FAMILIES, (c,), (0, 1), {0: 1}) for g, c in told.bases]
    rows += [row(PLACES, (f,), (c,), (0, 1), {0: 1}) for f, c in told.family_bases]
    for number, table in enumerate(told.people):
        for shown in told.by_place[table]:
            for (group, column), counts in shown.counts.items():
                columns = (column,) if column in COLUMNS else COLUMNS if len(told.by_place[table]) == 1 else ()
                rows += [
                    row(INSIDE[group], FAMILIES, columns, (s,), {number: 1}) for s in (0, 1) if counts[s] is not None
                ]
        for (family, column), counts in told.by_family[table].items():
            rows += [row(PLACES, (family,), (column,), (s,), {number: 1}) for s in (0, 1) if counts[s] is not None]
    return rows


def narrow_cells(told: Everything) -> list[tuple]:
    """Small counts of groups and families of which all published figures together tell an interval under k wide."""
    truth = np.concatenate([cells.ravel() for cells in told.people.values()])
    matrix = np.array(known(told))
    found = []
    for number, (c, s) in itertools.product((0, 1), itertools.product(COLUMNS, (0, 1))):
        for place, family in [*((g, None) for g in TREE), *((None, f) for f in FAMILIES)]:
            aim = row(INSIDE[place] if place else PLACES, (family,) if family else FAMILIES, (c,), (s,), {number: 1})
            if not 0 < aim @ truth < K:
                continue
            ends = [linprog(sign * aim, A_eq=matrix, b_eq=matrix @ truth, method="highs") for sign in (1, -1)]
            low, high = (np.inf if end.status == 3 else abs(end.fun) for end in ends)
            if high - low < K - 1e-6 or high < K - 1e-6:
                found.append((number, c, s, place or family, low, high))
    return found


def small_sets(told: Everything) -> list[tuple]:
    """Sets of crossings with 1 to k − 1 people (or of a state) that adding and subtracting gives."""
    found = []
    crossings = list(itertools.product(range(len(PLACES)), range(len(FAMILIES))))
    for number, (table, cells) in enumerate(told.people.items()):
        for column, name in enumerate(COLUMNS):
            people = cells[:, :, column].sum(axis=2)
            inside = [(p, f) for p, f in crossings if people[p, f]]
            if not inside:
                continue
            sets = ((np.arange(1, 2 ** len(inside))[:, None] >> np.arange(len(inside))) & 1).astype(float)
            counts = {
                g: told_counts
                for shown in told.by_place[table]
                for (g, c), told_counts in shown.counts.items()
                if c == name
            }
            for state in (None, 0, 1):
                groups = (
                    [g for g, c in told.bases if c == name]
                    if state is None
                    else [g for g in counts if counts[g][state] is not None]
                )
                families = (
                    [f for f, c in told.family_bases if c == name]
                    if state is None
                    else [
                        f
                        for (f, c), told_counts in told.by_family[table].items()
                        if c == name and told_counts[state] is not None
                    ]
                )
                rows = [[float(PLACES[p] in INSIDE[g]) for p, f in inside] for g in groups]
                rows += [[float(FAMILIES[f] == h) for p, f in inside] for h in families]
                if not rows:
                    continue
                weights = np.array([people[p, f] if state is None else cells[p, f, column, state] for p, f in inside])
                _u, size, v = np.linalg.svd(np.array(rows))
                null = v[(size > 1e-9).sum() :]
                totals = sets @ weights
                small = (totals > 0) & (totals < K) & (np.abs(sets @ null.T).max(axis=1, initial=0) < 1e-9)
                found += [(number, name, state, total) for total in totals[small]]
    return found


def population(seed: int, size: int, lumps: float) -> dict[str, np.ndarray]:
    """People with a place, a family that goes with it more or less, and two answers to each competence asked."""
    rng = np.random.default_rng(seed)
    place = rng.choice(len(PLACES), size, p=rng.dirichlet(np.full(len(PLACES), 2.0)))
    chance = rng.dirichlet(np.full(len(FAMILIES), lumps), len(PLACES))
    family = np.array([rng.choice(len(FAMILIES), p=chance[p]) for p in place])
    asked = rng.random((len(FAMILIES), len(COLUMNS))) < 0.8
    found = {}
    for table in ("need", "below"):
        share = rng.beta(1, 2, len(COLUMNS))
        cells = np.zeros((len(PLACES), len(FAMILIES), len(COLUMNS), 2), dtype=np.int64)
        for p, f in zip(place, family, strict=True):
            for column in np.flatnonzero(asked[f]):
                cells[p, f, column, int(rng.random() > share[column])] += 1
        found[table] = cells
    return found


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**6), size=st.integers(20, 250), lumps=st.sampled_from([0.1, 0.5, 3.0]))
def test_all_published_tables_together_tell_nothing_small(seed: int, size: int, lumps: float) -> None:
    told = published(population(seed, size, lumps))
    assert narrow_cells(told) == []
    assert small_sets(told) == []


def test_large_families_are_told() -> None:
    cells = np.full((4, 3, 2, 2), 20)
    told = published({"need": cells, "below": cells})
    assert told.by_family["need"]["f", "1"] == (80, 80)
    assert len(told.family_bases) == 6


def test_a_family_that_is_a_unit_but_for_two_people_is_not_told() -> None:
    cells = np.zeros((4, 3, 2, 2), dtype=np.int64)
    cells[:] = 20
    cells[:, 0] = 0
    cells[0] = 0
    cells[0, 0] = 15
    cells[0, 1, :, 0] = 2
    told = published({"need": cells, "below": cells})
    assert {family for family, _ in told.family_bases} == {"g"}  # f alone hidden would follow from the whole


def test_few_people_without_a_family_take_another_family_with_them() -> None:
    cells = np.full((4, 3, 2, 2), 20)
    cells[:, 2] = 0
    cells[0, 2, :, 0] = 3
    crossed = Crossed(TREE, PLACES, ("f", "g", ""), COLUMNS, cells)
    bases = [(group, column) for group in TREE for column in COLUMNS]
    assert family_bases(crossed, bases) == {("g", "1"), ("g", "2")}


def test_a_place_lies_in_the_rest_of_the_nearest_shown_group() -> None:
    assert rests(TREE, PLACES, {"whole", "l", "w"}) == ("whole", "whole", "w", "l")
    assert rests(TREE, ("u",), {"l"}) == (None,)


def test_a_family_table_that_leaks_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def leaking(*_given: object, **_named: object) -> CountsShown:
        raise DerivableError([("f", "1", "0")])

    cells = np.full((4, 3, 2, 2), 20)
    crossed = Crossed(TREE, PLACES, FAMILIES, COLUMNS, cells)
    leaves = {(p, c): np.array([60, 60]) for p in PLACES for c in COLUMNS}
    bases = [(group, column) for group in TREE for column in COLUMNS]
    worlds = Worlds()
    shown = shown_counts(TREE, AREAS, leaves, bases, rng=np.random.default_rng(1), worlds=worlds)
    monkeypatch.setattr("kazipot.core.survey.families.shown_counts", leaking)
    found = shown_by_family(crossed, bases, {("f", "1")}, [(shown, worlds)], rng=np.random.default_rng(1))
    assert found == {("f", "1"): (None, None)}
