"""Who lapses when, and how the load is spread: no assignment is more even, and nobody leaves the window."""

from datetime import date
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kazipot.core.duty.forecast import Due, forecast
from kazipot.core.duty.spreading import Months, spread, window_months

MONTHS = 4
CHOICES = st.tuples(st.integers(0, MONTHS - 1), st.integers(0, MONTHS - 1)).map(
    lambda pair: tuple(range(min(pair), max(pair) + 1))
)

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def most_even(groups: dict[Months, int]) -> tuple[int, int]:
    """The least sum of squares and the least largest month, by trying every assignment."""
    people = [choice for choice, number in groups.items() for _ in range(number)]
    loads = [[chosen.count(month) for month in range(MONTHS)] for chosen in product(*people)]
    return min(sum(load**2 for load in row) for row in loads), min(max(row) for row in loads)


@unhurried
@given(st.dictionaries(CHOICES, st.integers(1, 3), max_size=3))
def test_no_assignment_is_more_even(groups: dict[Months, int]) -> None:
    found = spread(groups, MONTHS)
    assert (sum(load**2 for load in found.loads), max(found.loads)) == most_even(groups)


@unhurried
@given(st.dictionaries(CHOICES, st.integers(1, 5_000), max_size=8))
def test_everybody_is_placed_once_and_inside_the_window(groups: dict[Months, int]) -> None:
    found = spread(groups, MONTHS)
    for choice, people in groups.items():
        assert sum(found.placed[choice].values()) == people
        assert set(found.placed[choice]) == set(choice)
        assert min(found.placed[choice].values()) >= 0
    assert sum(found.loads) == sum(groups.values())
    assert found.loads == tuple(sum(row.get(month, 0) for row in found.placed.values()) for month in range(MONTHS))


def test_chain_of_moves_frees_a_month_that_no_single_move_frees() -> None:
    found = spread({(0,): 4, (0, 1): 6, (1, 2): 6}, 3)
    assert found.loads == (5, 5, 6)


def test_months_with_too_few_seats_are_told() -> None:
    assert spread({(0, 1): 10}, 2, seats=5).beyond == {}
    assert spread({(0, 1): 11}, 2, seats=5).beyond == {0: 1}


def test_choice_outside_the_plan_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="months"):
        spread({(5,): 1}, 2)


def test_closed_months_are_left_out_unless_nothing_else_is_left() -> None:
    assert window_months(5, 8, {6, 7}, 24) == (5, 8)
    assert window_months(6, 7, {6, 7}, 24) == (6, 7)
    assert window_months(-2, 1, set(), 24) == (0, 1)


def test_forecast_counts_each_person_in_the_month_in_which_it_lapses() -> None:
    people = [
        Due(1, 7, date(2026, 6, 30)),
        Due(2, 7, date(2026, 7, 1)),
        Due(3, 7, None),
        Due(4, 7, date(2026, 6, 1)),
        Due(5, 8, date(2028, 5, 31)),
        Due(6, 8, date(2028, 6, 1)),
    ]
    found = forecast(people, date(2026, 6, 1))
    assert found.months[0] == date(2026, 6, 1)
    assert found.months[-1] == date(2028, 5, 1)
    assert (found.missing, found.lapsing[7][:3], found.lapsing[8][-1]) == ({7: 2, 8: 0}, (1, 1, 0), 1)
    assert sum(found.totals) == 3
