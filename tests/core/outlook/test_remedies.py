"""Remedies are worked out: with them the target is reached, with fewer it isn't."""

import random
from dataclasses import replace

import numpy as np

from kazipot.core.outlook.facts import Ahead, Group, Past, Question
from kazipot.core.outlook.remedies import Remedy, remedies
from kazipot.core.outlook.simulation import simulate
from tests.core.outlook.test_simulation import SURE
from tests.core.outlook.world import Truth, past_of, question_of


def found(question: Question, rounds: int = 2) -> list[Remedy]:
    return remedies(question, wanted_chance=0.8, rounds=rounds, courses={0, 1}, draws=300, seed=5)


def test_no_remedy_where_none_is_needed() -> None:
    question = Question(10, 9, (Group(1, frozenset({0})),), (), SURE, 0.5)
    assert found(question) == []


def test_remedy_by_hand() -> None:
    """20 of 100 are reached, 50 are wanted, everybody accepts: 30 seats, in either course."""
    groups = (Group(40, frozenset({0})), Group(40, frozenset({1})))
    question = Question(100, 20, groups, (), SURE, 0.5, {0: 10, 1: 10})
    assert [row.seats for row in found(question)] == [((0, 30),), ((1, 30),)]


def test_several_courses_where_one_is_not_enough() -> None:
    groups = (Group(20, frozenset({0})), Group(15, frozenset({1})), Group(45, frozenset()))
    question = Question(100, 20, groups, (), SURE, 0.5, {0: 10, 1: 5})
    assert [row.seats for row in found(question)] == [((0, 20), (1, 10))]


def test_remedy_that_cannot_reach_the_target_says_its_chance() -> None:
    groups = (Group(10, frozenset({0})), Group(70, frozenset()))
    question = Question(100, 20, groups, (), SURE, 0.5)
    (row,) = found(question)
    assert (row.seats, row.chance) == (((0, 10),), 0.0)


def test_nothing_helps_when_it_is_too_late() -> None:
    question = Question(100, 20, (Group(80, frozenset({0})),), (), SURE, 0.5)
    assert found(question, rounds=0) == []


def test_remedy_does_what_it_says_where_people_decline_and_sessions_fall_out() -> None:
    past = past_of(Truth(0.6, 0.1, 0.1), 20, 20, random.Random(3))
    question = replace(question_of(past), target=0.85)
    rows = found(question)
    assert rows
    for row in rows:
        assert row.chance >= 0.8
        ((course, number),) = row.seats
        few = replace(question, ahead=(*question.ahead, Ahead(-1, course, max(1, number // 3), rounds=2)))
        less = simulate(few, draws=300, rng=np.random.default_rng(5)).chance(question.wanted)
        assert less < 0.8


def test_past_without_records_gives_wide_forecasts_and_no_error() -> None:
    question = Question(100, 20, (Group(80, frozenset({0})),), (Ahead(1, 0, 40),), Past(), 0.5)
    told = simulate(question, draws=500, rng=np.random.default_rng(1))
    assert told.quantile(0.95) - told.quantile(0.05) == 40
