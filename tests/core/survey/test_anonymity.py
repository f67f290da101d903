"""Anonymous answers lie in groups that are large enough, whatever the units."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.survey.anonymity import WHOLE, Group, groups


def test_groups_keep_units_that_are_large_enough() -> None:
    kinds = {1: "department", 2: "department", 3: "department", 4: "section"}
    assert groups({1: 5, 2: 3, 3: 2, 4: 7}, kinds) == {
        1: Group(1, "department"),
        2: Group(None, "department"),
        3: Group(None, "department"),
        4: Group(4, "section"),
    }


def test_groups_give_up_the_smallest_beside_a_rest_that_is_too_small() -> None:
    kinds = {1: "department", 2: "department", 3: "department"}
    assert groups({1: 5, 2: 6, 3: 1}, kinds) == {
        1: Group(None, "department"),
        2: Group(2, "department"),
        3: Group(None, "department"),
    }


def test_groups_put_a_small_kind_into_the_whole_with_a_neighbour() -> None:
    kinds = {1: "department", 2: "section", 3: "body"}
    assert groups({1: 9, 2: 2, 3: 5}, kinds) == {1: Group(1, "department"), 2: WHOLE, 3: WHOLE}


def test_groups_of_too_few_in_all_are_none() -> None:
    assert groups({1: 2, 2: 2}, {1: "department", 2: "section"}) == {}


@given(st.dictionaries(st.integers(1, 12), st.tuples(st.integers(1, 9), st.sampled_from("abc")), min_size=1))
def test_groups_are_all_large_enough_and_nobody_is_lost(units: dict[int, tuple[int, str]]) -> None:
    counts = {unit_id: people for unit_id, (people, _kind) in units.items()}
    kinds = {unit_id: kind for unit_id, (_people, kind) in units.items()}
    placed = groups(counts, kinds)
    if sum(counts.values()) < 5:
        assert placed == {}
        return
    assert placed.keys() == counts.keys()
    sizes: Counter[Group] = Counter()
    for unit_id, group in placed.items():
        sizes[group] += counts[unit_id]
        assert group.unit_id in {None, unit_id}
        assert group.kind in {"", kinds[unit_id]}
    assert min(sizes.values()) >= 5
