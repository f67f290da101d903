"""Priorities: worked examples and stable order."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.priorities import Gap, priorities

GAPS = st.builds(
    lambda key, levels, importance, people: Gap(key, levels, importance, people, 50),
    st.text("abc", max_size=3),
    st.integers(0, 8).map(lambda half: half / 2),
    st.sampled_from([0, 0.25, 0.5, 1]),
    st.integers(0, 50),
)


def test_score_is_depth_times_importance_times_reach() -> None:
    found = priorities([Gap("4.1", 1.0, 0.5, 30, 100), Gap("1.1", 2.0, 1.0, 40, 100)])
    assert [(one.gap.key, one.rank) for one in found] == [("1.1", 1), ("4.1", 2)]
    assert (found[0].depth, found[0].importance, found[0].reach) == (0.5, 1.0, 0.4)
    assert found[0].score == pytest.approx(0.2)
    assert found[1].score == pytest.approx(0.0375)


def test_equal_scores_share_a_rank_and_stand_in_order_of_their_keys() -> None:
    found = priorities(
        [Gap("c", 1, 1, 10, 100), Gap("b", 2, 0.5, 10, 100), Gap("a", 1, 1, 1, 100), Gap("d", 4, 1, 9, 100)]
    )
    assert [(one.gap.key, one.rank) for one in found] == [("d", 1), ("b", 2), ("c", 2), ("a", 4)]


def test_a_group_of_nobody_reaches_nobody() -> None:
    assert priorities([Gap("a", 1, 1, 0, 0)])[0].score == 0


@pytest.mark.parametrize("wrong", [(5, 0.5, 1, 2), (1, 1.1, 1, 2), (1, 0.5, 3, 2), (-1, 0.5, 1, 2)])
def test_gap_refuses_what_is_outside_the_ranges(wrong: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="safety"):
        Gap("safety", *wrong)


@settings(deadline=None)
@given(st.lists(GAPS, max_size=8, unique_by=lambda gap: gap.key), st.randoms(use_true_random=False))
def test_order_of_the_input_makes_no_difference_and_scores_fall(gaps: list[Gap], chance: Random) -> None:
    found = priorities(gaps)
    mixed = list(gaps)
    chance.shuffle(mixed)
    assert priorities(mixed) == found
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert [one.rank for one in found] == [1 + sum(other > score for other in scores) for score in scores]
