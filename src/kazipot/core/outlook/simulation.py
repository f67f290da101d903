"""The rest of the year, played many times: offers answered or not, seats offered on, sessions held or cancelled.

All draws go side by side as arrays (D,); sessions follow each other by date. In each draw the rates are as uncertain as
`rates` says. A seat that falls free is offered to the next as long as that is in time; those who have had no
opportunity come first, as in the fair order. A cancelled session gives nobody an opportunity, and those who were
offered a seat there stand in line for what follows.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.outlook.facts import Ahead, Question
from kazipot.core.outlook.rates import Floats, Rate, rate_of

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """People with an opportunity at the end of the year (D,), seats that will be used from now on (D,), and those who
    are left without (D, G), by group. `path` (D, S): people with an opportunity after each session ahead."""

    reached: Ints
    used: Ints
    left: Ints
    path: Ints

    def quantile(self, share: float) -> int:
        """So many people or fewer, in that share of the draws."""
        return int(np.quantile(self.reached, share, method="inverted_cdf"))

    def chance(self, wanted: int) -> float:
        """In which share of the draws at least so many people are reached."""
        return float((self.reached >= wanted).mean())


@dataclass(frozen=True, slots=True, eq=False)
class _Rates:
    """Mean rates in each draw."""

    answer: Rate
    answers: Floats
    presence: Rate
    shows: Floats
    cancelled: Floats
    given_up: Floats


def simulate(
    question: Question, *, draws: int, rng: np.random.Generator, offer_more: bool = True, cancel: bool = True
) -> Outlook:
    """Play the rest of the year. Without `offer_more` nothing is offered beyond what is offered now; without `cancel`
    no session is cancelled but for too few people."""
    rates = _rates(question, draws, rng, cancel=cancel)
    people = np.array([group.people for group in question.groups], dtype=np.int64)
    free = np.array([not group.offered for group in question.groups], dtype=bool)
    left = np.where(free, people, 0) * np.ones((draws, 1), np.int64)
    got = np.zeros((draws, len(people)), bool)
    last = _last_sessions(question)
    reached, used = np.full(draws, question.reached, np.int64), np.zeros(draws, np.int64)
    path = np.zeros((draws, len(question.ahead)), np.int64)
    for step, session in enumerate(question.ahead):
        fits = np.array([session.course in group.courses for group in question.groups], dtype=bool)
        seats, asked = _offers(session, left, fits, rates, rng, offer_more=offer_more)
        taken = _split(left, fits, asked, rng)
        held = (rng.random(draws) >= rates.cancelled) & (seats >= session.min_people)
        left -= taken * held[:, None]
        reached += asked * held
        used += rng.binomial(np.where(held, seats, 0), rates.presence.of_a_session(rates.shows, rng))
        for place, group in enumerate(question.groups):
            if session.id in group.offered:
                got[:, place] |= held
                if last[place] == session.id:
                    reached += got[:, place] * people[place]
                    left[:, place] += ~got[:, place] * people[place]
        path[:, step] = reached
    return Outlook(reached, used, left, path)


def _rates(question: Question, draws: int, rng: np.random.Generator, *, cancel: bool) -> _Rates:
    past = question.past
    answer, presence = rate_of(past.answers), rate_of(past.presence)
    return _Rates(
        answer=answer,
        answers=answer.means(draws, rng),
        presence=presence,
        shows=presence.means(draws, rng),
        cancelled=rng.beta(0.5 + past.cancelled, 0.5 + past.held, draws) * cancel,
        given_up=rng.beta(0.5 + past.given_up, 0.5 + max(0, past.accepted - past.given_up), draws),
    )


def _last_sessions(question: Question) -> list[int | None]:
    """For each group the last session ahead in which a seat is offered to them."""
    place = {session.id: index for index, session in enumerate(question.ahead)}
    return [
        max((one for one in group.offered if one in place), key=lambda one: place[one], default=None)
        for group in question.groups
    ]


def _offers(
    session: Ahead, left: Ints, fits: Bools, rates: _Rates, rng: np.random.Generator, *, offer_more: bool
) -> tuple[Ints, Ints]:
    """Seats accepted in the end (D,), and people who are offered a seat for the first time (D,)."""
    own = rates.answer.of_a_session(rates.answers, rng)
    kept = session.accepted - rng.binomial(session.accepted, rates.given_up)
    said_yes = rng.binomial(session.waiting, own)
    seats = kept + said_yes
    free = np.full(len(own), session.free)
    fallen = session.accepted + session.waiting - seats
    inline, asked = left[:, fits].sum(axis=1), np.zeros(len(own), np.int64)
    for number in range(session.rounds if offer_more else 0):
        free = free + fallen if number == 1 else free
        now = np.minimum(free, inline - asked)
        yes = rng.binomial(now, own)
        seats, free, asked = seats + yes, free - yes, asked + now
    return seats, asked


def _split(left: Ints, fits: Bools, asked: Ints, rng: np.random.Generator) -> Ints:
    """From which groups those who are asked come (D, G): any of the people in line is as likely as any other."""
    taken = np.zeros_like(left)
    rest, wanted = left[:, fits].sum(axis=1), asked.copy()
    for place in np.flatnonzero(fits):
        here = left[:, place]
        rest = rest - here
        taken[:, place] = rng.hypergeometric(here, rest, wanted)
        wanted = wanted - taken[:, place]
    return taken
