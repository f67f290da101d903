"""The city while it is being lived: its clock, its chance, and what has happened so far."""

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

from kazipot.foundation.models import User
from kazipot.project.demo.population import Worker

ZONE = ZoneInfo("Europe/Ljubljana")
LAST_DAY = date(2026, 11, 20)
"""The day on which the story ends and the demo's calendar stands."""

Act = Callable[["City", datetime], None]


@dataclass(slots=True)
class City:
    """What the acts of the story share. Everything random comes from `rng`, so one seed gives one city."""

    people: int
    seed: int
    rng: random.Random
    workers: list[Worker] = field(default_factory=list)
    worker_of: dict[int, Worker] = field(default_factory=dict)
    """Person id → the worker behind it."""
    employer_ids: dict[str, int] = field(default_factory=dict)
    unit_ids: dict[tuple[str, str], int] = field(default_factory=dict)
    framework_ids: dict[str, int] = field(default_factory=dict)
    competence_ids: dict[str, dict[str, int]] = field(default_factory=dict)
    """Framework version → competence code → id."""
    course_ids: dict[str, int] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    account_of: dict[str, str] = field(default_factory=dict)
    """Key of a worker → the name of their account."""
    answered: dict[int, set[int]] = field(default_factory=dict)
    """Year → people who answer its questionnaires."""
    links: dict[str, str] = field(default_factory=dict)
    """Examples of personal links that still work on the last day: what it is → address."""
    _waiting: list[tuple[date, int, str, Act]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    @property
    def service(self) -> User | None:
        """The account of the Digitalisation Service, once there is one."""
        return self.users.get("sluzba")

    @property
    def employers(self) -> list[str]:
        """Codes of the employers that take part."""
        return list(self.employer_ids)

    def schedule(self, on: date, what: str, act: Act) -> None:
        """Let `act` happen on a day (never after the story's last day); acts of one day keep their order."""
        if on <= LAST_DAY:
            heapq.heappush(self._waiting, (on, next(self._order), what, act))

    def next_act(self) -> tuple[date, str, Act] | None:
        """The next act to happen, or None when the story is over."""
        if not self._waiting:
            return None
        on, _, what, act = heapq.heappop(self._waiting)
        return on, what, act


def morning(on: date) -> datetime:
    """Nine o'clock on the day, in the city."""
    return datetime.combine(on, time(9), tzinfo=ZONE)
