"""Ability from answers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.psychometrics.calibration import calibrate
from kazipot.core.psychometrics.estimation import expected_a_posteriori, maximum_a_posteriori, weighted_likelihood
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.quadrature import normal_grid
from kazipot.core.psychometrics.responses import Responses, from_matrix
from tests.core.psychometrics.published import LSAT6, LSAT7, expanded, names
from tests.core.psychometrics.simulated import two_parameter_items

BANK = two_parameter_items(12, 3)


def _responses(rows: np.ndarray) -> Responses:
    """Without the checks that a calibration needs: any patterns at all."""
    given_ = rows >= 0
    start = np.concatenate([[0], np.cumsum(given_.sum(axis=1))])
    item = np.broadcast_to(np.arange(rows.shape[1], dtype=np.int32), rows.shape)[given_]
    return Responses(
        tuple(f"i{j}" for j in range(rows.shape[1])), (2,) * rows.shape[1], start, item,
        rows[given_].astype(np.int32), np.ones(len(rows)), np.zeros(len(rows), np.int32),
    )  # fmt: skip


@given(st.lists(st.integers(-1, 1), min_size=12, max_size=12).filter(lambda row: max(row) >= 0))
def test_eap_lies_inside_the_grid_and_is_less_sure_than_the_population(row: list[int]) -> None:
    found = expected_a_posteriori(_responses(np.array([row])), BANK)
    assert -6 < found.theta[0] < 6
    assert 0 < found.se[0] < 1


@given(st.lists(st.integers(0, 1), min_size=12, max_size=12), st.integers(0, 11))
def test_one_more_right_answer_never_lowers_the_estimate(row: list[int], place: int) -> None:
    low, high = list(row), list(row)
    low[place], high[place] = 0, 1
    both = _responses(np.array([low, high]))
    for estimate in (expected_a_posteriori(both, BANK), maximum_a_posteriori(both, BANK)):
        assert estimate.theta[1] > estimate.theta[0]
    weighted = weighted_likelihood(both, BANK)
    assert weighted.theta[1] >= weighted.theta[0]


@given(st.permutations(range(12)), st.lists(st.integers(0, 1), min_size=12, max_size=12))
def test_order_of_the_items_does_not_matter(order: list[int], row: list[int]) -> None:
    plain = expected_a_posteriori(_responses(np.array([row])), BANK)
    mixed = expected_a_posteriori(_responses(np.array([row])[:, order]), [BANK[j] for j in order])
    assert mixed.theta == pytest.approx(plain.theta)


def test_map_and_wle_solve_their_equations() -> None:
    rows = np.random.default_rng(2).integers(0, 2, (40, 12))
    a, b = np.array([item.a for item in BANK]), np.array([item.b[0] for item in BANK])

    def score(theta: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        p = 1 / (1 + np.exp(-a * (theta[:, None] - b)))
        return ((rows - p) * a).sum(1), (a**2 * p * (1 - p)).sum(1), (a**3 * p * (1 - p) * (1 - 2 * p)).sum(1)

    found = maximum_a_posteriori(_responses(rows), BANK)
    slope, info, _bend = score(found.theta)
    assert slope - found.theta == pytest.approx(np.zeros(40), abs=1e-4)
    assert found.se == pytest.approx(1 / np.sqrt(info + 1), abs=1e-3)
    found = weighted_likelihood(_responses(rows), BANK)
    slope, info, bend = score(found.theta)
    assert slope + bend / (2 * info) == pytest.approx(np.zeros(40), abs=2e-3)


def test_all_right_and_all_wrong_have_finite_estimates() -> None:
    found = weighted_likelihood(_responses(np.array([[0] * 12, [1] * 12])), BANK)
    assert -6 < found.theta[0] < -2
    assert 2 < found.theta[1] < 6


def test_lsat6_scores_are_those_of_ltm() -> None:
    """`factor.scores(ltm(LSAT ~ z1))`: posterior modes of patterns 00000, 00001, 00010 and 11111."""
    matrix = expanded(LSAT6)
    responses = from_matrix(matrix, names(matrix))
    found = maximum_a_posteriori(responses, calibrate(responses, "2pl").items)
    assert [found.theta[row] for row in (0, 1, 2, -1)] == pytest.approx([-1.895, -1.479, -1.460, 0.606], abs=0.001)
    assert [found.se[row] for row in (0, 1, 2, -1)] == pytest.approx([0.795, 0.796, 0.796, 0.855], abs=0.001)


def test_lsat7_scores_are_those_of_mirt() -> None:
    """mirt's tests: EAP of 00000 by sum score −1.86979, which only that pattern has; MAP −1.81656, −1.49469."""
    matrix = expanded(LSAT7)
    responses = from_matrix(matrix, names(matrix))
    items = calibrate(responses, "2pl").items
    assert expected_a_posteriori(responses, items).theta[0] == pytest.approx(-1.86979, abs=0.001)
    assert maximum_a_posteriori(responses, items).theta[:2] == pytest.approx([-1.81656, -1.49469], abs=0.001)


def test_prior_moves_the_estimate_towards_its_mean() -> None:
    rows = _responses(np.array([[1, 0] * 6]))
    grid = normal_grid(mean=1.0, sd=0.5)
    assert expected_a_posteriori(rows, BANK, grid).theta[0] > expected_a_posteriori(rows, BANK).theta[0]
    assert maximum_a_posteriori(rows, BANK, mean=1.0, sd=0.5).theta[0] > maximum_a_posteriori(rows, BANK).theta[0]


def test_graded_answers_give_ability_too() -> None:
    items = [Item(f"i{j}", "grm", 1.5, (-1.0, 0.0, 1.0)) for j in range(6)]
    rows = np.array([[k] * 6 for k in range(4)])
    found = expected_a_posteriori(_responses(rows), items)
    assert (np.diff(found.theta) > 0.5).all()
    assert found.theta == pytest.approx(-found.theta[::-1], abs=1e-9)
