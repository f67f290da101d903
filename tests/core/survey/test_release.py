"""Answers are counted in steps of at least five people."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.survey.release import released


def test_batches_wait_until_five_people_are_together() -> None:
    assert [released(batches) for batches in ([], [4], [5], [4, 1], [4, 1, 4], [4, 1, 4, 2])] == [0, 0, 1, 2, 2, 4]


@given(st.lists(st.integers(0, 9), max_size=12))
def test_versions_of_a_total_differ_by_nobody_or_by_five(batches: list[int]) -> None:
    totals = [sum(batches[: released(batches[:number])]) for number in range(len(batches) + 1)]
    steps = [later - earlier for earlier, later in pairwise(totals)]
    assert all(step == 0 or step >= 5 for step in steps)
