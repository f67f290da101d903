"""Tables of the analysis."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.survey.needs_tables import Figures, Group, Tally, Version, figures, tables


def test_figures_are_means_and_shares() -> None:
    assert figures(Tally(people=8, own_sum=12, needed_sum=20, below=6, needs=3)) == Figures(
        people=8, own=Fraction(3, 2), needed=Fraction(5, 2), below=Fraction(3, 4), needs=3
    )


def test_tables_give_the_whole_then_kinds_then_units() -> None:
    line = Tally(people=6, own_sum=6, needed_sum=12, below=6, needs=2)
    found = tables({1: "department", 2: "section"}, {1: 6, 2: 6}, {1: {7: line}, 2: {7: line}})
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
    kinds = {1: "department", 2: "department", 3: "section"}
    found = tables(kinds, {1: 2, 2: 9}, {1: {7: small}, 2: {7: large}})
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
    answered = {number: people for number, (_, people) in enumerate(units)}
    found = {group.key: group for group in tables(kinds, answered, tallies)}
    total = sum(people for _, people in units)
    assert found["whole"].people == (total if total >= 5 else None)
    for number, (_, people) in enumerate(units):
        group = found[f"unit:{number}"]
        assert group.people in (people, None)
        assert group.people is None or group.figures == {7: Figures(people, Fraction(1), Fraction(2), Fraction(1), 0)}


def test_tables_hide_a_competence_about_which_few_were_asked() -> None:
    few, many = Tally(3, 3, 6, 3, 1), Tally(9, 9, 18, 9, 3)
    found = tables({1: "department", 2: "section"}, {1: 9, 2: 9}, {1: {7: many, 8: few}, 2: {7: many, 8: many}})
    shown = {group.key: sorted(group.figures or {}) for group in found}
    assert shown == {
        "whole": [7, 8], "kind:department": [7], "kind:section": [7], "unit:1": [7], "unit:2": [7],
    }  # fmt: skip


def test_tables_hide_groups_that_a_few_left() -> None:
    line = {7: Tally(10, 10, 20, 10, 0)}
    kinds = {1: "department", 2: "department", 3: "department"}
    shown = frozenset({"whole", "kind:department", "unit:1", "unit:2", "unit:3"})
    people = {1: 11, 2: 10, 3: 10}
    before = Version(people, shown, {1: 1}, {7: Version(people, shown, {1: 1})})
    found = tables(kinds, {1: 10, 2: 10, 3: 10}, {1: line, 2: line, 3: line}, before=before)
    assert all(group.figures is None for group in found), "the whole would tell whose answers were deleted"
    many = Version({1: 16, 2: 10, 3: 10}, shown, {1: 6}, {7: Version({1: 16, 2: 10, 3: 10}, shown, {1: 6})})
    again = tables(kinds, {1: 10, 2: 10, 3: 10}, {1: line, 2: line, 3: line}, before=many)
    assert all(group.figures for group in again)
