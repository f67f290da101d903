"""Dominance of contributions to magnitudes."""

import pytest

from kazipot.core.survey.suppression.dominance import is_dominated, is_estimable


@pytest.mark.parametrize(
    ("contributions", "dominated"), [([70, 20, 10], True), ([40, 30, 30], False), ([], False), ([0, 0], False)]
)
def test_two_largest_prevail_over_85_per_cent(contributions: list[float], dominated: bool) -> None:
    assert is_dominated(contributions, n=2, percent=85) == dominated


@pytest.mark.parametrize(
    ("contributions", "estimable"), [([100, 50, 9], True), ([100, 50, 10], False), ([100], True), ([], False)]
)
def test_second_largest_estimates_the_largest_within_10_per_cent(contributions: list[float], estimable: bool) -> None:
    assert is_estimable(contributions, percent=10) == estimable


def test_negative_contribution_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        is_dominated([1, -1], n=1, percent=50)
