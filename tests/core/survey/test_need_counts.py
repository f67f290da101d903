"""Counts of the analysis by group × competence × state are protected over the whole hierarchy."""

import itertools

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kazipot.core.survey import need_counts
from kazipot.core.survey.disclosure import Published, protect
from kazipot.core.survey.need_counts import DerivableError, shown_counts
from kazipot.core.survey.need_editions import Edition

TREE = {"whole": None, "k": "whole", "l": "whole", "u": "k", "v": "k", "w": "l", "x": "l"}
AREAS = {"1": "area:a", "2": "area:a", "3": "area:b"}
EVERYTHING = list(itertools.product(TREE, AREAS))


def rng() -> np.random.Generator:
    return np.random.default_rng(1)


def counted(**rows: tuple[int, int]) -> dict[tuple[str, str], np.ndarray]:
    """Yes and no of units in competence 1; 20 and 20 elsewhere."""
    found = {(unit, line): np.array([20, 20]) for unit in "uvwx" for line in AREAS}
    return found | {(unit, "1"): np.array(pair) for unit, pair in rows.items()}


def test_large_counts_are_all_shown_with_their_areas_and_the_whole() -> None:
    found = shown_counts(TREE, AREAS, counted(), EVERYTHING, rng=rng())
    assert found.hidden == 0
    assert found.counts["whole", "*"] == (240, 240)
    assert found.counts["k", "area:a"] == (80, 80)
    assert found.counts["u", "3"] == (20, 20)
    assert len(found.counts) == 7 * 6


def test_a_small_count_is_hidden_with_what_would_tell_it() -> None:
    found = shown_counts(TREE, AREAS, counted(u=(2, 38)), EVERYTHING, rng=rng())
    assert found.counts["u", "1"] == (None, None)
    assert found.counts["whole", "1"] == (62, 98)
    hidden = {cell for cell, told in found.counts.items() if None in told}
    assert len(hidden) >= 4
    assert found.checked == found.hidden


def test_zeros_are_shown() -> None:
    found = shown_counts(TREE, AREAS, counted(u=(0, 40)), EVERYTHING, rng=rng())
    assert found.hidden == 0
    assert found.counts["u", "1"] == (0, 40)


def test_a_group_without_base_has_no_counts_and_its_areas_neither() -> None:
    bases = [cell for cell in EVERYTHING if cell not in {("u", "1"), ("v", "1")}]
    found = shown_counts(TREE, AREAS, counted(u=(2, 1)), bases, rng=rng())
    assert not {("u", "1"), ("v", "1"), ("u", "area:a"), ("v", "area:a"), ("u", "*")} & set(found.counts)
    assert found.counts["u", "3"] == (20, 20)
    assert found.counts["k", "1"] == (22, 21)


def test_a_hidden_group_whose_counts_follow_from_its_kind_in_one_competence_is_no_obstacle() -> None:
    people = {("u", "1"): (0, 6), ("u", "2"): (3, 3), ("v", "2"): (2, 2)}
    leaves = counted() | {(unit, line): np.array(people.get((unit, line), (0, 0))) for unit in "uv" for line in AREAS}
    bases = [(group, line) for group, line in EVERYTHING if group not in "uv" and (group, line) != ("k", "3")]
    found = shown_counts(TREE, AREAS, leaves, bases, rng=rng())
    assert found.counts["k", "1"] == (0, 6)
    assert not {("u", "1"), ("v", "1")} & set(found.counts)


def test_a_count_that_was_hidden_and_follows_from_its_base_now_is_no_obstacle() -> None:
    found = shown_counts(
        TREE,
        AREAS,
        counted(u=(0, 40)),
        EVERYTHING,
        rng=rng(),
        before=[{("u", "1"): (None, None), ("v", "1"): (18, 20)}],
    )
    assert found.counts["u", "1"] == (0, 40)


def test_what_was_hidden_stays_hidden() -> None:
    found = shown_counts(TREE, AREAS, counted(), EVERYTHING, rng=rng(), before=[{("u", "1"): (None, None)}])
    assert found.counts["u", "1"] == (None, None)


def test_a_count_that_few_joined_is_hidden_and_one_that_stayed_is_not() -> None:
    before = {("u", "1"): (17, 20), ("v", "1"): (20, 20), ("w", "1"): (12, 20)}
    found = shown_counts(TREE, AREAS, counted(), EVERYTHING, rng=rng(), before=[before])
    assert found.counts["u", "1"] == (None, None)
    assert found.counts["w", "1"] == (20, 20)


def test_a_pattern_that_leaks_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        hidden = np.zeros(0, dtype=bool)

    def hides_nothing(problem: object, **_limits: int) -> Nothing:
        found = Nothing()
        found.hidden = np.zeros(len(problem.must), dtype=bool)  # type: ignore[attr-defined]
        return found

    monkeypatch.setattr(need_counts, "suppress", hides_nothing)
    with pytest.raises(DerivableError) as caught:
        shown_counts(TREE, AREAS, counted(u=(2, 38)), EVERYTHING, rng=rng())
    assert ("u", "1", "0") in caught.value.cells


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=12, max_size=12))
def test_the_tree_rule_and_suppression_together_never_leak(pairs: list[tuple[int, int]]) -> None:
    leaves = {
        (unit, line): np.array(pair) for (unit, line), pair in zip(itertools.product("uvwx", AREAS), pairs, strict=True)
    }
    bases = []
    for line in AREAS:
        people = {unit: int(leaves[unit, line].sum()) for unit in "uvwx"}
        people |= {"k": people["u"] + people["v"], "l": people["w"] + people["x"]}
        people["whole"] = people["k"] + people["l"]
        bases += [(group, line) for group in protect(TREE, people)]
    found = shown_counts(TREE, AREAS, leaves, bases, rng=rng())  # its audit raises
    assert all(count is None or count == 0 or count >= 5 for told in found.counts.values() for count in told)


