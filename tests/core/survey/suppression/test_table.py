"""The table: trees, margins, relations."""

import numpy as np
import pytest
from hypothesis import given

from kazipot.core.survey.suppression import CountTable, dimension_from_pairs, table_from_leaves
from kazipot.core.survey.suppression.table import relations
from tests.core.survey.suppression.tables import flat, tables


def test_tree_puts_parents_before_children_and_keeps_their_order() -> None:
    tree = dimension_from_pairs("unit", [("b1", "b"), ("a", "*"), ("b", "*"), ("b2", "b")])
    assert tree.codes == ("*", "a", "b", "b1", "b2")
    assert tree.parents == (-1, 0, 0, 2, 2)
    assert tree.leaves() == [1, 3, 4]


@pytest.mark.parametrize("pairs", [[("a", "b"), ("b", "a")], [("a", "nowhere")], [("a", "*"), ("a", "*")]])
def test_tree_that_is_none_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError, match="unit"):
        dimension_from_pairs("unit", pairs)


def test_margins_are_sums_of_the_leaves() -> None:
    units = dimension_from_pairs("unit", [("k", "*"), ("u", "k"), ("v", "k"), ("w", "*")])
    table = table_from_leaves([units, flat("level", "1", "2")], np.array([[1, 2], [3, 4], [5, 6]]))
    assert table.counts.tolist() == [[21, 9, 12], [10, 4, 6], [3, 1, 2], [7, 3, 4], [11, 5, 6]]
    assert table.cell(7) == ("u", "1")


def test_negative_count_and_wrong_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        table_from_leaves([flat("unit", "a", "b")], np.array([1, -1]))
    with pytest.raises(ValueError, match="shape"):
        table_from_leaves([flat("unit", "a", "b")], np.array([1]))


@given(table=tables())
def test_every_relation_holds_in_the_table(table: CountTable) -> None:
    assert not (relations(table.dimensions) @ table.counts.ravel()).any()
