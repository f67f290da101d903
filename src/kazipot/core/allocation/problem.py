"""What is asked of the engine, and what it answers: frozen dataclasses with ids and numbers, no behaviour.

The words are those of docs/methods/allocation.md. Times are minutes after midnight, half-open: a meeting that ends
at 13:00 does not overlap one that starts at 13:00. Money is in euros.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Need:
    """A stated need: a competence, the level a person has and the level wanted, and how much it weighs (≥ 0)."""

    competence: str
    from_level: int
    to_level: int
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisational unit with so many employees; on closed days (a school's holidays) nobody of it attends."""

    id: str
    size: int
    closed: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may be offered seats. `places` None: any place; `hours`: working time as (start, end) minutes."""

    id: str
    unit: str
    needs: tuple[Need, ...]
    languages: tuple[str, ...]
    modes: tuple[str, ...]
    unavailable: tuple[date, ...] = ()
    waited_years: float = 0
    places: tuple[str, ...] | None = None
    accessibility: tuple[str, ...] = ()
    hours: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One gathering of a session on a day, from start to end in minutes after midnight."""

    day: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """What a session teaches in a competence: it fits needs with from_level ≤ need.from_level < to_level."""

    competence: str
    from_level: int
    to_level: int


@dataclass(frozen=True, slots=True)
class Session:
    """What may be bought: seats, prices, meetings. `requires`: of these sessions one must be offered too, earlier."""

    id: str
    provider: str
    competences: tuple[Span, ...]
    meetings: tuple[Meeting, ...]
    capacity: int
    min_people: int
    price_fixed: float
    price_per_head: float
    language: str
    mode: str
    requires: tuple[str, ...] = ()
    place: str | None = None
    accessibility: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules for everybody. None or nothing: no such rule. Shares lie in [0, 1]."""

    max_absent_share: float | None = None
    max_offers_per_person: int | None = None
    holidays: tuple[date, ...] = ()
    budgets: tuple[tuple[str, float], ...] = ()
    min_reached_share: float | None = None
    min_unit_share: float | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A year's question: who needs what, what can be bought, by which rules and for how much money."""

    year: int
    seed: int
    budget: float
    rules: Rules
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True, order=True)
class Offer:
    """A seat in a session, offered to a person."""

    person: str
    session: str


@dataclass(frozen=True, slots=True)
class Objectives:
    """The levels of a plan in the order in which they count. worst_unit_share is 1 when nobody needs anything.

    reached: people with an offer. unit_shares: sorted, the share reached of each unit in which somebody has a need.
    need_weight: weights of needs fitted by an offer. waited_years: of the people reached. cost: euros.
    """

    reached: int
    worst_unit_share: float
    need_weight: float
    waited_years: float
    cost: float
    unit_shares: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """What no plan can exceed. worst_unit_share: among the plans that reach as many people as this one's bound."""

    reached: int
    worst_unit_share: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The answer. `proven` names the levels whose optimality was proven; `optimal` means all five."""

    sessions: tuple[str, ...]
    offers: tuple[Offer, ...]
    objectives: Objectives
    bounds: Bounds
    optimal: bool
    proven: tuple[str, ...] = field(default=())
