"""Curves of the models: probabilities, derivatives, information."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.psychometrics.irt import Item, curves, expected_scores, information, log_probabilities
from kazipot.core.psychometrics.quadrature import nodes_between, normal_grid

THETA = np.linspace(-4, 4, 33)
SLOPES = st.floats(0.2, 3.0)
PLACES = st.floats(-3.0, 3.0)


@st.composite
def items(draw: st.DrawFn) -> Item:
    """An item of any model."""
    model = draw(st.sampled_from(["rasch", "2pl", "3pl", "grm", "gpcm"]))
    a, first = draw(SLOPES), draw(PLACES)
    if model in ("grm", "gpcm"):
        steps = draw(st.lists(st.floats(0.1, 1.5), min_size=1, max_size=3))
        return Item("i", model, a, tuple(np.cumsum([first, *steps]).tolist()))
    return Item("i", model, a, (first,), draw(st.floats(0.05, 0.4)) if model == "3pl" else 0.0)


@given(items())
def test_probabilities_sum_to_one_and_expected_score_rises(item: Item) -> None:
    p = np.exp(log_probabilities([item], THETA))[0]
    assert p.sum(axis=0) == pytest.approx(np.ones(THETA.size))
    scores = expected_scores([item], THETA)[0]
    assert (np.diff(scores) > -1e-12).all()
    assert scores[-1] > scores[0]


@given(items())
def test_derivatives_are_those_of_finite_differences(item: Item) -> None:
    found = curves(item.model, item.parameters[None, :], THETA)
    step = 1e-6
    by_theta = curves(item.model, item.parameters[None, :], THETA + step).log_p - found.log_p
    assert found.by_ability[0] == pytest.approx(by_theta[0] / step, abs=1e-3, rel=1e-3)
    for place in range(item.parameters.size):
        shift = np.zeros(item.parameters.size)
        shift[place] = step
        moved = curves(item.model, (item.parameters + shift)[None, :], THETA).log_p
        rise = (moved - found.log_p)[0] / step
        assert found.by_parameter[0][:, place] == pytest.approx(rise, abs=1e-3, rel=1e-3)


@given(SLOPES, PLACES)
def test_information_rises_to_the_difficulty_and_falls_after_it(a: float, b: float) -> None:
    at = information([Item("i", "2pl", a, (b,))], b + np.linspace(-6, 6, 121))[0]
    assert int(at.argmax()) == 60
    assert at[60] == pytest.approx(a * a / 4)
    assert (np.diff(at[:61]) > 0).all()
    assert (np.diff(at[60:]) < 0).all()


@given(PLACES, st.floats(0.3, 2.0), st.floats(0.1, 1.0))
def test_information_grows_with_discrimination_at_the_difficulty(b: float, a: float, more: float) -> None:
    one, other = (information([Item("i", "2pl", slope, (b,))], np.array([b]))[0, 0] for slope in (a, a + more))
    assert other > one


@given(PLACES, SLOPES, st.floats(0.05, 0.4))
def test_guessing_takes_information_away(b: float, a: float, c: float) -> None:
    without = information([Item("i", "2pl", a, (b,))], THETA)
    with_guessing = information([Item("i", "3pl", a, (b,), c)], THETA)
    assert (with_guessing <= without + 1e-12).all()


def test_three_parameter_information_is_birnbaums() -> None:
    """I = a² (1 − P) / P · ((P − c) / (1 − c))² (Birnbaum 1968, eq. 20.4.16)."""
    item = Item("i", "3pl", 1.3, (0.4,), 0.2)
    p = 0.2 + 0.8 / (1 + np.exp(-1.3 * (THETA - 0.4)))
    expected = 1.3**2 * (1 - p) / p * ((p - 0.2) / 0.8) ** 2
    assert information([item], THETA)[0] == pytest.approx(expected)


def test_dichotomous_graded_and_partial_credit_items_are_the_2pl() -> None:
    two, grm, gpcm = (Item("i", model, 1.2, (0.3,)) for model in ("2pl", "grm", "gpcm"))
    plain = log_probabilities([two], THETA)
    assert log_probabilities([grm], THETA) == pytest.approx(plain)
    assert log_probabilities([gpcm], THETA) == pytest.approx(plain)


def test_items_with_fewer_categories_leave_the_others_impossible() -> None:
    table = log_probabilities([Item("x", "2pl", 1.0, (0.0,)), Item("y", "grm", 1.0, (-1.0, 1.0))], THETA)
    assert table.shape == (2, 3, 33)
    assert np.isneginf(table[0, 2]).all()


def test_normal_weights_have_the_moments_of_the_population() -> None:
    grid = normal_grid(61, mean=0.4, sd=0.8)
    assert grid.weights.sum() == pytest.approx(1.0)
    assert grid.weights @ grid.nodes == pytest.approx(0.4, abs=1e-9)
    assert grid.weights @ (grid.nodes - 0.4) ** 2 == pytest.approx(0.64, abs=1e-8)


def test_fewer_than_41_nodes_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 41 nodes, not 21"):
        nodes_between(number=21)
