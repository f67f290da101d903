"""Weights: worked examples, R's survey package, and what must hold for any survey."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.raking import rake
from kazipot.core.survey.weighting import (
    ContradictingTotalsError,
    Floats,
    Margin,
    Merger,
    NobodyAnsweredError,
    WeightingError,
    collapse,
    design_weights,
    effective_size,
    nonresponse_weights,
)
from tests.core.survey.reference import r_results

type Drawn = tuple[Floats, list[tuple[list[float], list[int]]]]


def margin(name: str, totals: list[float], codes: list[int], *, ordered: bool = False) -> Margin:
    names = tuple(f"{name}{place}" for place in range(len(totals)))
    return Margin(name, names, tuple(totals), np.array(codes, dtype=np.intp), ordered)


def test_design_weights_are_population_over_sample() -> None:
    assert design_weights(np.array([0, 1, 1]), [10, 9], [1, 2]).tolist() == [10, 4.5, 4.5]
    with pytest.raises(WeightingError):
        design_weights(np.array([0]), [1], [2])
    with pytest.raises(WeightingError):
        design_weights(np.array([1]), [1, 5], [1, 0])


def test_effective_size_is_less_the_more_weights_differ() -> None:
    assert effective_size(np.array([3.0, 3.0, 3.0])) == pytest.approx(3)
    assert effective_size(np.array([1.0, 1.0, 2.0])) == pytest.approx(16 / 6)
    with pytest.raises(NobodyAnsweredError):
        effective_size(np.array([]))


def test_nonresponse_weights_let_those_who_answered_stand_for_their_class() -> None:
    """Two classes of 4 asked with weight 10: 2 of one and all of the other answered."""
    answered = np.array([True, True, False, False, True, True, True, True])
    found = nonresponse_weights(np.full(8, 10.0), np.array([0] * 4 + [1] * 4), ("day", "night"), answered)
    assert found.weights.tolist() == [20, 20, 10, 10, 10, 10]
    assert found.mergers == ()


def test_nonresponse_weights_merge_a_class_without_answers_and_say_so() -> None:
    answered = np.array([True, False, True, True])
    found = nonresponse_weights(np.ones(4), np.array([0, 1, 2, 2]), ("a", "b", "c"), answered)
    assert found.mergers == (Merger("class", ("a", "b"), 1),)
    assert found.weights.tolist() == [2, 1, 1]
    with pytest.raises(NobodyAnsweredError):
        nonresponse_weights(np.ones(2), np.array([0, 0]), ("a",), np.array([False, False]))


def test_collapse_joins_neighbours_of_ordered_categories_and_the_smallest_of_others() -> None:
    codes = [0] * 9 + [2] + [3] * 5 + [4] * 2
    kept, mergers = collapse(margin("age", [20, 10, 10, 10, 10], codes, ordered=True))
    assert kept.names == ("age0", "age1 + age2", "age3", "age4")
    assert kept.totals == (20, 20, 10, 10)
    assert kept.people == [9, 1, 5, 2]
    assert mergers == (Merger("age", ("age1", "age2"), 1),)
    kept, mergers = collapse(margin("job", [20, 10, 10, 10, 0], [0] * 9 + [2] * 5 + [3]), minimum=2)
    assert kept.names == ("job0", "job1 + job2 + job3", "job4")
    assert mergers == (Merger("job", ("job1", "job2", "job3"), 6),)


def test_rake_agrees_with_r() -> None:
    """R: rake(svydesign(…), list(~kind, ~job, ~age), …), and calibrate(…, calfun = "raking") (reference/survey.R)."""
    found = rake(r_results.base(), r_results.margins())
    assert found.converged
    assert found.weights == pytest.approx(r_results.weights("raked"), rel=1e-7)
    assert found.weights == pytest.approx(r_results.weights("calibrated"), rel=1e-7)


def test_rake_within_bounds_agrees_with_r() -> None:
    """R: calibrate(…, calfun = "raking", bounds = c(0.65, 1.5))."""
    found = rake(r_results.base(), r_results.margins(), bounds=(0.65, 1.5))
    assert found.converged
    assert found.at_bound == 70
    assert found.weights == pytest.approx(r_results.weights("bounded"), rel=1e-7)


def test_rake_says_that_bounds_are_too_tight() -> None:
    """R 4.1-1 stops here: Calibration failed."""
    found = rake(r_results.base(), r_results.margins(), bounds=(0.75, 1.3), sweeps=200)
    assert not found.converged
    assert found.sweeps < 200, "it gives up when nothing moves"
    assert found.discrepancy > 0.05
    ratios = found.weights / r_results.base()
    assert ratios.min() == pytest.approx(0.75)
    assert ratios.max() == pytest.approx(1.3)


def test_rake_says_that_missing_combinations_leave_totals_unmet() -> None:
    """Everyone of a0 is of b0, but 60 are known in a0 and only 40 in b0."""
    found = rake(np.ones(4), [margin("a", [60, 40], [0, 0, 1, 1]), margin("b", [40, 60], [0, 0, 1, 1])])
    assert not found.converged
    assert found.discrepancy == pytest.approx(0.5)


def test_rake_merges_empty_categories_and_says_so() -> None:
    found = rake(np.ones(4), [margin("a", [5, 3, 2], [0, 0, 2, 2])])
    assert found.mergers == (Merger("a", ("a0", "a1"), 2),)
    assert found.weights.tolist() == [4, 4, 1, 1]


def test_rake_refuses_what_contradicts_itself() -> None:
    with pytest.raises(ContradictingTotalsError, match="sums"):
        rake(np.ones(2), [margin("a", [5, 5], [0, 1]), margin("b", [5, 6], [0, 1])])
    with pytest.raises(ContradictingTotalsError, match="1 answered of “a1”, where nobody is known"):
        margin("a", [10, 0], [0, 1])
    with pytest.raises(NobodyAnsweredError):
        margin("a", [10], [])
    with pytest.raises(WeightingError, match="positive"):
        rake(np.array([0.0, 1.0]), [margin("a", [5, 5], [0, 1])])
    with pytest.raises(WeightingError, match="bounds"):
        rake(np.ones(2), [margin("a", [5, 5], [0, 1])], bounds=(1.1, 2))
    with pytest.raises(WeightingError, match="at least one margin"):
        rake(np.ones(2), [])
    with pytest.raises(WeightingError, match="a code for every weight"):
        rake(np.ones(3), [margin("a", [5, 5], [0, 1])])
    with pytest.raises(WeightingError, match="no category"):
        margin("a", [10], [1])
    with pytest.raises(WeightingError, match="at least 1 answer"):
        collapse(margin("a", [10], [0]), 0)


@st.composite
def surveys(draw: st.DrawFn) -> Drawn:
    """A population with two or three margins, of which some answered: base weights and each margin's totals, codes."""
    people = draw(st.integers(2, 40))
    widths = draw(st.lists(st.integers(1, 4), min_size=2, max_size=3))
    codes = [draw(st.lists(st.integers(0, width - 1), min_size=people, max_size=people)) for width in widths]
    answered = draw(st.lists(st.integers(0, people - 1), min_size=1, max_size=people, unique=True))
    totals = [[float(column.count(code)) for code in range(w)] for column, w in zip(codes, widths, strict=True)]
    weights = draw(st.lists(st.floats(0.2, 5), min_size=len(answered), max_size=len(answered)))
    return np.array(weights), [([*t], [column[at] for at in answered]) for t, column in zip(totals, codes, strict=True)]


