"""Two years of the same people: what is left when one is subtracted from the other."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.need_years import Panel, told_by_difference


def panel(*rows: tuple[int, int, int, int]) -> Panel:
    """Rows of (person, group, state in the first competence, in the second)."""
    table = np.array(rows)
    return Panel(table[:, 0], table[:, 1].astype(np.intp), table[:, 2:].astype(np.int8))


STEADY = [(person, 0, 0, person % 2) for person in range(1, 11)]


def test_one_who_joined_people_that_say_the_same_is_told() -> None:
    found = told_by_difference(panel(*STEADY, (11, 0, 1, 1)), panel(*STEADY), 1, [[0], [1], [0, 1]])
    assert found.tolist() == [[True, True, True]]


def test_somebody_else_who_changed_covers_the_one_who_joined() -> None:
    changed = [(1, 0, 0, 0), *STEADY[1:]]
    found = told_by_difference(panel(*changed, (11, 0, 1, 1)), panel(*STEADY), 1, [[0], [1], [0, 1]])
    assert found.tolist() == [[True, False, False]]


def test_five_who_joined_or_left_and_none_are_too_many_and_too_few() -> None:
    assert not told_by_difference(panel(*STEADY), panel(*STEADY[:5]), 1, [[0]]).any()
    assert not told_by_difference(panel(*STEADY), panel(*STEADY), 1, [[0]]).any()
    assert told_by_difference(panel(*STEADY), panel(*STEADY[:6]), 1, [[0]]).all()


def test_who_moved_left_one_group_and_joined_another() -> None:
    others = [(person, 1, 0, 0) for person in range(21, 31)]
    moved = [(1, 1, 0, 1), *STEADY[1:]]
    found = told_by_difference(panel(*moved, *others), panel(*STEADY, *others), 2, [[0]])
    assert found.tolist() == [[True], [True]]


def test_people_of_whom_nobody_knows_who_they_are_are_others_each_year() -> None:
    unknown = [(-1, 0, 0, 0)] * 6
    assert not told_by_difference(panel(*unknown), panel(*unknown), 1, [[0]]).any()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 14), st.floats(0, 0.3))
def test_what_is_left_of_two_years_is_never_the_answers_of_a_few(seed: int, size: int, change: float) -> None:
    rng = np.random.default_rng(seed)
    people = [(int(p), int(rng.integers(2)), int(rng.integers(2)), 0) for p in range(size)]
    then = [row for row in people if rng.random() < 0.8] or people
    now = [(p, g, 1 - s if rng.random() < change else s, 0) for p, g, s, _ in people if rng.random() < 0.8] or people
    told = told_by_difference(panel(*now), panel(*then), 2, [[0]])
    for group in (0, 1):
        new, old = ({p: s for p, g, s, _ in rows if g == group} for rows in (now, then))
        few = set(new) ^ set(old)
        others_same = all(new[p] == old[p] for p in set(new) & set(old))
        assert told[group, 0] == (0 < len(few) < 5 and others_same)
