"""Item health: what is planted is found, and what is healthy is left alone."""

import numpy as np
import pytest
from scipy.stats import kstest, norm

from kazipot.core.psychometrics.calibration import calibrate
from kazipot.core.psychometrics.estimation import maximum_a_posteriori
from kazipot.core.psychometrics.health.dependence import dependent_pairs, q3
from kazipot.core.psychometrics.health.dif import logistic, mantel_haenszel
from kazipot.core.psychometrics.health.distractors import options
from kazipot.core.psychometrics.health.drift import drift
from kazipot.core.psychometrics.health.exposure import exposure
from kazipot.core.psychometrics.health.person_fit import lz_star
from kazipot.core.psychometrics.health.response_times import effort, lognormal, rapid
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.responses import from_matrix
from tests.core.psychometrics.simulated import answers, two_parameter_items

ITEMS = two_parameter_items(20, 31)
NAMES = [item.name for item in ITEMS]


def _two_groups(shift: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Answers of two groups of different ability; item 0 is harder for the second by `shift`."""
    rng = np.random.default_rng(seed)
    focal = np.arange(3000) >= 1500
    ability = rng.normal(size=3000) - 0.3 * focal
    table = answers(ITEMS, ability, rng)
    harder = Item("i0", "2pl", ITEMS[0].a, (ITEMS[0].b[0] + shift,))
    table[focal, 0] = answers([harder], ability[focal], rng)[:, 0]
    return table, focal, ability


def test_mantel_haenszel_is_the_textbooks() -> None:
    """One stratum by hand: 2 × 2 table (30, 10; 20, 20): odds ratio 3, χ² = (|30 − 25| − ½)² / var, var = 40·40·50·30 /
    (80²·79)."""
    right = np.array([True] * 30 + [False] * 10 + [True] * 20 + [False] * 20)
    focal = np.arange(80) >= 40
    found = mantel_haenszel(right, focal, np.zeros(80, np.int64))
    assert found.odds_ratio == pytest.approx(3.0)
    assert found.chi_squared == pytest.approx(4.5**2 / (40 * 40 * 50 * 30 / (80**2 * 79)))
    assert found.delta == pytest.approx(-2.35 * np.log(3))
    assert found.se_delta == pytest.approx(2.35 * np.sqrt(1 / 30 + 1 / 10 + 1 / 20 + 1 / 20))  # Woolf, in one stratum


def test_item_that_is_harder_for_a_group_is_found_and_others_are_not() -> None:
    table, focal, _ability = _two_groups(0.8, 1)
    score = table.sum(axis=1)
    sizes = [mantel_haenszel(table[:, j] == 1, focal, score).size for j in range(20)]
    assert sizes[0] == "C"
    assert set(sizes[1:]) == {"A"}
    tests = [logistic(table[:, j] == 1, focal, score.astype(float)) for j in range(20)]
    assert tests[0].p_uniform < 1e-6
    assert tests[0].effect < 0
    assert sum(one.p_uniform < 0.01 for one in tests[1:]) <= 2


def test_dif_raises_few_false_alarms_between_groups_of_different_ability() -> None:
    p = []
    for seed in range(20):
        table, focal, _ability = _two_groups(0.0, 100 + seed)
        p.extend(mantel_haenszel(table[:, j] == 1, focal, table.sum(axis=1)).p for j in range(0, 20, 4))
    assert np.mean(np.array(p) < 0.05) < 0.12


def test_slope_that_differs_is_non_uniform() -> None:
    rng = np.random.default_rng(3)
    ability, focal = rng.normal(size=4000), np.arange(4000) % 2 == 1
    right = rng.random(4000) < 1 / (1 + np.exp(-np.where(focal, 0.4, 1.8) * ability))
    found = logistic(right, focal, ability)
    assert found.p_non_uniform < 1e-6
    assert found.p_uniform > 0.001


def test_groups_that_can_not_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="no stratum compares"):
        mantel_haenszel(np.array([True, False]), np.array([False, True]), np.array([1, 2]))


def test_two_questions_on_one_text_are_found() -> None:
    rng = np.random.default_rng(4)
    ability = rng.normal(size=2000)
    table = answers(ITEMS, ability, rng)
    copied = rng.random(2000) < 0.5
    table[copied, 7] = table[copied, 3]
    responses = from_matrix(table, NAMES)
    found = dependent_pairs(responses, calibrate(responses, "2pl").items)
    assert [(pair.first, pair.second) for pair in found] == [("i3", "i7")]
    assert found[0].people == 2000


def test_independent_items_have_a_q3_around_minus_one_by_their_number() -> None:
    rng = np.random.default_rng(5)
    responses = from_matrix(answers(ITEMS, rng.normal(size=3000), rng), NAMES)
    table = q3(responses, ITEMS)
    assert np.mean(table[np.triu_indices(20, 1)]) == pytest.approx(-1 / 19, abs=0.02)


def test_person_fit_is_standard_normal_when_people_answer_as_the_model_says() -> None:
    """Snijders' correction: without it l_z at an estimated ability has a variance well below 1."""
    items = two_parameter_items(60, 6)
    rng = np.random.default_rng(6)
    responses = from_matrix(answers(items, rng.normal(size=3000), rng), [item.name for item in items])
    theta = maximum_a_posteriori(responses, items).theta
    found = lz_star(responses, items, theta, prior_sd=1.0)
    assert found.mean() == pytest.approx(0.0, abs=0.08)
    assert found.std() == pytest.approx(1.0, abs=0.08)
    assert np.mean(found < norm.ppf(0.05)) == pytest.approx(0.05, abs=0.025)
    assert kstest(found[:500], "norm").statistic < 0.1


def test_person_who_gets_the_hard_ones_right_and_the_easy_ones_wrong_stands_out() -> None:
    b = np.array([item.b[0] for item in ITEMS])
    rng = np.random.default_rng(7)
    table = answers(ITEMS, rng.normal(size=500), rng)
    table[0] = (b > np.median(b)).astype(int)
    responses = from_matrix(table, NAMES)
    found = lz_star(responses, ITEMS, maximum_a_posteriori(responses, ITEMS).theta, prior_sd=1.0)
    assert found[0] < -4
    assert found.argmin() == 0


def test_item_that_got_about_drifts_and_others_do_not() -> None:
    rng = np.random.default_rng(8)
    before = from_matrix(answers(ITEMS, rng.normal(size=2000), rng), NAMES)
    known = [Item(i.name, i.model, i.a, (i.b[0] - (1.2 if i.name == "i5" else 0.0),)) for i in ITEMS]
    after = from_matrix(answers(known, rng.normal(size=2000), rng), NAMES)
    found = drift(calibrate(before, "2pl").estimates, calibrate(after, "2pl").estimates)
    assert [one.item for one in found if one.suspicious] == ["i5"]
    moved = next(one for one in found if one.item == "i5")
    assert moved.moved == pytest.approx(-1.2, abs=0.4)
    assert moved.p < 1e-4


def test_options_that_attract_the_able_or_nobody_are_named() -> None:
    rng = np.random.default_rng(9)
    ability = rng.normal(size=3000)
    chosen = np.where(rng.random(3000) < 1 / (1 + np.exp(-ability)), 2, 0)
    chosen[(chosen == 0) & (ability > 0.5)] = 1
    chosen[:10] = 3
    found = options(chosen, ability, key=2, number=4)
    assert [option.fault for option in found] == ["", "attracts the able", "", "rare"]
    assert found[2].by_third[0] < found[2].by_third[1] < found[2].by_third[2]
    assert sum(option.share for option in found) == pytest.approx(1.0)
    assert options(chosen, ability, key=0, number=4)[0].fault == "repels the able"


def test_speeds_and_intensities_are_found_again() -> None:
    rng = np.random.default_rng(10)
    speed, intensity = 0.3 * rng.normal(size=800), rng.normal(3.5, 0.4, 15)
    sd = rng.uniform(0.3, 0.6, 15)
    seconds = np.exp(intensity - speed[:, None] + sd * rng.normal(size=(800, 15)))
    seconds[rng.random(seconds.shape) < 0.2] = np.nan
    found = lognormal(seconds)
    assert found.intensity == pytest.approx(intensity, abs=0.1)
    assert np.corrcoef(found.speed, speed)[0, 1] > 0.9
    assert 1 / found.discrimination == pytest.approx(sd, rel=0.15)
    assert np.nanstd(found.residual) == pytest.approx(1.0, abs=0.06)


def test_answers_faster_than_reading_are_rapid() -> None:
    seconds = np.full((10, 4), 30.0)
    seconds[0] = [1.0, 2.0, 30.0, np.nan]
    assert rapid(seconds).sum() == 2
    assert effort(seconds)[0] == pytest.approx(1 / 3)
    assert (effort(seconds)[1:] == 1).all()
    with pytest.raises(ValueError, match="not positive"):
        lognormal(np.array([[0.0, 1.0]]))


def test_exposure_counts_sittings_and_what_two_people_share() -> None:
    """By hand: three sittings of two items; pairs share 1, 1 and 0 of 2 items, on average a third."""
    found = exposure([[0, 1], [0, 2], [1, 3]], 5)
    assert found.shares == pytest.approx([2 / 3, 2 / 3, 1 / 3, 1 / 3, 0])
    assert found.overlap == pytest.approx(1 / 3)
    assert found.unused == 1
    with pytest.raises(ValueError, match="at least two"):
        exposure([[0]], 5)
