"""Agreement against published examples, and against what the definitions say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.survey.reliability import cohens_kappa, krippendorffs_alpha

PAIRS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40)


def test_kappa_of_fifty_proposals() -> None:
    """20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: p_o 0.7, p_e 0.5, κ 0.4 (the usual textbook table)."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    assert cohens_kappa(pairs) == pytest.approx(0.4)


def test_alpha_of_krippendorffs_own_nominal_example() -> None:
    """Krippendorff (2011), part C: four observers, twelve units, gaps; α = 0.743."""
    observers = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    units = [[value for value in unit if value is not None] for unit in zip(*observers, strict=True)]
    assert krippendorffs_alpha(units) == pytest.approx(0.743, abs=0.0005)


def test_alpha_of_two_observers_of_ten_units() -> None:
    """Krippendorff (2011), part A: two observers, ten binary units; α = 0.095."""
    first, second = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert krippendorffs_alpha(list(zip(first, second, strict=True))) == pytest.approx(0.095, abs=0.0005)


def test_nothing_to_compare_is_none() -> None:
    assert cohens_kappa([]) is None
    assert cohens_kappa([(1, 1), (1, 1)]) is None
    assert krippendorffs_alpha([]) is None
    assert krippendorffs_alpha([[1], [2]]) is None
    assert krippendorffs_alpha([[1, 1], [1, 1]]) is None


@given(PAIRS)
def test_agreement_is_at_most_one_and_the_coders_may_change_places(pairs: list[tuple[int, int]]) -> None:
    kappa = cohens_kappa(pairs)
    turned = cohens_kappa([(other, one) for one, other in pairs])
    assert kappa == (None if turned is None else pytest.approx(turned))
    assert kappa is None or kappa <= 1
    alpha = krippendorffs_alpha(pairs)
    assert alpha is None or alpha <= 1


@given(st.lists(st.integers(0, 3), min_size=2, max_size=30).filter(lambda values: len(set(values)) > 1))
def test_coders_who_agree_on_everything_have_one(values: list[int]) -> None:
    assert cohens_kappa([(value, value) for value in values]) == pytest.approx(1)
    assert krippendorffs_alpha([(value, value) for value in values]) == pytest.approx(1)