def drawn(data: st.DataObject, most: int) -> dict[tuple[str, str], np.ndarray]:
    pairs = st.tuples(st.integers(0, most), st.integers(0, most))
    return {cell: np.array(data.draw(pairs)) for cell in itertools.product("uvwx", AREAS)}


def added(*parts: dict[tuple[str, str], np.ndarray]) -> dict[tuple[str, str], np.ndarray]:
    return {cell: sum((part[cell] for part in parts), np.zeros(2, dtype=np.int64)) for cell in parts[0]}


def told_bases(
    leaves: dict[tuple[str, str], np.ndarray], before: dict[str, Published] | None = None
) -> tuple[list[tuple[str, str]], dict[str, Published]]:
    """The bases that the tree rule lets be told, competence by competence, and what the next edition has to know."""
    bases, later = [], {}
    for line in AREAS:
        people = {unit: int(leaves[unit, line].sum()) for unit in "uvwx"}
        people |= {"k": people["u"] + people["v"], "l": people["w"] + people["x"]}
        people["whole"] = people["k"] + people["l"]
        shown = protect(TREE, people, before=before[line] if before else None)
        bases += [(group, line) for group in shown]
        later[line] = Published(people, shown)
    return bases, later


INSIDE = {"whole": "uvwx", "k": "uv", "l": "wx", **{unit: unit for unit in "uvwx"}}


def columns_of(column: str) -> list[str]:
    return [line for line in AREAS if column in (line, AREAS[line], "*")]


def subtracted(editions: list[tuple[dict, list, dict]]) -> list[tuple]:
    """Small counts, of an edition or of what came in between, of which all editions together tell too much.

    The variables are the counts of leaf cells in the first edition, and what came since in each later one.
    """
    cells = list(itertools.product("uvwx", AREAS, (0, 1)))
    spot = {cell: number for number, cell in enumerate(cells)}
    size = len(cells)
    truth = np.zeros(size * len(editions))
    for number, (leaves, _, _) in enumerate(editions):
        before = editions[number - 1][0] if number else None
        for unit, line, state in cells:
            then = before[unit, line][state] if before else 0
            truth[number * size + spot[unit, line, state]] = leaves[unit, line][state] - then

    def row(group: str, column: str, states: tuple[int, ...], numbers: range) -> np.ndarray:
        found = np.zeros(truth.size)
        for number, unit, line, state in itertools.product(numbers, INSIDE[group], columns_of(column), states):
            found[number * size + spot[unit, line, state]] = 1
        return found

    known = []
    for number, (_, bases, shown) in enumerate(editions):
        known += [row(group, line, (0, 1), range(number + 1)) for group, line in bases]
        for (group, column), counts in shown.items():
            known += [row(group, column, (s,), range(number + 1)) for s in (0, 1) if counts[s] is not None]
    matrix, found = np.array(known), []
    for group, line, state in itertools.product(TREE, AREAS, (0, 1)):
        for first, last in itertools.combinations_with_replacement(range(len(editions)), 2):
            for numbers in (range(last + 1), range(first, last + 1)):
                aim = row(group, line, (state,), numbers)
                if 0 < aim @ truth < 5:
                    ends = [linprog(sign * aim, A_eq=matrix, b_eq=matrix @ truth, method="highs") for sign in (1, -1)]
                    low, high = (np.inf if end.status == 3 else abs(end.fun) for end in ends)
                    if high - low < 5 - 1e-6 or high < 5 - 1e-6:
                        found.append((group, line, state, numbers, low, high))
    return found


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(data=st.data(), later=st.integers(1, 2), most=st.sampled_from([3, 9]))
def test_whoever_subtracts_editions_works_out_nothing_small(data: st.DataObject, later: int, most: int) -> None:
    leaves = drawn(data, 12)
    bases, people = told_bases(leaves)
    if not bases:
        return
    out = [(leaves, bases, dict(shown_counts(TREE, AREAS, leaves, bases, rng=rng()).counts))]
    for _ in range(later):
        leaves = added(leaves, drawn(data, most))
        bases, people = told_bases(leaves, people)
        editions = [Edition(then, shown) for then, _, shown in out]
        out.append((leaves, bases, dict(shown_counts(TREE, AREAS, leaves, bases, rng=rng(), editions=editions).counts)))
    assert subtracted(out) == []


def test_an_earlier_edition_that_few_have_joined_since_hides_what_it_would_tell() -> None:
    then = counted(u=(17, 18), v=(20, 20))
    editions = [Edition(then, shown_counts(TREE, AREAS, then, EVERYTHING, rng=rng()).counts)]
    alone = shown_counts(TREE, AREAS, counted(u=(20, 20), v=(20, 20)), EVERYTHING, rng=rng())
    found = shown_counts(TREE, AREAS, counted(u=(20, 20), v=(20, 20)), EVERYTHING, rng=rng(), editions=editions)
    assert alone.hidden == 0
    assert found.counts["u", "1"] == (None, None)


def test_editions_whose_counts_fell_are_compared_directly() -> None:
    then = counted(u=(23, 20))
    shown = shown_counts(TREE, AREAS, then, EVERYTHING, rng=rng()).counts
    found = shown_counts(TREE, AREAS, counted(), EVERYTHING, rng=rng(), editions=[Edition(then, shown)])
    assert found.counts["u", "1"] == (None, None)
