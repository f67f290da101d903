"""Intervals against published figures and against exact binomial sums."""

from math import inf, nan

import numpy as np
import pytest
from scipy import stats

from kazipot.core.survey.intervals import Rule, clopper_pearson, mean_interval, srs_size, student, wilson

NEWCOMBE = [(81, 263), (15, 148), (0, 20), (1, 29)]


def test_wilson_gives_newcombes_published_intervals() -> None:
    """Newcombe (1998), *Statistics in Medicine* 17, 857-872, table I, method 3."""
    shares, sizes = np.array([r / n for r, n in NEWCOMBE]), np.array([n for _, n in NEWCOMBE], dtype=float)
    found = wilson(shares, sizes)
    assert found.lower.round(4).tolist() == [0.2553, 0.0624, 0, 0.0061]
    assert found.upper.round(4).tolist() == [0.3662, 0.1605, 0.1611, 0.1718]


def test_clopper_pearson_gives_newcombes_published_intervals() -> None:
    """Newcombe (1998), table I, method 5."""
    shares, sizes = np.array([r / n for r, n in NEWCOMBE]), np.array([n for _, n in NEWCOMBE], dtype=float)
    found = clopper_pearson(shares, sizes)
    assert found.lower.round(4).tolist() == [0.2527, 0.0578, 0, 0.0009]
    assert found.upper.round(4).tolist() == [0.3676, 0.1617, 0.1684, 0.1776]


@pytest.mark.parametrize("rule", [wilson, clopper_pearson])
def test_intervals_of_shares_at_the_ends_and_when_all_answered(rule: Rule) -> None:
    found = rule(np.array([0.0, 1.0, 0.3, nan]), np.array([10.0, 10.0, inf, 10.0]), 0.95)
    assert found.lower[0] == 0
    assert found.upper[1] == 1
    assert found.upper[0] == pytest.approx(1 - found.lower[1])
    assert 0.2 < found.upper[0] < 0.35
    assert (found.lower[2], found.upper[2]) == (0.3, 0.3)
    assert np.isnan(found.lower[3])
    assert np.isnan(found.upper[3])


def test_srs_size_makes_up_for_the_finite_population() -> None:
    assert srs_size(50, 101) == pytest.approx(50 * 100 / 51)
    assert srs_size(101, 101) == inf
    with pytest.raises(ValueError):
        srs_size(0, 10)
    with pytest.raises(ValueError):
        srs_size(11, 10)


def test_mean_interval_uses_students_t() -> None:
    found = mean_interval(np.array([2.0]), np.array([0.5]), np.array([10.0]))
    assert (found.lower[0], found.upper[0]) == (pytest.approx(2 - 0.5 * 2.228139), pytest.approx(2 + 0.5 * 2.228139))
    assert student(1e9) == pytest.approx(1.959964, abs=1e-6)
    with pytest.raises(ValueError):
        student(3, 1.0)


@pytest.mark.parametrize("n", [5, 20, 60, 200])
def test_coverage_computed_exactly_over_all_binomial_outcomes(n: int) -> None:
    """Clopper-Pearson covers at least 95 % at every P; Wilson 95 % on average, and at least 83 % at the ends' dips."""
    seen = np.arange(n + 1)
    exact, score = clopper_pearson(seen / n, np.full(n + 1, float(n))), wilson(seen / n, np.full(n + 1, float(n)))
    truths = np.linspace(0.005, 0.995, 199)
    chance = stats.binom.pmf(seen[None, :], n, truths[:, None])
    covered = {}
    for name, found in (("exact", exact), ("score", score)):
        inside = (found.lower[None, :] <= truths[:, None]) & (truths[:, None] <= found.upper[None, :])
        covered[name] = (chance * inside).sum(axis=1)
    assert covered["exact"].min() >= 0.95 - 1e-9
    assert covered["score"].mean() == pytest.approx(0.95, abs=0.01)
    assert covered["score"].min() > 0.83
