"""What a forecast of M3 is made from: how offers and sessions went, what lies ahead, who has not been reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Past:
    """How it went until now, session by session.

    `answers`: (accepted, all answered or run out) offers of each session; `presence`: (present, with a seat) of each
    session held; `held`, `cancelled`: sessions whose day has passed; `given_up` of `accepted` seats.
    """

    answers: tuple[tuple[int, int], ...] = ()
    presence: tuple[tuple[int, int], ...] = ()
    held: int = 0
    cancelled: int = 0
    given_up: int = 0
    accepted: int = 0


@dataclass(frozen=True, slots=True)
class Ahead:
    """A session that lies ahead: seats nobody holds, offers that wait, seats accepted, and the least number of people.

    `rounds`: how often a free seat can still be offered in time, one offer after the other; 0: it is too late for that.
    """

    id: int
    course: int
    free: int
    waiting: int = 0
    accepted: int = 0
    min_people: int = 0
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """People alike who have had no opportunity yet: which courses fit a need of theirs, and in which sessions ahead a
    seat that fits was offered to them in time."""

    people: int
    courses: frozenset[int]
    offered: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Question:
    """As of a day: people with a stated need, those reached already, the others in groups; sessions by date."""

    needing: int
    reached: int
    groups: tuple[Group, ...]
    ahead: tuple[Ahead, ...]
    past: Past
    target: float
    size: Mapping[int, int] = field(default_factory=dict)
    """Seats that a session of each course usually has; for remedies."""

    @property
    def wanted(self) -> int:
        """The fewest people that reach the target."""
        exact = self.target * self.needing
        return int(exact) + (exact - int(exact) > 1e-9)
