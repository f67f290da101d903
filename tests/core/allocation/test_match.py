"""Needs and seats are matched as well as can be, and no better."""

from collections.abc import Sequence
from itertools import chain, combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.allocation.match import Cell, Supply, flow_value, match

LEVELS = st.integers(0, 3)


@st.composite
def spans(draw: st.DrawFn) -> tuple[int, int]:
    low = draw(LEVELS)
    return low, draw(st.integers(low + 1, 4))


CELLS = st.lists(
    st.builds(Cell, st.integers(1, 3), st.none() | LEVELS, st.integers(0, 40)),
    max_size=6,
    unique_by=lambda cell: (cell.competence, cell.level),
)
SUPPLY = st.builds(Supply, st.integers(1, 30), st.dictionaries(st.integers(1, 3), spans(), max_size=3))
SUPPLIES = st.lists(SUPPLY, max_size=5)


def by_hall(cells: Sequence[Cell], supplies: Sequence[Supply]) -> int:
    """The most that can be served, by the deficiency version of Hall's theorem (Ore 1955), over all sets of cells."""
    some = chain.from_iterable(combinations(cells, size) for size in range(len(cells) + 1))
    total = sum(cell.people for cell in cells)
    return total - max(
        sum(cell.people for cell in chosen)
        - sum(supply.seats for supply in supplies if any(supply.fits(cell) for cell in chosen))
        for chosen in some
    )


@settings(deadline=None, derandomize=True)
@given(CELLS, SUPPLIES)
def test_flow_equals_what_halls_theorem_allows(cells: list[Cell], supplies: list[Supply]) -> None:
    assert flow_value(cells, supplies) == by_hall(cells, supplies)


@settings(deadline=None, derandomize=True)
@given(CELLS, SUPPLIES)
def test_truth_lies_between_at_least_and_at_most(cells: list[Cell], supplies: list[Supply]) -> None:
    found = match(cells, supplies)
    assert found.at_least <= sum(least for least, _most in found.by_competence.values())
    assert sum(most for _least, most in found.by_competence.values()) == found.at_most <= found.needs
    assert all(least <= most for least, most in found.by_competence.values())


@settings(deadline=None, derandomize=True)
@given(CELLS, SUPPLIES, SUPPLY)
def test_more_seats_never_match_less(cells: list[Cell], supplies: list[Supply], more: Supply) -> None:
    before, after = match(cells, supplies), match(cells, [*supplies, more])
    assert (after.at_least >= before.at_least, after.at_most >= before.at_most) == (True, True)


def test_seats_for_the_same_people_are_no_help_to_the_others() -> None:
    """Twenty seats and twenty people; but ten of them are beyond what both courses teach."""
    cells = [Cell(1, 0, 10), Cell(1, 3, 10)]
    supplies = [Supply(10, {1: (0, 2)}), Supply(10, {1: (0, 3)})]
    assert (match(cells, supplies).least_share, match(cells, supplies).most_share) == (0.5, 0.5)


def test_seat_serves_two_needs_at_most_one_in_each_competence() -> None:
    cells = [Cell(1, 0, 10), Cell(2, 0, 10)]
    found = match(cells, [Supply(10, {1: (0, 2), 2: (0, 2)})])
    assert (found.at_least, found.at_most) == (10, 20)
    assert (found.least_share, found.most_share) == (0.5, 1.0)


def test_hidden_level_is_served_at_most_by_any_seat_and_at_least_by_none() -> None:
    found = match([Cell(1, None, 8), Cell(1, 0, 5)], [Supply(10, {1: (0, 2)})])
    assert (found.at_least, found.at_most, found.by_competence) == (5, 10, {1: (5, 10)})


def test_nothing_needed_has_no_share() -> None:
    assert match([], [Supply(10, {1: (0, 2)})]).most_share is None
    assert match([Cell(1, 0, 3)], []).most_share == 0.0
