"""Hiding small groups: examples, and what no reader may ever work out."""

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.indicators.disclosure import hidden


def test_hidden_leaves_large_and_empty_cells_alone():
    assert hidden({"a": 10, "b": 0, "c": 500}, smallest=10) == frozenset()


def test_hidden_takes_a_second_cell_when_one_alone_would_follow_from_the_total():
    assert hidden({"a": 3, "b": 40, "c": 12}, smallest=10) == {"a", "c"}


def test_hidden_takes_more_cells_until_they_are_together_large_enough():
    assert hidden({"a": 1, "b": 2, "c": 30, "d": 31}, smallest=10) == {"a", "b", "c"}


@given(st.dictionaries(st.integers(), st.integers(0, 40), max_size=12), st.integers(1, 15))
def test_hidden_cells_are_never_alone_and_never_small_together(sizes, smallest):
    cells = hidden(sizes, smallest=smallest)
    people = {key for key, size in sizes.items() if size}
    assert {key for key in people if sizes[key] < smallest} <= cells <= people
    if cells and cells != people:
        assert len(cells) > 1
        assert sum(sizes[key] for key in cells) >= smallest
