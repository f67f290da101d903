"""Some of the demo city's people take the test here: question by question, as well as their knowledge lets them."""

import math
import random
from datetime import datetime, timedelta
from typing import Any

from kazipot.core.items.answering import Given, fields_for
from kazipot.core.items.definition import Item, Kind
from kazipot.core.items.scoring import right_answer
from kazipot.foundation.errors import DomainError
from kazipot.project.demo.city import City
from kazipot.verification import operations, queries

KNOWLEDGE = (0.4, 0.9)
"""Mean and spread of what people know who come from a training, in θ."""
PER_QUESTION = (15, 70)
"""Seconds."""


def sit(city: City, person_id: int, employer_id: int, *, at: datetime) -> bool:
    """Somebody takes the test to its end; False when they may not take it now."""
    rng = random.Random(f"{city.seed} {person_id} {at.date()}")
    ability = rng.gauss(*KNOWLEDGE)
    try:
        sitting = operations.start_sitting(
            person_id=person_id, employer_id=employer_id, purpose="verification", language="sl", at=at,
            seed=rng.getrandbits(62),
        )  # fmt: skip
    except DomainError:
        return False
    answer_all(sitting, ability, rng, at=at)
    return True


def answer_all(sitting: Any, ability: float, rng: random.Random, *, at: datetime) -> None:
    """Answer until the end, as well as somebody of this ability would."""
    moment = at
    while sitting.ended_at is None:
        step = queries.steps_of(sitting)[-1]
        item = queries.item_of(sitting, step)
        knows = rng.random() < 1 / (1 + math.exp(item.difficulty - ability))
        moment += timedelta(seconds=rng.randint(*PER_QUESTION))
        given = fields_for(item, step.seed, right_answer(item)) if knows else _mistaken(item, step.seed, rng)
        sitting = operations.answer(
            sitting_id=sitting.pk, number=step.number, token=step.token, given=given, at=moment
        ).sitting  # fmt: skip


def _mistaken(item: Item, seed: int, rng: random.Random) -> Given | None:
    """A wrong choice; where there is more to choose, the honest "I don't know"."""
    if item.kind is not Kind.SINGLE:
        return None
    wrong = rng.choice([option.key for option in item.options if not option.correct])
    return fields_for(item, seed, wrong)
