"""Nothing leaks: of generated tables, of odd ones, of editions; and few cells are lost."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from kazipot.core.survey.suppression import CountTable, Rule, audit, dimension_from_pairs, protect_table
from kazipot.core.survey.suppression.protection import protect_edition
from kazipot.core.survey.suppression.table import table_from_leaves
from tests.core.survey.suppression.judge import intervals, leaks, whole_width
from tests.core.survey.suppression.tables import flat, tables

CHAIN = dimension_from_pairs("unit", [("kind", "*"), ("unit", "kind"), ("team", "unit")])


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(table=tables(), k=st.integers(2, 8), zeros=st.booleans())
def test_thousand_hierarchical_tables_leak_nothing(table: CountTable, k: int, zeros: bool) -> None:
    found = protect_table(table, Rule(k, zeros))
    assert leaks(table, found.published, k, zeros=zeros) == []
    assert found.bound <= found.lost == (~found.published).sum()
    assert found.optimal == (found.bound == found.lost)
    assert zeros or found.published[table.counts == 0].all()


@settings(max_examples=100, deadline=None, derandomize=True)
@given(table=tables(), k=st.integers(2, 8))
def test_heuristic_leaks_nothing_and_knows_its_distance_from_the_optimum(table: CountTable, k: int) -> None:
    quick, best = protect_table(table, Rule(k), exact_classes=0), protect_table(table, Rule(k))
    assert leaks(table, quick.published, k) == []
    assert quick.bound <= best.bound <= best.lost <= quick.lost


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.filter_too_much])
@given(table=tables(most_dimensions=2, most_codes=3), k=st.integers(2, 6))
def test_optimal_pattern_is_the_least_of_all_safe_ones(table: CountTable, k: int) -> None:
    found = protect_table(table, Rule(k))
    free = np.flatnonzero(table.counts.ravel() >= k)
    assume(found.optimal and 0 < free.size <= 9)
    small = (table.counts.ravel() > 0) & (table.counts.ravel() < k)
    least = found.lost
    for more in range(found.lost - found.small):
        for extra in itertools.combinations(free, more):
            published = ~small
            published[list(extra)] = False
            if not leaks(table, published.reshape(table.counts.shape), k):
                least = min(least, found.small + more)
    assert found.lost == least


@pytest.mark.parametrize(
    ("dimensions", "leaves", "hidden"),
    [
        ([flat("unit", "a")], [3], 2),  # a single cell: it and the total
        ([flat("unit", "a")], [7], 0),
        ([CHAIN], [3], 4),  # always equal, so all alike
        ([flat("unit", "a", "b")], [0, 0], 0),
        ([flat("unit", "a", "b")], [1, 2], 3),  # the total is small, too
        ([flat("unit", "a", "b")], [1, 4], 2),  # anything from 0 to 5
        ([flat("unit", "a", "b")], [1, 3], 3),
        ([flat("unit", "a", "b", "c")], [2, 9, 6], 2),
        ([flat("unit", "a", "b", "c")], [2, 0, 0], 2),  # equal to the total, since zeros are published
        ([flat("unit", "a", "b"), flat("level", "1", "2")], [[1, 9], [9, 9]], 4),
        ([CHAIN, flat("level", "1", "2")], [[1, 9]], 8),
    ],
)
def test_odd_tables(dimensions: list, leaves: list, hidden: int) -> None:
    table = table_from_leaves(dimensions, np.array(leaves))
    found = protect_table(table, Rule(5))
    assert (found.lost, found.optimal, leaks(table, found.published, 5)) == (hidden, True, [])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(table=tables(), k=st.integers(2, 6))
def test_whole_numbers_tell_no_more_than_the_rule_allows(table: CountTable, k: int) -> None:
    published = protect_table(table, Rule(k)).published
    counts = table.counts.ravel()
    for cell, (_, high) in intervals(table, published).items():
        if 0 < counts[cell] < k and math.isfinite(high):
            assert whole_width(table, published, cell) >= k


def test_zeros_can_be_protected_even_if_there_is_nothing_else() -> None:
    table = table_from_leaves([flat("unit", "a", "b")], np.array([0, 0]))
    found = protect_table(table, Rule(5, protect_zeros=True))
    assert not found.published.any()
    assert leaks(table, found.published, 5, zeros=True) == []


def test_same_table_gives_the_same_pattern_whatever_was_protected_before() -> None:
    table = city(seed=3)
    first = protect_table(table, Rule(5))
    protect_table(city(seed=4), Rule(5))
    assert (protect_table(table, Rule(5)).published == first.published).all()


def test_table_above_the_exact_size_is_near_its_lower_bound() -> None:
    table = city(seed=3)
    found = protect_table(table, Rule(5))
    assert [
        interval for interval in audit(table, found.published, k=5, rng=np.random.default_rng(0)) if interval.leaks
    ] == []
    assert leaks(table, found.published, 5) == []
    assert found.lost <= 1.1 * found.bound


@settings(max_examples=60, deadline=None, derandomize=True)
@given(table=tables(most_codes=4), k=st.integers(2, 6), data=st.data())
def test_subtracting_editions_reveals_nothing(table: CountTable, k: int, data: st.DataObject) -> None:
    size = tuple(len(dimension.leaves()) for dimension in table.dimensions)
    more = np.array(data.draw(st.lists(st.integers(0, 6), min_size=int(np.prod(size)), max_size=int(np.prod(size)))))
    added = table_from_leaves(table.dimensions, more.reshape(size))
    later = CountTable(table.dimensions, table.counts + added.counts)
    before = protect_table(table, Rule(k))
    found = protect_edition(later, table, before.published, Rule(k))
    editions = flat("edition", "before", "since")
    both = CountTable((editions, *table.dimensions), np.stack([later.counts, table.counts, added.counts]))
    derived = found.published & before.published
    small = (both.counts > 0) & (both.counts < k)
    told = leaks(both, np.stack([found.published, before.published, derived | (added.counts == 0)]), k)
    assert [cell for cell in told if small.ravel()[cell]] == []


def test_edition_in_which_a_count_fell_is_refused() -> None:
    before = table_from_leaves([flat("unit", "a", "b")], np.array([8, 9]))
    later = table_from_leaves([flat("unit", "a", "b")], np.array([7, 12]))
    with pytest.raises(ValueError, match="no count is lower"):
        protect_edition(later, before, np.ones(3, dtype=bool), Rule(5))


@pytest.mark.parametrize("k", [0, 1])
def test_threshold_without_small_counts_is_refused(k: int) -> None:
    with pytest.raises(ValueError, match="k has to be 2 or more"):
        Rule(k)


def city(seed: int) -> CountTable:
    """Eighteen units of three kinds × six competences of two areas × four levels: 22 × 9 × 5 cells."""
    rng = np.random.default_rng(seed)
    units = dimension_from_pairs(
        "unit", [(f"k{n}", "*") for n in range(3)] + [(f"u{n}", f"k{n % 3}") for n in range(18)]
    )
    areas = [("1", "*"), ("2", "*"), *((f"{1 + n // 3}.{n}", f"{1 + n // 3}") for n in range(6))]
    levels = flat("level", "1", "2", "3", "4")
    leaves = rng.poisson(rng.lognormal(2.5, 0.8, (18, 1, 1)) * [0.6, 1.2, 1.4, 0.8], (18, 6, 4))
    return table_from_leaves([units, dimension_from_pairs("competence", areas), levels], leaves)
