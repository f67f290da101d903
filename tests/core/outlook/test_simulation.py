"""The forecast against years played person by person, and against what can be worked out by hand."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.outlook.facts import Ahead, Group, Past, Question
from kazipot.core.outlook.simulation import simulate
from tests.core.outlook.world import Truth, past_of, question_of, year_end

SURE = Past(answers=((500, 500),) * 6, presence=((500, 500),) * 6, held=100_000, accepted=100_000)
"""Everybody accepts and comes, nothing is cancelled."""


def played(question: Question, draws: int = 400, seed: int = 1, **how: bool) -> np.ndarray:
    return simulate(question, draws=draws, rng=np.random.default_rng(seed), **how).reached


def test_nothing_ahead_changes_nothing() -> None:
    question = Question(10, 4, (Group(6, frozenset({1})),), (), SURE, 0.5)
    assert set(played(question)) == {4}


def test_seats_go_to_people_whom_the_course_fits_and_no_further() -> None:
    question = Question(30, 0, (Group(6, frozenset({1})), Group(24, frozenset({2}))), (Ahead(1, 1, 20),), SURE, 0.5)
    assert np.median(played(question)) == 6


def test_offers_count_if_the_session_is_held_whatever_people_answer() -> None:
    never = replace(SURE, answers=((0, 500),) * 6)
    question = Question(10, 0, (Group(10, frozenset({1}), frozenset({7})),), (Ahead(7, 1, 0, waiting=10),), never, 0.5)
    assert np.median(played(question)) == 10


def test_declined_seat_is_offered_on_and_reaches_a_second_person() -> None:
    never = replace(SURE, answers=((0, 5_000),) * 6)
    groups = (Group(50, frozenset({1})),)
    for rounds, reached in ((0, 0), (1, 10), (2, 20), (3, 30)):
        question = Question(50, 0, groups, (Ahead(1, 1, 10, rounds=rounds),), never, 0.5)
        assert np.median(played(question)) == reached


def test_session_with_too_few_people_gives_nobody_an_opportunity() -> None:
    never = replace(SURE, answers=((0, 50_000),) * 6)
    question = Question(50, 0, (Group(50, frozenset({1})),), (Ahead(1, 1, 10, min_people=5),), never, 0.5)
    assert np.median(played(question)) == 0


def test_cancelled_sessions_people_are_in_line_for_the_next() -> None:
    half = replace(SURE, held=50_000, cancelled=50_000)
    groups = (Group(10, frozenset({1}), frozenset({1})),)
    question = Question(10, 0, groups, (Ahead(1, 1, 0, waiting=10), Ahead(2, 1, 10)), half, 0.5)
    assert played(question, 20_000).mean() == pytest.approx(7.5, abs=0.15)


def test_nothing_more_offered_is_never_better_by_much() -> None:
    question = question_of(past_of(Truth(0.7, 0.1, 0.1), 20, 20, random.Random(1)))
    more, kept = played(question, 2_000), played(question, 2_000, offer_more=False)
    assert kept.mean() < more.mean()


def test_same_seed_gives_the_same_forecast() -> None:
    question = question_of(past_of(Truth(0.7, 0.1, 0.1), 20, 20, random.Random(1)))
    assert list(played(question)) == list(played(question))


@settings(deadline=None, max_examples=60)
@given(
    people=st.lists(st.integers(0, 30), min_size=1, max_size=4), free=st.lists(st.integers(0, 40), max_size=4),
    rounds=st.integers(0, 4), reached=st.integers(0, 20),
)  # fmt: skip
def test_reached_stay_between_now_and_everybody(people: list[int], free: list[int], rounds: int, reached: int) -> None:
    groups = tuple(Group(number, frozenset({place % 2})) for place, number in enumerate(people))
    ahead = tuple(Ahead(place, place % 2, number, rounds=rounds) for place, number in enumerate(free))
    everybody = reached + sum(people)
    question = Question(everybody, reached, groups, ahead, Past(answers=((5, 10), (3, 9))), 0.5)
    found = simulate(question, draws=50, rng=np.random.default_rng(3))
    assert found.reached.min() >= reached
    assert found.reached.max() <= everybody
    assert (found.reached + found.left.sum(axis=1) == everybody).all()


@pytest.mark.slow
@pytest.mark.parametrize(
    "truth", [Truth(0.7, 0.1, 0.08), Truth(0.45, 0.2, 0.15), Truth(0.85, 0.02, 0.03)], ids=["usual", "hard", "easy"]
)
def test_intervals_hold_as_often_as_they_say(truth: Truth) -> None:
    """250 worlds: a past is seen, a forecast made, the year walked through by other code. 80 % intervals must hold in
    80 % of them; 250 trials have a standard error of 2.5 points, and 3 of them to each side are allowed. Whole numbers
    make intervals a little longer than they say."""
    rng, inside, below, worlds = random.Random(42), 0, 0, 250
    for world in range(worlds):
        question = question_of(past_of(truth, 20, 20, rng))
        found = simulate(question, draws=500, rng=np.random.default_rng(world))
        real = year_end(question, truth, rng)
        inside += found.quantile(0.1) <= real <= found.quantile(0.9)
        below += real < found.quantile(0.5)
    assert 0.725 <= inside / worlds <= 0.9
    assert 0.38 <= below / worlds <= 0.62
