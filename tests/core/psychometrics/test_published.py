"""Published estimates of classic data sets are found again. Sources of the data: `published.py`.

- ltm: Rizopoulos 2006, Journal of Statistical Software 17(5), pp. 10-11, and the printed `summary` of its models;
- mirt: Chalmers 2012, Journal of Statistical Software 48(6), and the package's printed documentation and tests.
"""

import numpy as np
import pytest

from kazipot.core.psychometrics.calibration import Calibration, Priors, calibrate
from kazipot.core.psychometrics.quadrature import normal_log_weights
from kazipot.core.psychometrics.responses import from_matrix
from tests.core.psychometrics.published import ABORTION, LSAT6, LSAT7, SCIENCE, expanded, names

TABLES = {"LSAT-6": (LSAT6, 0), "LSAT-7": (LSAT7, 0), "Science": (SCIENCE, 1), "Abortion": (ABORTION, 0)}


def _calibrated(name: str, model: str, priors: Priors | None = None) -> Calibration:
    matrix = expanded(*TABLES[name])
    return calibrate(from_matrix(matrix, names(matrix)), model, priors=priors)


@pytest.mark.parametrize(
    ("data", "model", "published", "within"),
    [
        ("LSAT-6", "2pl", -2466.653, 0.001),  # ltm, mirt
        ("LSAT-6", "rasch", -2466.938, 0.001),  # ltm: rasch(LSAT), common discrimination free
        ("LSAT-7", "2pl", -2658.805, 0.001),  # mirt
        ("Science", "grm", -1608.870, 0.001),  # mirt
        ("Science", "gpcm", -1612.683, 0.0016),  # mirt stops its EM 0.0014 below the maximum
    ],
)
def test_log_likelihood_is_the_published_one(data: str, model: str, published: float, within: float) -> None:
    assert _calibrated(data, model).log_likelihood == pytest.approx(published, abs=within)


def test_lsat6_estimates_and_errors_are_those_of_ltm() -> None:
    found = _calibrated("LSAT-6", "2pl").estimates
    a = [0.8254, 0.7229, 0.8905, 0.6886, 0.6575]
    b = [-3.3597, -1.3696, -0.2799, -1.8659, -3.1236]
    assert [one.item.a for one in found] == pytest.approx(a, abs=0.001)
    assert [one.item.b[0] for one in found] == pytest.approx(b, abs=0.003)
    assert [one.se_a for one in found] == pytest.approx([0.2581, 0.1867, 0.2326, 0.1852, 0.2100], abs=0.0005)
    assert [one.se_b[0] for one in found] == pytest.approx([0.8669, 0.3073, 0.0997, 0.4341, 0.8700], abs=0.0015)


def test_lsat6_with_one_slope_is_that_of_ltm() -> None:
    found = _calibrated("LSAT-6", "rasch").estimates
    assert [one.item.a for one in found] == pytest.approx([0.7551] * 5, abs=1e-4)
    assert [one.se_a for one in found] == pytest.approx([0.0694] * 5, abs=1e-4)
    assert [one.item.b[0] for one in found] == pytest.approx([-3.6153, -1.3224, -0.3176, -1.7301, -2.7802], abs=2e-4)
    assert [one.se_b[0] for one in found] == pytest.approx([0.3266, 0.1422, 0.0977, 0.1691, 0.2510], abs=2e-4)


def test_lsat7_estimates_are_those_of_mirt() -> None:
    found = _calibrated("LSAT-7", "2pl").items
    assert [item.a for item in found] == pytest.approx([0.988, 1.081, 1.706, 0.765, 0.736], abs=0.002)
    assert [item.parameters[1] for item in found] == pytest.approx([1.856, 0.808, 1.804, 0.486, 1.855], abs=0.002)


def test_lsat7_errors_are_those_of_mirt() -> None:
    """mirt's own test: 95 % limits from the Richardson-extrapolated observed information."""
    lower = [0.6406, 0.7501, 1.0779, 0.5022, 0.4395]
    upper = [1.3354, 1.4119, 2.3340, 1.0280, 1.0320]
    published = (np.array(upper) - lower) / 2 / 1.959964
    found = [one.se_a for one in _calibrated("LSAT-7", "2pl").estimates]
    assert found == pytest.approx(published.tolist(), abs=0.002)


def test_science_estimates_are_those_of_mirt() -> None:
    published = [
        [1.0418, 4.8642, 2.6399, -1.4660],
        [1.2260, 2.9240, 0.9012, -2.2666],
        [2.2934, 5.2340, 2.2138, -1.9637],
        [1.0949, 3.3479, 0.9916, -1.6883],
    ]
    found = [item.parameters.tolist() for item in _calibrated("Science", "grm").items]
    for ours, theirs in zip(found, published, strict=True):
        assert ours == pytest.approx(theirs, abs=0.013)


def test_science_partial_credit_is_that_of_mirt() -> None:
    """mirt prints the sums of the step intercepts; its EM ends where the third slope is still 1.5 % short."""
    sums = [[2.831, 5.324, 3.998], [1.711, 2.578, 0.848], [4.601, 6.759, 4.918], [2.099, 2.899, 1.721]]
    found = _calibrated("Science", "gpcm").items
    assert [item.a for item in found] == pytest.approx([0.865, 0.841, 2.204, 0.724], rel=0.016)
    for item, published in zip(found, sums, strict=True):
        assert np.cumsum(item.parameters[1:]).tolist() == pytest.approx(published, rel=0.015)


def test_three_parameters_with_mirts_prior_are_mirts() -> None:
    """`PRIOR = (1-5, g, norm, -1, 1)`: log-likelihood −2659.153, log posterior −2664.008."""
    found = _calibrated("LSAT-7", "3pl", Priors(logit_c=(-1.0, 1.0)))
    c = np.array([item.c for item in found.items])
    z = np.log(c / (1 - c)) + 1.0
    posterior = found.log_likelihood - 0.5 * float(z @ z) - 2.5 * float(np.log(2 * np.pi))
    assert found.log_likelihood == pytest.approx(-2659.153, abs=0.001)
    assert posterior == pytest.approx(-2664.008, abs=0.001)


def test_abortion_differs_from_ltm_by_the_error_of_its_21_nodes() -> None:
    """ltm prints −706.337. At its own estimates 21 Gauss-Hermite nodes give exactly that, but the integral is −707.311:
    slopes up to 5.7 are too steep for 21 nodes. The maximum of the true likelihood is −707.087."""
    matrix = expanded(*TABLES["Abortion"])
    a, b = np.array([4.4532, 4.3226, 5.6639, 3.6254]), np.array([0.1697, -0.2362, -0.3428, -0.3165])

    def likelihood(nodes: np.ndarray, weights: np.ndarray) -> float:
        p = 1 / (1 + np.exp(-a * (nodes[:, None] - b)))
        each = np.where(matrix[:, None] == 1, p, 1 - p).prod(axis=2) @ weights
        return float(np.log(each).sum())

    nodes, weights = np.polynomial.hermite_e.hermegauss(21)
    fine = np.linspace(-8, 8, 4001)
    assert likelihood(nodes, weights / weights.sum()) == pytest.approx(-706.337, abs=0.001)
    assert likelihood(fine, np.exp(normal_log_weights(fine))) == pytest.approx(-707.311, abs=0.001)
    assert _calibrated("Abortion", "2pl").log_likelihood == pytest.approx(-707.0866, abs=0.0005)
