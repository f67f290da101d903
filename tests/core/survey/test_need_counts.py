"""Counts of the analysis by group × competence × state are protected over the whole hierarchy."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey import need_counts
from kazipot.core.survey.disclosure import protect
from kazipot.core.survey.need_counts import DerivableError, shown_counts

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
        TREE, AREAS, counted(u=(0, 40)), EVERYTHING, rng=rng(), before={("u", "1"): (None, None), ("v", "1"): (18, 20)}
    )
    assert found.counts["u", "1"] == (0, 40)


def test_what_was_hidden_stays_hidden() -> None:
    found = shown_counts(TREE, AREAS, counted(), EVERYTHING, rng=rng(), before={("u", "1"): (None, None)})
    assert found.counts["u", "1"] == (None, None)


def test_a_count_that_few_joined_is_hidden_and_one_that_stayed_is_not() -> None:
    before = {("u", "1"): (17, 20), ("v", "1"): (20, 20), ("w", "1"): (12, 20)}
    found = shown_counts(TREE, AREAS, counted(), EVERYTHING, rng=rng(), before=before)
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
