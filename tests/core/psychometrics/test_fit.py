"""Fit of items and of the model: published values, and the share of false alarms when the model is true."""

import numpy as np
import pytest
from scipy.stats import kstest

from kazipot.core.psychometrics.calibration import calibrate
from kazipot.core.psychometrics.calibration.item_fit import item_fit, sum_score_distribution
from kazipot.core.psychometrics.calibration.model_fit import model_fit
from kazipot.core.psychometrics.errors import Unusable
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.responses import from_matrix
from tests.core.psychometrics.published import LSAT6, LSAT7, expanded, names
from tests.core.psychometrics.simulated import answers, two_parameter_items


def test_item_fit_of_lsat7_is_mirts() -> None:
    """mirt's tests: S-X² 4.749, 14.451, 1.270, 5.237, 0.941 with 2 degrees of freedom each."""
    matrix = expanded(LSAT7)
    responses = from_matrix(matrix, names(matrix))
    found = item_fit(responses, calibrate(responses, "2pl").items)
    assert [one.statistic for one in found] == pytest.approx([4.74944, 14.45107, 1.27038, 5.2374, 0.941125], abs=0.003)
    assert [one.df for one in found] == [2] * 5
    assert found[1].p < 0.001


@pytest.mark.parametrize(
    ("table", "model", "statistic", "df"),
    [(LSAT7, "2pl", 11.93841, 5), (LSAT6, "rasch", 5.291576, 9), (LSAT6, "2pl", 4.737141, 5)],
)
def test_model_fit_is_mirts(table: str, model: str, statistic: float, df: int) -> None:
    matrix = expanded(table)
    responses = from_matrix(matrix, names(matrix))
    found = model_fit(responses, calibrate(responses, model).items)
    assert (found.statistic, found.df) == (pytest.approx(statistic, abs=0.002), df)


def test_sum_scores_of_equal_items_are_binomial() -> None:
    found = sum_score_distribution(np.full((4, 1), 0.3))[:, 0]
    assert found == pytest.approx([0.7**4, 4 * 0.3 * 0.7**3, 6 * 0.09 * 0.49, 4 * 0.027 * 0.7, 0.3**4])


def test_true_model_fits_as_often_as_it_should() -> None:
    """p of M₂ over 40 data sets made by the model looks uniform; S-X² raises few alarms."""
    items = two_parameter_items(8, 2)
    whole, single = [], []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        responses = from_matrix(answers(items, rng.normal(size=1000), rng), [item.name for item in items])
        found = calibrate(responses, "2pl").items
        whole.append(model_fit(responses, found).p)
        single.extend(one.p for one in item_fit(responses, found))
    assert kstest(whole, "uniform").pvalue > 0.01
    assert np.mean(np.array(single) < 0.05) < 0.10


def test_wrong_model_does_not_fit() -> None:
    """Two abilities instead of one: M₂ and its RMSEA see it."""
    items = two_parameter_items(10, 2)
    rng = np.random.default_rng(1)
    first, second = answers(items, rng.normal(size=2000), rng), answers(items, rng.normal(size=2000), rng)
    matrix = np.column_stack([first[:, :5], second[:, 5:]])
    responses = from_matrix(matrix, [item.name for item in items])
    found = model_fit(responses, calibrate(responses, "rasch").items)
    assert found.p < 1e-6
    assert found.rmsea > 0.05


def test_fit_is_refused_where_it_means_nothing() -> None:
    graded = [Item(f"i{j}", "grm", 1.0, (-1.0, 1.0)) for j in range(5)]
    rng = np.random.default_rng(1)
    responses = from_matrix(answers(graded, rng.normal(size=300), rng), [item.name for item in graded])
    for test in (item_fit, model_fit):
        with pytest.raises(Unusable, match="not_dichotomous"):
            test(responses, graded)
