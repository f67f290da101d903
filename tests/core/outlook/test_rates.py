"""Rates from what happened in sessions."""

import numpy as np
import pytest

from kazipot.core.outlook.rates import ASSUMED, correlation, rate_of


def test_rate_without_any_answer_is_unknown() -> None:
    rate = rate_of([])
    assert (rate.mean, rate.size) == (0.5, 0.0)


def test_correlation_by_hand() -> None:
    """Five sessions of four: 4, 3, 2, 1, 0 of 4. p = ½; MSB = 4·(¼+1/16+0+1/16+¼)/4 = 0.625; MSW = 4·(3/16·2+¼)/15."""
    successes, trials = np.array([4.0, 3, 2, 1, 0]), np.full(5, 4.0)
    between, within = 0.625, 4 * (2 * 3 / 16 + 0.25) / 15
    assert correlation(successes, trials) == pytest.approx((between - within) / (between + 3 * within))


def test_sessions_that_agree_are_not_correlated() -> None:
    assert correlation(np.full(6, 5.0), np.full(6, 10.0)) == 0.0


def test_few_sessions_tell_no_correlation() -> None:
    assert correlation(np.array([1.0, 9.0]), np.array([10.0, 10.0])) == ASSUMED


def test_answers_within_sessions_count_less_than_independent_ones() -> None:
    alike = rate_of([(18, 20), (3, 20), (17, 20), (5, 20), (19, 20), (2, 20)])
    assert alike.rho > 0.3
    assert alike.size < 20
    assert rate_of([(10, 20)] * 6).size == pytest.approx(120)


def test_rate_of_a_session_keeps_mean_and_spread() -> None:
    rate = rate_of([(18, 20), (3, 20), (17, 20), (5, 20), (19, 20), (2, 20)])
    own = rate.of_a_session(np.full(200_000, 0.6), np.random.default_rng(1))
    assert own.mean() == pytest.approx(0.6, abs=0.005)
    assert own.var() == pytest.approx(0.6 * 0.4 * rate.rho, rel=0.02)