@settings(max_examples=60, deadline=None)
@given(surveys(), st.booleans(), st.randoms(use_true_random=False))
def test_raked_weights_meet_every_total_or_say_that_they_do_not_in_any_order(
    survey: Drawn, bounded: bool, chance: Random
) -> None:
    base, drawn = survey
    margins = [margin("abc"[place], totals, codes) for place, (totals, codes) in enumerate(drawn)]
    found = rake(base, margins, bounds=(0.3, 3) if bounded else None, sweeps=60)
    worst = 0.0
    for made in found.margins:
        sums = np.bincount(made.codes, found.weights, minlength=len(made.names))
        worst = max(worst, *(abs(s / t - 1) for s, t in zip(sums, made.totals, strict=True) if t))
    assert worst == pytest.approx(found.discrepancy, abs=1e-9)
    assert found.converged == (found.discrepancy <= 1e-9)
    assert 1 - 1e-9 <= found.effective_size <= len(base) + 1e-9
    order = list(range(len(base)))
    chance.shuffle(order)
    turned = [margin("abc"[place], totals, [codes[at] for at in order]) for place, (totals, codes) in enumerate(drawn)]
    again = rake(base[order], turned, bounds=(0.3, 3) if bounded else None, sweeps=60)
    assert again.mergers == found.mergers
    if found.converged:
        assert again.weights == pytest.approx(found.weights[order], rel=1e-5)
        if bounded:
            ratios = found.weights / base * base.sum() / found.weights.sum()
            assert ratios.min() > 0.3 - 1e-6
            assert ratios.max() < 3 + 1e-6
