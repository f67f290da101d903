"""The audit: agrees with other programs and with counting, and finds what was left open."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.suppression import CountTable, Interval, audit, table_from_leaves
from tests.core.survey.suppression.judge import counted_intervals, intervals, leaks
from tests.core.survey.suppression.tables import flat, tables


def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@settings(max_examples=80, deadline=None, derandomize=True)
@given(table=tables(), k=st.integers(2, 6), data=st.data())
def test_intervals_of_any_pattern_agree_with_another_program(table: CountTable, k: int, data: st.DataObject) -> None:
    size = table.counts.size
    shown = data.draw(st.lists(st.sampled_from([True, True, False]), min_size=size, max_size=size))
    published = np.array(shown).reshape(table.counts.shape)
    found = audit(table, published, k=k, rng=rng())
    expected = intervals(table, published)
    hidden = {i.place: (i.low, i.high) for i in found if not published.ravel()[i.place]}
    assert hidden.keys() == expected.keys()
    for place, (low, high) in hidden.items():
        assert low == pytest.approx(expected[place][0], abs=1e-5)
        assert high == pytest.approx(expected[place][1], abs=1e-5)
    assert [i.place for i in found if i.leaks] == sorted(leaks(table, published, k))
    quick = audit(table, published, k=k, rng=rng(), exact_cells=0)
    assert [i.place for i in quick if i.leaks] == [i.place for i in found if i.leaks]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(data=st.data(), rows=st.integers(2, 3), columns=st.integers(2, 3))
def test_whole_numbers_tell_no_more_in_two_dimensions(data: st.DataObject, rows: int, columns: int) -> None:
    size = rows * columns
    leaves = np.array(data.draw(st.lists(st.integers(0, 4), min_size=size, max_size=size))).reshape(rows, columns)
    table = table_from_leaves([flat("row", *"abc"[:rows]), flat("column", *"123"[:columns])], leaves)
    published = np.ones(table.counts.shape, dtype=bool)
    spots = st.tuples(st.integers(1, rows), st.integers(1, columns))
    for spot in data.draw(st.sets(spots, min_size=4, max_size=5)):
        published[spot] = False
    found = {i.place: (i.low, i.high) for i in audit(table, published, k=5, rng=rng()) if not published.flat[i.place]}
    assert counted_intervals(table, published, found) == found


def test_interval_of_the_textbook_square() -> None:
    table = table_from_leaves([flat("row", "1", "2"), flat("column", "1", "2")], np.array([[2, 9], [7, 4]]))
    published = np.ones((3, 3), dtype=bool)
    published[1:, 1:] = False
    found = audit(table, published, k=3, rng=rng())
    assert [(i.place, i.low, i.high, i.needed, i.exact) for i in found] == [
        (4, 0, 9, 3, True), (5, 2, 11, 0, True), (7, 0, 9, 0, True), (8, 2, 11, 0, True)
    ]  # fmt: skip


def test_small_count_that_is_published_is_a_leak() -> None:
    table = table_from_leaves([flat("unit", "a", "b")], np.array([2, 9]))
    found = audit(table, np.ones(3, dtype=bool), k=5, rng=rng())
    assert found == [Interval(1, 2, 2, 5, True)]
    assert found[0].leaks


def test_hidden_cell_that_can_be_subtracted_is_a_leak_even_if_it_is_large() -> None:
    table = table_from_leaves([flat("unit", "a", "b")], np.array([20, 9]))
    found = audit(table, np.array([True, False, True]), k=5, rng=rng())
    assert [(i.low, i.high, i.leaks) for i in found] == [(20, 20, True)]


def test_table_of_which_nothing_is_published_is_unbounded() -> None:
    table = table_from_leaves([flat("unit", "a", "b")], np.array([1, 1]))
    found = audit(table, np.zeros(3, dtype=bool), k=5, rng=rng())
    assert [(i.low, i.high, i.leaks) for i in found] == [(0, math.inf, False)] * 3
