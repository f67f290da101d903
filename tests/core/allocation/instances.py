"""Small problems drawn by a seed, and the best plan found by looking at every one."""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import chain, combinations, product

import numpy as np

from kazipot.core.allocation.checker import check
from kazipot.core.allocation.problem import (
    Bounds,
    Meeting,
    Need,
    Objectives,
    Offer,
    Person,
    Plan,
    Problem,
    Rules,
    Session,
    Span,
    Unit,
)  # fmt: skip

MONDAY = date(2026, 3, 2)
NOTHING = Bounds(10**9, 1.0)


def drawn(seed: int, *, people: int = 5, sessions: int = 4, units: int = 2, days: int = 3) -> Problem:
    """A problem in which every rule binds now and then."""
    rng = np.random.default_rng(seed)

    def some(items: list[str], least: int = 1) -> tuple[str, ...]:
        return tuple(items[i] for i in sorted(rng.permutation(len(items))[: rng.integers(least, len(items) + 1)]))

    def meetings() -> tuple[Meeting, ...]:
        found = {}
        for _ in range(rng.integers(1, 3)):
            start = int(rng.choice([540, 600, 780]))
            day = MONDAY + timedelta(days=int(rng.integers(days)))
            found[day] = Meeting(day, start, start + int(rng.choice([60, 240])))
        return tuple(found[day] for day in sorted(found))

    def session(number: int) -> Session:
        capacity = int(rng.integers(1, 4))
        low = int(rng.integers(0, 2))
        spans = tuple(Span(name, low, low + int(rng.integers(1, 3))) for name in some(["1.1", "4.1"]))
        return Session(
            f"s{number}", str(rng.choice(["fri", "fu"])), spans, meetings(), capacity,
            int(rng.integers(0, capacity + 1)), float(rng.integers(0, 60)) * 10, float(rng.integers(0, 4)) * 2.5,
            str(rng.choice(["sl", "sl", "en"])), str(rng.choice(["room", "online"])),
            tuple(f"s{i}" for i in range(number) if rng.random() < 0.2),
            place=str(rng.choice(["A", "B"])) if rng.random() < 0.2 else None,
            accessibility=("step-free",) if rng.random() < 0.7 else (),
        )  # fmt: skip

    def person(number: int) -> Person:
        names = some(["1.1", "4.1"], 0 if rng.random() < 0.2 else 1)
        return Person(
            f"p{number}", f"u{rng.integers(units)}",
            tuple(Need(name, int(rng.integers(0, 2)), 3, float(rng.choice([0.5, 1.0, 2.0]))) for name in names),
            some(["sl", "en"]), some(["room", "online"]),
            tuple(MONDAY + timedelta(days=d) for d in range(days) if rng.random() < 0.1),
            int(rng.integers(0, 4)), places=("A",) if rng.random() < 0.2 else None,
            accessibility=("step-free",) if rng.random() < 0.1 else (),
            hours=(540, 960) if rng.random() < 0.1 else None,
        )  # fmt: skip

    offered = tuple(session(i) for i in range(sessions))
    total = sum(s.price_fixed + s.price_per_head * s.capacity for s in offered)
    rules = Rules(
        float(rng.choice([0.2, 0.4, 1.0])), int(rng.integers(1, 4)),
        holidays=(MONDAY,) if rng.random() < 0.1 else (),
        budgets=(("fri", round(float(rng.random()) * total, 2)),) if rng.random() < 0.3 else (),
    )  # fmt: skip
    return Problem(
        2026, seed, round(float(rng.uniform(0.2, 1.1)) * total + 0.01, 2), rules,
        tuple(Unit(f"u{i}", int(rng.integers(2, 8)), (MONDAY,) if rng.random() < 0.1 else ()) for i in range(units)),
        tuple(person(i) for i in range(people)), offered,
    )  # fmt: skip


def key(objectives: Objectives) -> tuple[object, ...]:
    """Plans in the order of the five levels: the greater the better."""
    return (
        objectives.reached, objectives.unit_shares, Fraction(objectives.need_weight), objectives.waited_years,
        -objectives.cost,
    )  # fmt: skip


def plan(offers: list[Offer], objectives: Objectives | None = None) -> Plan:
    """A plan that claims nothing but its objectives."""
    nothing = Objectives(0, 0.0, 0.0, 0.0, 0.0)
    bought = tuple(sorted({offer.session for offer in offers}))
    return Plan(bought, tuple(offers), objectives or nothing, NOTHING, optimal=False)


def broken(problem: Problem, offers: list[Offer]) -> set[str]:
    """The hard rules that these offers break."""
    return {v.rule for v in check(problem, plan(offers)).violations if v.rule not in ("objective", "bound")}


def best_by_looking_at_every_plan(problem: Problem) -> Objectives:
    """The best objectives of all: each person gets every set of sessions that alone breaks no rule of a person."""
    choices: list[list[tuple[str, ...]]] = []
    own = {"too_many_offers", "fits_no_need", "language", "mode", "place", "accessibility", "unavailable",
           "working_hours", "prerequisite_missing", "overlap"}  # fmt: skip
    names = [session.id for session in problem.sessions]
    for person in problem.people:
        sets: Iterator[tuple[str, ...]] = chain.from_iterable(combinations(names, n) for n in range(len(names) + 1))
        choices.append([s for s in sets if not broken(problem, [Offer(person.id, name) for name in s]) & own])
    best: Objectives | None = None
    for chosen in product(*choices):
        offers = [Offer(p.id, name) for p, s in zip(problem.people, chosen, strict=True) for name in s]
        verdict = check(problem, plan(offers))
        if any(v.rule not in ("objective", "bound") for v in verdict.violations):
            continue
        if best is None or key(verdict.objectives) > key(best):
            best = verdict.objectives
    assert best is not None
    return best
