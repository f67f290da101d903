"""Needs by own level and level wanted: protected together with the margins that other tables publish."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kazipot.core.survey.demand_counts import LEVELS, TO, Demand, demand_by_level, demand_counts, possible

PLACES = [(own, to) for own in range(LEVELS) for to in (0, *TO) if to == 0 or possible(own, to)]


def told(people: Any, before: Any = None) -> Demand:
    """What may be told of people by own level and state."""
    return demand_counts(np.array(people), rng=np.random.default_rng(1), before=before)


def bounds(people: np.ndarray, shown: Demand, place: tuple[int, int]) -> tuple[float, float]:
    """What somebody works out of a cell, set up apart from the product: cells, published cells and margins."""
    index = {one: number for number, one in enumerate(PLACES)}
    rows, right = [], []

    def equation(places: list[tuple[int, int]], count: int) -> None:
        row = np.zeros(len(PLACES))
        row[[index[one] for one in places]] = 1
        rows.append(row)
        right.append(count)

    for own in range(LEVELS):
        equation([one for one in PLACES if one[0] == own], int(people[own].sum()))
    equation([one for one in PLACES if one[1] == 0], int(people[:, 0].sum()))
    for own, to in PLACES:
        if to and shown.cells[own][to - 1] is not None:
            equation([(own, to)], int(people[own, to]))
    for to in TO:
        if shown.to[to - 1] is not None:
            equation([one for one in PLACES if one[1] == to], int(people[:, to].sum()))
    cost = np.zeros(len(PLACES))
    cost[index[place]] = 1
    found = [linprog(sign * cost, A_eq=np.array(rows), b_eq=right, method="highs").fun * sign for sign in (1, -1)]
    return found[0], found[1]


def large_margins(people: np.ndarray) -> bool:
    """Whether the other tables show their margins: none is 1 to 4."""
    margins = [*people.sum(axis=1), people[:, 0].sum(), people[:, 1:].sum()]
    return not any(0 < margin < 5 for margin in margins)


def test_large_counts_are_told_as_they_are() -> None:
    people = [[20, 9, 8, 7, 0], [30, 0, 12, 5, 0], [9, 0, 0, 6, 0], [8, 0, 0, 0, 10], [5, 0, 0, 0, 0]]
    shown = told(people)
    assert shown.cells == ((9, 8, 7, 0), (0, 12, 5, 0), (0, 0, 6, 0), (0, 0, 0, 10), (0, 0, 0, 0))
    assert (shown.to, shown.hidden) == ((9, 20, 18, 10), 0)


def test_a_small_count_is_hidden_and_what_would_tell_it() -> None:
    people = [[20, 9, 3, 7, 0], [30, 0, 12, 9, 0], [9, 0, 0, 6, 0], [8, 0, 0, 0, 10], [5, 0, 0, 0, 0]]
    shown = told(people)
    assert shown.cells[0][1] is None
    assert shown.hidden > 1
    low, high = bounds(np.array(people), shown, (0, 2))
    assert (high - low >= 5, high >= 5) == (True, True)


def test_what_the_version_before_hid_or_a_few_joined_stays_hidden() -> None:
    people = [[20, 9, 8, 7, 0], [30, 0, 12, 5, 0], [9, 0, 0, 6, 0], [8, 0, 0, 0, 10], [5, 0, 0, 0, 0]]
    before = [[9, 20, 18, 10], [9, None, 7, 0], [0, 10, 5, 0], [0, 0, 6, 0], [0, 0, 0, 10], [0, 0, 0, 0]]
    shown = told(people, before)
    assert (shown.cells[0][1], shown.cells[1][1]) == (None, None)
    assert shown.to == (9, 20, 18, 10)


def test_a_need_that_leads_down_is_refused() -> None:
    people = np.zeros((5, 5), dtype=int)
    people[3, 1] = 6
    with pytest.raises(ValueError, match="rule 1"):
        told(people)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=len(PLACES), max_size=len(PLACES)))
def test_no_small_count_can_be_worked_out(counts: list[int]) -> None:
    people = np.zeros((LEVELS, 5), dtype=int)
    for place, count in zip(PLACES, counts, strict=True):
        people[place] = count
    if not large_margins(people):
        return
    shown = told(people)
    for own, to in PLACES:
        if 0 < people[own, to] < 5:
            low, high = bounds(people, shown, (own, to))
            assert high - low >= 5 - 1e-6
            assert high >= 5 - 1e-6


def test_levels_wanted_are_told_where_own_levels_leave_room() -> None:
    assert demand_by_level([0, 9, 20, 8], [None, 40, 30, 20, None]) == (0, 9, 20, 8)
    assert demand_by_level([0, 3, 20, 8], [None, 40, 30, 20, None]) == (0, None, 20, None)
    assert demand_by_level([6, 9, 20, 8], [None, 40, 30, 20, None]) is None, "who wants to get to 1 is at 0"
    assert demand_by_level([0, 3, 0, 0], [None, 40, 30, 20, None]) is None
    assert demand_by_level([0, 9, 20, 8], [None, 40, 30, 20, None], before=[0, 9, 17, 8]) == (0, 9, None, None)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 15), min_size=len(PLACES), max_size=len(PLACES)), st.sets(st.integers(0, 4)))
def test_levels_wanted_narrow_no_hidden_own_level_and_the_other_way_round(counts: list[int], gone: set[int]) -> None:
    people = np.zeros((LEVELS, 5), dtype=int)
    for place, count in zip(PLACES, counts, strict=True):
        people[place] = count
    own = [None if level in gone else int(people[level].sum()) for level in range(LEVELS)]
    to = people[:, 1:].sum(axis=0).tolist()
    told_to = demand_by_level(to, own)
    if told_to is None:
        return
    total, needs = int(people.sum()), sum(to)
    # variables: own levels (5), places of the table; whatever agrees with the own levels' sum must stay possible
    index = {one: LEVELS + number for number, one in enumerate(PLACES)}
    size = LEVELS + len(PLACES)
    rows, right = [], []

    def equation(terms: list[tuple[int, int]], count: int) -> None:
        row = np.zeros(size)
        for place, sign in terms:
            row[place] = sign
        rows.append(row)
        right.append(count)

    for level in range(LEVELS):
        equation([(level, -1), *((index[one], 1) for one in PLACES if one[0] == level)], 0)
        if own[level] is not None:
            equation([(level, 1)], int(people[level].sum()))
    equation([(level, 1) for level in range(LEVELS)], total)
    equation([(index[one], 1) for one in PLACES if one[1] == 0], total - needs)
    for level in TO:
        if told_to[level - 1] is not None:
            equation([(index[one], 1) for one in PLACES if one[1] == level], to[level - 1])

    def most(terms: list[int]) -> float:
        cost = np.zeros(size)
        cost[terms] = -1
        return float(-linprog(cost, A_eq=np.array(rows), b_eq=right, method="highs").fun)

    hidden_people = total - sum(count for count in own if count is not None)
    if len(gone) > 1:
        assert [most([level]) for level in sorted(gone)] == pytest.approx([hidden_people] * len(gone))
    hidden_needs = needs - sum(count for count in told_to if count is not None)
    for level in TO:
        if told_to[level - 1] is None:
            places = [index[one] for one in PLACES if one[1] == level]
            assert most(places) == pytest.approx(hidden_needs)
            assert hidden_needs >= 5
