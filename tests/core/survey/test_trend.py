"""Changes between years: a published interval, simulated overlapping samples, and what must hold for any pair."""

from math import nan, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.intervals import wilson
from kazipot.core.survey.trend import Overlap, Year, change, correlation, shared_part

LARGE = 1e9


def year(value: float, reach: float, *, version: str = "1", answered: int = 100, population: float = LARGE) -> Year:
    return Year(version, value, reach / 1.96, value - reach, value + reach, answered, population)


def year_of(yes: int, people: int) -> Year:
    """A share with Wilson's interval."""
    share = yes / people
    found = wilson(np.array([share]), np.array([float(people)]))
    error = sqrt(share * (1 - share) / people)
    return Year("1", share, error, float(found.lower[0]), float(found.upper[0]), people, LARGE)


def test_change_of_two_shares_is_newcombes_published_interval() -> None:
    """Newcombe (1998), *Statistics in Medicine* 17, 873-890, table II: 56/70 − 48/80, method 10: 0.0524 to 0.3339."""
    found = change(year_of(48, 80), year_of(56, 70))
    assert found.value == pytest.approx(0.2)
    assert (found.lower, found.upper) == (pytest.approx(0.0524, abs=5e-5), pytest.approx(0.3339, abs=5e-5))
    assert found.told == "rise"


def test_change_at_the_ends_of_the_scale_keeps_a_width() -> None:
    """Newcombe (1998), table II: 10/10 − 0/10, method 10: 0.6075 to 1; 9/10 − 3/10: 0.1705 to 0.8090."""
    found = change(year_of(0, 10), year_of(10, 10))
    assert (found.value, found.error, found.upper) == (1, 0, 1)
    assert found.lower == pytest.approx(0.6075, abs=5e-5)
    found = change(year_of(3, 10), year_of(9, 10))
    assert (found.lower, found.upper) == (pytest.approx(0.1705, abs=5e-5), pytest.approx(0.8090, abs=5e-5))


def test_change_may_be_told_only_if_the_interval_leaves_out_zero() -> None:
    assert change(year(2.0, 0.3), year(2.5, 0.3)).told == "rise"
    assert change(year(2.5, 0.3), year(2.0, 0.3)).told == "fall"
    assert change(year(2.0, 0.3), year(2.3, 0.3)).told == "no change told"
    assert change(year(2.0, 0), year(2.0, 0)).told == "no change told"


def test_another_wording_breaks_the_trend_and_gives_no_number() -> None:
    found = change(year(2.0, 0.3, version="1"), year(2.5, 0.3, version="2"))
    assert (found.told, found.value, found.error, found.lower, found.upper) == ("broken", None, None, None, None)
    assert change(year(nan, 0.3), year(2.5, 0.3)).told == "unknown"


def test_the_same_people_make_a_change_surer() -> None:
    """The same sample twice with correlation ρ: V = V₁ + V₂ − 2ρ·SE₁SE₂, as for pairs."""
    earlier, later = year(2.0, 0.3, population=200), year(2.3, 0.3, population=200)
    alone, both = change(earlier, later), change(earlier, later, Overlap(100, 200, 0.75))
    assert shared_part(earlier, later, Overlap(100, 200, 0.75)) == pytest.approx(1)
    assert alone.error == pytest.approx(0.3 / 1.96 * sqrt(2))
    assert both.error == pytest.approx(0.3 / 1.96 * sqrt(2 - 1.5))
    assert (alone.told, both.told) == ("no change told", "rise")


def test_shared_part_is_nothing_for_an_overlap_by_chance_or_a_census() -> None:
    earlier, later = year(2.0, 0.3, answered=50, population=200), year(2.0, 0.3, answered=100, population=200)
    assert shared_part(earlier, later, Overlap(25, 200, 1)) == 0
    assert shared_part(earlier, later, Overlap(0, 200, 1)) < 0
    census = year(2.0, 0.3, answered=200, population=200)
    assert shared_part(earlier, census, Overlap(50, 200, 1)) == 0
    nobody = year(nan, nan, answered=0, population=200)
    assert shared_part(earlier, nobody, Overlap(0, 200, 1)) == 0


def test_the_error_of_a_change_is_that_of_simulated_overlapping_samples() -> None:
    """300 people, of whom 40 leave and 40 come; 120 answer each year, 90 of them in both years; 3,000 times."""
    rng = np.random.default_rng(11)
    first = rng.normal(2, 1, 340)
    second = 0.8 * first + rng.normal(0.6, 0.6, 340)
    differences, told = [], []
    for _ in range(3000):
        order = rng.permutation(300)
        earlier = order[:120]
        stayed = rng.permutation(earlier[earlier >= 40])[:90]
        fresh = rng.permutation(np.setdiff1d(np.arange(40, 340), earlier))[: 120 - len(stayed)]
        later = np.concatenate([stayed, fresh])
        pairs = np.intersect1d(earlier, later)
        rho = correlation(first[pairs], second[pairs], np.ones(len(pairs)))
        years = []
        for values in (first[earlier], second[later]):
            error = float(values.std(ddof=1)) * sqrt((1 - 120 / 300) / 120)
            years.append(Year("1", float(values.mean()), error, values.mean() - error, values.mean() + error, 120, 300))
        found = change(years[0], years[1], Overlap(len(pairs), 260, rho))
        differences.append(found.value)
        told.append(found.error)
    observed, meant = float(np.std(np.array(differences, dtype=float))), float(np.mean(np.array(told, dtype=float)))
    assert meant == pytest.approx(observed, rel=0.06)
    alone = change(years[0], years[1]).error
    assert alone is not None
    assert alone > 1.3 * observed, "without the overlap"


def test_correlation_is_weighted_and_wants_ten_people_who_differ() -> None:
    same = np.arange(12.0)
    assert correlation(same, 3 - 2 * same, np.ones(12)) == pytest.approx(-1)
    assert correlation(same[:9], same[:9], np.ones(9)) == 0
    assert correlation(same, np.ones(12), np.ones(12)) == 0
    first, second = np.array([0.0, 0, 1, 1] * 5), np.array([0.0, 1, 0, 1] * 5)
    assert correlation(first, second, np.array([3.0, 1, 1, 3] * 5)) == pytest.approx(0.5)


def test_a_year_with_more_answers_than_people_is_refused() -> None:
    with pytest.raises(ValueError):
        year(1, 1, answered=3, population=2)


@settings(deadline=None)
@given(st.floats(0, 4), st.floats(0, 4), st.floats(0, 2), st.floats(0, 2), st.floats(-1, 1), st.integers(0, 100))
def test_turning_the_years_turns_the_change(
    one: float, other: float, reach: float, width: float, rho: float, both: int
) -> None:
    earlier, later, overlap = (
        year(one, reach, population=300),
        year(other, width, population=300),
        Overlap(both, 300, rho),
    )
    there, back = change(earlier, later, overlap), change(later, earlier, overlap)
    assert there.value == pytest.approx(-(back.value or 0))
    assert there.lower == pytest.approx(-(back.upper or 0))
    assert there.error == pytest.approx(back.error)
    assert {there.told, back.told} in ({"rise", "fall"}, {"no change told"})
