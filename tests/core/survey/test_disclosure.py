"""What may be shown. The judge here is linear algebra over all published totals, not the code's own reasoning."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.disclosure import THRESHOLD, Published, protect

TREE = {"whole": None, "a": "whole", "b": "whole", "a1": "a", "a2": "a", "b1": "b", "b2": "b"}


def counts_of(**leaves: int) -> dict[str, int]:
    """The people of every group of TREE from those of the leaves."""
    a, b = leaves["a1"] + leaves["a2"], leaves["b1"] + leaves["b2"]
    return {**leaves, "a": a, "b": b, "whole": a + b}


def test_protect_shows_everything_that_is_large_enough() -> None:
    assert protect(TREE, counts_of(a1=5, a2=6, b1=7, b2=8)) == frozenset(TREE)


def test_protect_hides_a_second_group_beside_a_single_small_one() -> None:
    shown = protect(TREE, counts_of(a1=3, a2=9, b1=7, b2=8))
    assert shown == {"whole", "a", "b", "b1", "b2"}


def test_protect_leaves_groups_shown_beside_several_small_ones_that_are_large_together() -> None:
    tree = {"whole": None, "x": "whole", "y": "whole", "z": "whole"}
    assert protect(tree, {"whole": 16, "x": 3, "y": 3, "z": 10}) == {"whole", "z"}


def test_protect_hides_the_only_unit_of_a_small_neighbour() -> None:
    tree = {"whole": None, "a": "whole", "b": "whole", "a1": "a", "b1": "b"}
    assert protect(tree, {"whole": 12, "a": 2, "a1": 2, "b": 10, "b1": 10}) == {"whole"}


def test_protect_hides_what_comparing_with_an_earlier_version_would_tell() -> None:
    earlier = Published(counts_of(a1=10, a2=10, b1=10, b2=10), frozenset(TREE))
    now = counts_of(a1=11, a2=20, b1=10, b2=10)
    assert protect(TREE, now, before=earlier) == {"whole", "a", "b", "b1", "b2"}


def test_protect_keeps_a_group_hidden_that_was_hidden_with_people_in_it() -> None:
    earlier = Published(counts_of(a1=3, a2=10, b1=10, b2=0), frozenset({"whole", "a", "b", "b1"}))
    now = counts_of(a1=30, a2=10, b1=10, b2=30)
    assert protect(TREE, now, before=earlier) == {"whole", "a", "b", "b1", "b2"}


def test_protect_shows_nothing_when_the_whole_is_small_or_hardly_grew() -> None:
    assert protect(TREE, counts_of(a1=1, a2=1, b1=1, b2=1)) == frozenset()
    earlier = Published(counts_of(a1=10, a2=10, b1=10, b2=10), frozenset(TREE))
    assert protect(TREE, counts_of(a1=10, a2=11, b1=10, b2=10), before=earlier) == frozenset()


def test_protect_refuses_sums_that_do_not_add_up() -> None:
    with pytest.raises(ValueError, match="the people of whole"):
        protect({"whole": None, "a": "whole"}, {"whole": 7, "a": 6})


@st.composite
def versions(draw: st.DrawFn) -> tuple[dict[str, str | None], list[dict[str, int]]]:
    """A tree of three floors and one to three versions in which people are only added."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    tree: dict[str, str | None] = {"whole": None}
    leaves = []
    for number, size in enumerate(sizes):
        tree[f"k{number}"] = "whole"
        for unit in range(size):
            tree[f"k{number}u{unit}"] = f"k{number}"
            leaves.append(f"k{number}u{unit}")
    steps = draw(
        st.lists(st.lists(st.integers(0, 9), min_size=len(leaves), max_size=len(leaves)), min_size=1, max_size=3)
    )
    found, people = [], dict.fromkeys(leaves, 0)
    for step in steps:
        people = {leaf: people[leaf] + new for leaf, new in zip(leaves, step, strict=True)}
        found.append({group: sum(people[leaf] for leaf in inside(leaves, group)) for group in tree})
    return tree, found


def inside(leaves: Iterable[str], group: str) -> list[str]:
    """The leaves of a group; names tell (k0u1 is in k0 and in whole)."""
    return [leaf for leaf in leaves if group == "whole" or leaf == group or leaf.startswith(f"{group}u")]


def in_span(rows: Sequence[Sequence[int]], vector: Sequence[int]) -> bool:
    """Whether `vector` is a sum of multiples of `rows` (Gauss, exact)."""

    def rank(matrix: list[list[Fraction]]) -> int:
        done = 0
        for column in range(len(vector)):
            pivot = next((row for row in range(done, len(matrix)) if matrix[row][column]), None)
            if pivot is None:
                continue
            matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
            for row in range(done + 1, len(matrix)):
                factor = matrix[row][column] / matrix[done][column]
                matrix[row] = [x - factor * y for x, y in zip(matrix[row], matrix[done], strict=True)]
            done += 1
        return done

    fractions = [[Fraction(x) for x in row] for row in rows]
    return rank([list(row) for row in fractions]) == rank([*fractions, [Fraction(x) for x in vector]])


@settings(max_examples=300, deadline=None)
@given(versions())
def test_protect_lets_no_small_set_of_people_be_worked_out(
    case: tuple[dict[str, str | None], list[dict[str, int]]],
) -> None:
    tree, counts = case
    parents = {parent for parent in tree.values() if parent}
    leaves = [group for group in tree if group not in parents]
    shown: list[Mapping[str, int]] = []
    before = None
    for version in counts:
        allowed = protect(tree, version, before=before)
        shown.append({group: version[group] for group in allowed})
        before = Published(version, allowed) if allowed else before
    for group in tree:
        for version, table in zip(counts, shown, strict=True):
            assert group not in table or version[group] >= THRESHOLD
    # atoms: a leaf's people who came with a version; a published total is a sum of the atoms up to its version
    atoms = [(leaf, number) for leaf in leaves for number in range(len(counts))]
    people = {
        (leaf, number): counts[number][leaf] - (counts[number - 1][leaf] if number else 0) for leaf, number in atoms
    }
    atoms = [atom for atom in atoms if people[atom]]
    rows = [
        [int(leaf in inside(leaves, group) and number <= version) for leaf, number in atoms]
        for version, table in enumerate(shown)
        for group in table
    ]
    if len(atoms) > 8:
        atoms_to_try = [[int(index == other) for other in range(len(atoms))] for index in range(len(atoms))]
    else:
        atoms_to_try = [list(choice) for choice in product((0, 1), repeat=len(atoms)) if any(choice)]
    for vector in atoms_to_try:
        total = sum(people[atom] for atom, chosen in zip(atoms, vector, strict=True) if chosen)
        if total < THRESHOLD:
            assert not in_span(rows, vector), (vector, shown)
