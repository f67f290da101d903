"""Needs by kind of unit and level wanted: nothing small follows from all that is told of a competence."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from kazipot.core.survey.demand_counts import LEVELS, TO, demand_counts, possible
from kazipot.core.survey.demand_kinds import KindTold, WholeTold, demand_by_kind

CELLS = [(own, to) for own in range(LEVELS) for to in (0, *TO) if to == 0 or possible(own, to)]
LARGE = [[20, 9, 8, 7, 6], [30, 0, 12, 7, 9], [9, 0, 0, 6, 8], [8, 0, 0, 0, 10], [5, 0, 0, 0, 8]]
SHOWN = KindTold(True, True, (True,) * LEVELS)
HIDDEN = KindTold(True, False, (True,) * LEVELS)


def whole_of(people: np.ndarray) -> WholeTold:
    """What is told of the whole, by `demand_counts`."""
    told = demand_counts(people.sum(axis=0), rng=np.random.default_rng(1))
    return WholeTold(told.to, (True,) * LEVELS, told.cells)


def kinds_of(people: np.ndarray) -> list[KindTold]:
    """What other tables tell, if they hide small counts alone and whatever stands in a line with one."""
    small = (people.sum(axis=2) > 0) & (people.sum(axis=2) < 5)
    levels = ~small & (small.sum(axis=0) != 1) if small.any() else ~small
    needs = np.stack([people[:, :, 0].sum(axis=1), people[:, :, 1:].sum(axis=(1, 2))], axis=1)
    hidden = ((needs > 0) & (needs < 5)).any(axis=1)
    if hidden.sum() == 1:
        hidden |= np.arange(len(needs)) == np.argmin(np.where(hidden, 10**6, needs.min(axis=1)))
    told = [tuple(bool(one) for one in line) if line.all() else (False,) * LEVELS for line in levels]
    return [KindTold(True, not one, line) for one, line in zip(hidden.tolist(), told, strict=True)]


def rows(people: np.ndarray, kinds: list[KindTold], whole: WholeTold, before: list | None = None) -> list:
    return demand_by_kind(people, kinds, whole, rng=np.random.default_rng(1), before=before)


def span(people: np.ndarray, kinds: list[KindTold], whole: WholeTold, told: list, places: list) -> tuple[float, float]:
    """From what to what the sum of some cells can be worked out: a program of its own over the leaves."""
    index = {(kind, *cell): n for n, (kind, cell) in enumerate((k, c) for k in range(len(people)) for c in CELLS)}
    left, right = [], []

    def equation(chosen: list, count: int) -> None:
        row = np.zeros(len(index))
        row[[index[one] for one in chosen]] = 1
        left.append(row)
        right.append(count)

    every = range(len(people))
    for own in range(LEVELS):
        equation([p for p in index if p[1] == own], int(people[:, own].sum()))
    equation([p for p in index if p[2] == 0], int(people[:, :, 0].sum()))
    for own, to in CELLS:
        if to and whole.cells is not None and whole.cells[own][to - 1] is not None:
            equation([(kind, own, to) for kind in every], int(people[:, own, to].sum()))
    for to in TO:
        if whole.to[to - 1] is not None:
            equation([p for p in index if p[2] == to], int(people[:, :, to].sum()))
    for kind in every:
        equation([p for p in index if p[0] == kind], int(people[kind].sum()))
        if kinds[kind].need:
            equation([p for p in index if p[0] == kind and p[2] == 0], int(people[kind, :, 0].sum()))
        for own in range(LEVELS):
            if kinds[kind].levels[own]:
                equation([p for p in index if p[:2] == (kind, own)], int(people[kind, own].sum()))
        for to in TO:
            if told[kind] is not None and told[kind][to - 1] is not None:
                equation([p for p in index if p[0] == kind and p[2] == to], told[kind][to - 1])
    cost = np.zeros(len(index))
    cost[[index[one] for one in places]] = 1
    ends = [linprog(sign * cost, A_eq=np.array(left), b_eq=right, method="highs").fun * sign for sign in (1, -1)]
    return ends[0], ends[1]


def test_large_kinds_are_told_as_they_are() -> None:
    people = np.array([LARGE, LARGE])
    assert rows(people, [SHOWN, SHOWN], whole_of(people)) == [(9, 20, 20, 41), (9, 20, 20, 41)]


def test_a_small_level_of_a_kind_is_hidden_and_what_would_tell_it() -> None:
    people = np.array([LARGE, LARGE, LARGE])
    people[0, 0, 1] = 2
    told = rows(people, [SHOWN] * 3, whole_of(people))
    assert told[0][0] is None
    assert [row.count(None) for row in told if None in row] == [2, 2]


def test_kinds_whose_needs_are_hidden_are_not_told_nor_narrowed() -> None:
    people = np.array([LARGE] * 4)
    kinds, whole = [SHOWN, SHOWN, HIDDEN, HIDDEN], whole_of(people)
    told = rows(people, kinds, whole)
    assert told[2:] == [None, None]
    needs = [(2, *cell) for cell in CELLS if cell[1]]
    assert span(people, kinds, whole, told, needs) == span(people, kinds, whole, [None] * 4, needs)


def test_what_the_version_before_hid_stays_hidden() -> None:
    people = np.array([LARGE, LARGE, LARGE])
    before = [(9, None, 20, 41), (9, 20, 20, 41), (9, 20, 19, 41)]
    told = rows(people, [SHOWN] * 3, whole_of(people), before)
    assert (told[0][1], told[2][2]) == (None, None)


def test_kinds_of_which_nothing_was_told_before_are_not_told_after() -> None:
    people = np.array([LARGE, LARGE, LARGE])
    assert rows(people, [SHOWN] * 3, whole_of(people), [None, None, None]) == [None, None, None]


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(2, 4), st.data())
def test_no_small_count_of_a_told_kind_can_be_worked_out(number: int, data: st.DataObject) -> None:
    people = np.zeros((number, LEVELS, LEVELS), dtype=int)
    largest = data.draw(st.sampled_from([8, 20, 60]))
    for kind in range(number):
        for place in CELLS:
            people[kind, place[0], place[1]] = data.draw(st.integers(0, largest))
    kinds, whole = kinds_of(people), whole_of(people)
    told = rows(people, kinds, whole)
    nothing = [None] * number
    for kind in range(number):
        sums = [[(kind, *cell) for cell in CELLS if cell[1] == to] for to in TO]
        for places in [*sums, *([(kind, *cell)] for cell in CELLS)]:
            count = sum(int(people[place]) for place in places)
            if not 0 < count < 5:
                continue
            low, high = span(people, kinds, whole, told, places)
            if (high - low < 5 - 1e-6 or high < 5 - 1e-6) and told != nothing:
                before = span(people, kinds, whole, nothing, places)
                assert before[1] - before[0] < 5 - 1e-6 or before[1] < 5 - 1e-6, "it followed without the kinds too"
