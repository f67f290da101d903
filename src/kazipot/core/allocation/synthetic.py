"""Invented instances of any size, the same for the same seed: for benchmarks and tests.

What is drawn: units of 5 to 120 people (most about 40); 64 % of the people have 1 to 3 needs among the 21 competences
of DigComp, basic ones more often; sessions teach 1 or 2 competences, meet once to three times within 40 weeks, seat 12
to 36 people; what is taught often is not what is needed often. Everybody speaks Slovenian, half English; most attend in
a room and online. The budget is a share of what all full sessions cost.
"""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from kazipot.core.allocation.chance import lots
from kazipot.core.allocation.problem import Meeting, Need, Person, Problem, Rules, Session, Span, Unit

COMPETENCES = tuple(
    f"{area}.{n}" for area, size in ((1, 3), (2, 6), (3, 4), (4, 4), (5, 4)) for n in range(1, size + 1)
)
FIRST_DAY = date(2026, 1, 5)
WEEKS = 40
SLOTS = ((480, 600), (540, 780), (780, 960))
PROVIDERS = ("fri", "fu", "academy", "market-1", "market-2")


def synthetic(
    *,
    people: int,
    sessions: int,
    seed: int,
    budget_share: float = 1.0,
    absent: float | None = 0.2,
    linked: float = 0.0,
) -> Problem:
    """An instance of so many people and sessions with a budget of `budget_share` of the full catalogue's cost.

    absent: the rule max_absent_share. linked: the share of sessions with prerequisites.
    """
    rng = lots(seed)
    units = _units(people, rng)
    supply = rng.dirichlet(np.full(len(COMPETENCES), 3.0))
    offered = tuple(_session(i, supply, rng) for i in range(sessions))
    cost = sum(s.price_fixed + s.price_per_head * s.capacity for s in offered)
    return Problem(
        year=2026,
        seed=seed,
        budget=round(budget_share * cost, 2),
        rules=Rules(max_absent_share=absent, max_offers_per_person=3),
        units=tuple(units),
        people=tuple(_people(units, rng)),
        sessions=_linked(offered, linked, rng) if linked else offered,
    )


def _days() -> list[date]:
    return [FIRST_DAY + timedelta(weeks=week, days=day) for week in range(WEEKS) for day in range(5)]


def _units(people: int, rng: np.random.Generator) -> list[Unit]:
    sizes: list[int] = []
    while sum(sizes) < people:
        size = int(np.clip(rng.lognormal(3.55, 0.5), 5, 120))
        sizes.append(min(size, people - sum(sizes)))
    return [Unit(f"u{i:04}", size) for i, size in enumerate(sizes)]


def _people(units: list[Unit], rng: np.random.Generator) -> list[Person]:
    days = _days()
    popularity = rng.dirichlet(np.full(len(COMPETENCES), 3.0))
    found: list[Person] = []
    for unit in units:
        for _ in range(unit.size):
            number = int(rng.integers(1, 4)) if rng.random() < 0.64 else 0
            names = rng.choice(len(COMPETENCES), number, replace=False, p=popularity)
            low = rng.choice(3, number, p=[0.45, 0.4, 0.15])
            weight = rng.choice([0.5, 1.0, 1.5, 2.0], number)
            wish, mode = rng.random(), rng.random()
            away = np.unique(rng.integers(0, len(days), int(rng.integers(0, 12))))
            needs = zip(names, low, weight, strict=True)
            found.append(
                Person(
                    id=f"p{len(found):06}",
                    unit=unit.id,
                    needs=tuple(Need(COMPETENCES[c], int(a), int(a) + 1, float(w)) for c, a, w in needs),
                    languages=("sl", "en") if wish < 0.5 else ("sl",),
                    modes=("room", "online") if mode < 0.7 else ("room",) if mode < 0.9 else ("online",),
                    unavailable=tuple(days[d] for d in away),
                    waited_years=int(rng.choice(4, p=[0.4, 0.3, 0.2, 0.1])),
                )
            )
    return found


def _session(number: int, supply: NDArray[np.float64], rng: np.random.Generator) -> Session:
    days = _days()
    first, meetings = int(rng.integers(0, len(days) - 10)), int(rng.integers(1, 4))
    start, end = SLOTS[rng.integers(len(SLOTS))]
    capacity = int(rng.integers(12, 37))
    names = rng.choice(len(COMPETENCES), int(rng.integers(1, 3)), replace=False, p=supply)
    low = int(rng.choice(3, p=[0.45, 0.4, 0.15]))
    return Session(
        id=f"s{number:04}",
        provider=PROVIDERS[rng.integers(len(PROVIDERS))],
        competences=tuple(Span(COMPETENCES[c], low, low + int(rng.integers(1, 3))) for c in names),
        meetings=tuple(Meeting(days[first + 5 * i], start, end) for i in range(meetings) if first + 5 * i < len(days)),
        capacity=capacity,
        min_people=max(4, capacity // 3),
        price_fixed=float(rng.integers(30, 160) * 10),
        price_per_head=float(rng.integers(0, 13)),
        language="sl" if rng.random() < 0.9 else "en",
        mode="room" if rng.random() < 0.6 else "online",
    )


def _linked(sessions: tuple[Session, ...], share: float, rng: np.random.Generator) -> tuple[Session, ...]:
    """A share of the sessions requires one or two earlier ones of the same competence, where there are any."""
    found = []
    for session in sessions:
        required: tuple[str, ...] = ()
        if rng.random() < share:
            earlier = [
                other.id
                for other in sessions
                if other.competences[0].competence == session.competences[0].competence
                and other.meetings[-1].day < session.meetings[0].day
            ]
            required = tuple(earlier[: int(rng.integers(1, 3))])
        found.append(replace(session, requires=required))
    return tuple(found)
