"""Tables of the analysis."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.survey.needs_tables import Figures, Group, Tally, figures, tables


def test_figures_are_means_and_shares() -> None:
    assert figures(Tally(people=8, own_sum=12, needed_sum=20, below=6, needs=3)) == Figures(
        people=8, own=Fraction(3, 2), needed=Fraction(5, 2), below=Fraction(3, 4), needs=3
    )


def test_tables_give_the_whole_then_kinds_then_units() -> None:
    line = Tally(people=6, own_sum=6, needed_sum=12, below=6, needs=2)
    found = tables({1: "department", 2: "section"}, {1: {7: line}, 2: {7: line}})
    assert [(group.key, group.parent, group.people) for group in found] == [
        ("whole", None, 12),
        ("kind:department", "whole", 6),
        ("kind:section", "whole", 6),
        ("unit:1", "kind:department", 6),
        ("unit:2", "kind:section", 6),
    ]
    assert found[0].figures == {7: Figures(12, Fraction(1), Fraction(2), Fraction(1), 4)}


def test_tables_hide_small_groups_with_their_number() -> None:
    small, large = Tally(2, 2, 2, 0, 0), Tally(9, 9, 9, 0, 0)
    found = tables({1: "department", 2: "department", 3: "section"}, {1: {7: small}, 2: {7: large}})
    hidden = [group for group in found if group.figures is None]
    assert hidden == [
        Group("kind:section", "whole", None, None),
        Group("unit:1", "kind:department", None, None),
        Group("unit:2", "kind:department", None, None),
        Group("unit:3", "kind:section", None, None),
    ]


@given(
    st.lists(st.tuples(st.sampled_from(["department", "section"]), st.integers(0, 12)), min_size=1, max_size=8),
)
def test_tables_show_only_sums_of_what_people_said(units: list[tuple[str, int]]) -> None:
    kinds = {number: kind for number, (kind, _) in enumerate(units)}
    tallies = {number: {7: Tally(people, people, 2 * people, people, 0)} for number, (_, people) in enumerate(units)}
    found = {group.key: group for group in tables(kinds, tallies)}
    total = sum(people for _, people in units)
    assert found["whole"].people == (total if total >= 5 else None)
    for number, (_, people) in enumerate(units):
        group = found[f"unit:{number}"]
        assert group.people in (people, None)
        assert group.people is None or group.figures == {7: Figures(people, Fraction(1), Fraction(2), Fraction(1), 0)}
