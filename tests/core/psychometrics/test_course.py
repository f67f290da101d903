"""The course of a sitting: pilot questions among the others, from the log alone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.psychometrics.areas import Word, words_by_area
from kazipot.core.psychometrics.course import Answered, Course, Pilot, broken_off, pilot_places, place_after
from kazipot.core.psychometrics.exposure import from_counts
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.pool import Blueprint, pool_of
from kazipot.core.psychometrics.sitting import test_of as made_ready
from kazipot.core.psychometrics.stopping import FAIL, OPEN, PASS, Rules

AREAS = ("a", "b", "c", "d")
RNG = np.random.default_rng(7)
ITEMS = [
    Item(f"i{n}", "2pl", 1.2, (float(RNG.normal()),), area=AREAS[n % 4], enemies="pair" if n in (0, 5) else "")
    for n in range(40)
]
RULES = Rules(cut=-0.2, min_items=8, max_items=16)
COURSE = Course(
    made_ready(pool_of(ITEMS, Blueprint(dict.fromkeys(AREAS, 0.25))), RULES),
    pilots=(Pilot("p1"), Pilot("p2", "pair"), Pilot("p3")),
    most_pilots=2,
    seed=4,
)


def walk(course: Course, ability: float, seed: int) -> list[Answered]:
    """A whole sitting of somebody of an ability."""
    rng = np.random.default_rng(seed)
    log: list[Answered] = []
    while (place := place_after(course, log)).name is not None:
        item = next((item for item in ITEMS if item.name == place.name), None)
        right = rng.random() < (0.5 if item is None else 1 / (1 + np.exp(-item.a * (ability - item.b[0]))))
        log.append(Answered(place.name, int(right)))
    return log


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**60), ability=st.floats(-3, 3), chance=st.integers(0, 9999),
    held=st.frozensets(st.integers(0, 39), max_size=10),
)  # fmt: skip
def test_every_sitting_keeps_its_rules_and_can_be_gone_through_again(
    seed: int, ability: float, chance: int, held: frozenset[int]
) -> None:
    course = replace(COURSE, seed=seed, held_back=held)
    log = walk(course, ability, chance)
    names = [answer.name for answer in log]
    scored = [name for name in names if name.startswith("i")]
    assert len(set(names)) == len(names)
    assert RULES.min_items <= len(scored) <= RULES.max_items
    assert len(names) - len(scored) == len(pilot_places(course)) == 2
    assert not {"i0", "i5"} <= set(names)
    assert not ("p2" in names and {"i0", "i5"} & set(names))
    assert not {f"i{number}" for number in held} & set(names)
    for length in range(len(log)):
        assert place_after(course, log[:length]).name == names[length]
    last = place_after(course, log)
    assert last == place_after(course, log)
    assert last.standing.decision in {PASS, FAIL}


def test_pilot_questions_change_neither_ability_nor_decision() -> None:
    log = walk(COURSE, 0.4, 1)
    turned = [Answered(one.name, 1 - one.points) if one.name.startswith("p") else one for one in log]
    assert place_after(COURSE, log) == place_after(COURSE, turned)


def test_pilot_questions_come_neither_first_nor_after_the_fewest_questions() -> None:
    places = [place for seed in range(200) for place in pilot_places(replace(COURSE, seed=seed))]
    assert (min(places), max(places)) == (2, 7)


def test_sitting_broken_off_early_has_no_decision_and_later_the_likelier_one() -> None:
    log = walk(COURSE, 3.0, 2)
    assert broken_off(COURSE, log[:5]).standing.decision == OPEN
    assert broken_off(COURSE, [Answered(f"i{n}", 1) for n in range(8)]).standing.decision == PASS
    assert broken_off(COURSE, [Answered(f"i{n}", 0) for n in range(8)]).standing.decision == FAIL


@pytest.mark.parametrize("log", [[Answered("x", 1)], [Answered("i1", 2)], [Answered("i1", 1), Answered("i1", 1)]])
def test_log_that_the_course_does_not_have_is_refused(log: list[Answered]) -> None:
    with pytest.raises(ValueError):
        place_after(COURSE, log)


def test_eligibility_follows_the_counts() -> None:
    found = from_counts(np.array([100, 100, 100, 0]), np.array([50, 20, 0, 0]), ceiling=0.25)
    assert found.tolist() == [0.5, 1.0, 1.0, 1.0]


def test_words_of_an_area_need_more_than_one_answer_to_be_sure() -> None:
    pool = COURSE.test.pool
    good = [(n, 1) for n in range(12) if n % 4 != 3] + [(n, 0) for n in (3, 7, 11, 15)]
    words = words_by_area(pool, good, cut=-0.2)
    assert words["a"] == words["b"] == words["c"] == Word.STRONG
    assert words["d"] in {Word.UNSURE, Word.LEARN}
    one = words_by_area(pool, [(3, 0), (0, 1)], cut=-0.2)
    assert one == {"a": Word.UNSURE, "d": Word.UNSURE}
