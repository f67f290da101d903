"""A year played person by person, by other code than the forecast's: what a forecast is judged by."""

import random
from dataclasses import dataclass

from kazipot.core.outlook.facts import Ahead, Group, Past, Question


@dataclass(frozen=True)
class Truth:
    """How people really behave: nobody who forecasts knows this."""

    accept: float
    spread: float
    """How much sessions differ: the ρ of answers."""
    cancel: float
    show: float = 0.9
    give_up: float = 0.05


def own_rate(mean: float, spread: float, rng: random.Random) -> float:
    scale = (1 - spread) / spread
    return rng.betavariate(mean * scale, (1 - mean) * scale)


def past_of(truth: Truth, sessions: int, seats: int, rng: random.Random) -> Past:
    """What was seen until now."""
    answers, presence, held, given_up, accepted = [], [], 0, 0, 0
    for _ in range(sessions):
        rate = own_rate(truth.accept, truth.spread, rng)
        yes = sum(rng.random() < rate for _ in range(seats))
        answers.append((yes, seats))
        accepted += yes
        gone = sum(rng.random() < truth.give_up for _ in range(yes))
        given_up += gone
        if rng.random() >= truth.cancel:
            held += 1
            presence.append((sum(rng.random() < truth.show for _ in range(yes - gone)), yes - gone))
    return Past(tuple(answers), tuple(presence), held, sessions - held, given_up, accepted)


def year_end(question: Question, truth: Truth, rng: random.Random) -> int:
    """People with an opportunity at the end of one real year, each walked through it."""
    people = [(group.courses, set(group.offered)) for group in question.groups for _ in range(group.people)]
    reached = [False] * len(people)
    for session in question.ahead:
        rate = own_rate(truth.accept, truth.spread, rng)
        holders = [n for n, (_courses, offered) in enumerate(people) if session.id in offered]
        seated = sum(rng.random() >= truth.give_up for _ in range(session.accepted))
        seated += sum(rng.random() < rate for _ in range(session.waiting))
        fallen, free, asked = session.accepted + session.waiting - seated, session.free, []
        for turn in range(session.rounds):
            free += fallen if turn == 1 else 0
            line = [
                n for n, (courses, offered) in enumerate(people)
                if session.course in courses and not reached[n] and not offered and n not in asked
            ]  # fmt: skip
            chosen = rng.sample(line, min(free, len(line)))
            asked += chosen
            yes = sum(rng.random() < rate for _ in chosen)
            seated, free = seated + yes, free - yes
        took_place = rng.random() >= truth.cancel and seated >= session.min_people
        for n in [*holders, *asked] if took_place else []:
            reached[n] = True
        for n in holders:
            people[n][1].discard(session.id)
    return question.reached + sum(reached)


def question_of(past: Past, *, sessions: int = 8, seats: int = 20, people: int = 200) -> Question:
    """An autumn: two courses, some seats offered, some free, and fewer seats than people."""
    ahead = tuple(
        Ahead(number, number % 2, free=seats if number > 1 else 4, waiting=6 if number < 2 else 0,
              accepted=10 if number < 2 else 0, min_people=3, rounds=1 + number // 3)
        for number in range(sessions)
    )  # fmt: skip
    groups = (
        Group(people // 2, frozenset({0})), Group(people // 4, frozenset({0, 1})), Group(people // 4, frozenset({1})),
        Group(12, frozenset({0, 1}), frozenset({0})), Group(8, frozenset({1}), frozenset({0, 1})),
    )  # fmt: skip
    reached = 40
    return Question(reached + sum(group.people for group in groups), reached, groups, ahead, past, 0.5, {0: 20, 1: 20})
