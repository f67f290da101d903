"""Pass marks from panels of judges, and the quality of decisions."""

import numpy as np
import pytest

from kazipot.core.psychometrics.decision import lee, rudner, sum_scores
from kazipot.core.psychometrics.errors import Unusable
from kazipot.core.psychometrics.irt import Item, expected_scores, log_probabilities
from kazipot.core.psychometrics.pool import pool_of
from kazipot.core.psychometrics.quadrature import normal_grid
from kazipot.core.psychometrics.standard_setting import angoff, booklet, bookmark, mastery_place
from tests.core.psychometrics.simulated import answers, two_parameter_items

ITEMS = two_parameter_items(20, 4)


def test_angoff_finds_the_ability_that_the_judges_had_in_mind() -> None:
    """Judges who know the curves and think of −0.4, −0.2 and 0.3 are understood exactly."""
    minds = [-0.4, -0.2, 0.3]
    ratings = expected_scores(ITEMS, np.array(minds)).T
    found = angoff(ITEMS, ratings)
    assert found.by_judge == pytest.approx(minds, abs=1e-8)
    assert found.theta == pytest.approx(-0.1)
    assert found.se == pytest.approx(np.std(minds, ddof=1) / np.sqrt(3))
    assert found.judges == 3


def test_angoff_takes_items_with_steps() -> None:
    items = [*ITEMS[:5], Item("g", "grm", 1.2, (-0.5, 0.5))]
    assert angoff(items, expected_scores(items, np.array([0.2, 0.2])).T).theta == pytest.approx(0.2, abs=1e-8)


def test_bookmark_is_where_two_thirds_of_those_at_the_mark_are_right() -> None:
    ordered = booklet(ITEMS)
    found = bookmark(ITEMS, [9, 10, 11])
    for place, number in zip(found.by_judge, (9, 10, 11), strict=True):
        right = np.exp(log_probabilities([ordered[number - 1]], np.array([place])))[0, 1, 0]
        assert right == pytest.approx(2 / 3)
    assert found.by_judge == tuple(sorted(found.by_judge))


def test_mastery_of_a_guessing_item_comes_earlier() -> None:
    plain, guessed = Item("x", "2pl", 1.2, (0.5,)), Item("x", "3pl", 1.2, (0.5,), 0.2)
    assert mastery_place(guessed) < mastery_place(plain)
    assert np.exp(log_probabilities([guessed], np.array([mastery_place(guessed)])))[0, 1, 0] == pytest.approx(2 / 3)


def test_panels_that_say_nothing_are_refused() -> None:
    with pytest.raises(Unusable, match="few_judges"):
        angoff(ITEMS, np.full((1, 20), 0.5))
    with pytest.raises(Unusable, match="rating_range"):
        angoff(ITEMS, np.full((2, 20), 1.2))
    with pytest.raises(Unusable, match="rating_unreachable"):
        angoff(ITEMS, np.zeros((2, 20)))
    with pytest.raises(Unusable, match="bookmark_range"):
        bookmark(ITEMS, [0, 3])
    with pytest.raises(Unusable, match="always_mastered: x"):
        bookmark([*ITEMS, Item("x", "3pl", 1.0, (0.0,), 0.7)], [3, 4])


def test_rudner_and_lee_say_what_a_simulation_finds() -> None:
    """100,000 people take a form of 20 items twice; passing is from 11 right answers, the mark at θ = 0.1."""
    rng = np.random.default_rng(5)
    ability = rng.normal(size=100_000)
    first, second = (answers(pool_of(ITEMS), ability, rng).sum(axis=1) >= 11 for _ in range(2))
    told = lee(ITEMS, normal_grid(), 0.1, 11)
    assert told.accuracy == pytest.approx((first == (ability >= 0.1)).mean(), abs=0.005)
    assert told.consistency == pytest.approx((first == second).mean(), abs=0.005)
    assert told.false_pass == pytest.approx((first & (ability < 0.1)).mean(), abs=0.005)
    assert told.false_fail == pytest.approx((~first & (ability >= 0.1)).mean(), abs=0.005)
    se = np.full(100_000, 0.4)
    estimate = ability + 0.4 * rng.normal(size=100_000)
    posterior_mean, posterior_sd = estimate / 1.16, np.sqrt(0.16 / 1.16)
    found = rudner(posterior_mean, np.full_like(se, posterior_sd), 0.1)
    assert found.accuracy == pytest.approx(((posterior_mean >= 0.1) == (ability >= 0.1)).mean(), abs=0.005)


def test_rudner_is_half_right_at_the_mark() -> None:
    found = rudner(np.array([0.3]), np.array([0.5]), 0.3)
    assert (found.accuracy, found.consistency, found.false_pass) == (0.5, 0.5, 0.5)


def test_sum_scores_of_steps_are_counted_like_by_hand() -> None:
    p = np.zeros((2, 3, 1))
    p[0, :, 0] = [0.2, 0.3, 0.5]
    p[1, :2, 0] = [0.6, 0.4]
    assert sum_scores(p)[:, 0] == pytest.approx([0.12, 0.18 + 0.08, 0.3 + 0.12, 0.2])
