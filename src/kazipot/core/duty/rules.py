"""The rules of the duty as data. They may change from a day on; what was done before keeps the dates it had."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Rules:
    """What the duty asks.

    `months`: so long a proof counts. `window_days`: so long before it lapses it can be renewed; a renewal within the
    window keeps the later date, so that nobody loses days by being early. `grace_months`: the time of newcomers, of
    those who return from a long leave or an exemption, and after an annulment. `accept_months`: so old a proof from
    elsewhere may be on the day it is accepted. `attempts` and `waiting_days`: so many attempts, with so many days after
    each, until somebody who failed gets help first. `spared_units`, `spared_profiles`: whom the duty doesn't ask.
    """

    months: int = 24
    window_days: int = 90
    grace_months: int = 3
    return_months: int = 3
    accept_months: int = 12
    attempts: int = 2
    waiting_days: int = 14
    spared_units: frozenset[int] = frozenset()
    spared_profiles: frozenset[int] = frozenset()
    asked_since: date | None = None
    """The duty's first day; who worked here then has the newcomers' time from it."""

    def spares(self, unit: int, profile: int | None) -> bool:
        """Whether who does this work in this unit isn't asked."""
        return unit in self.spared_units or (profile is not None and profile in self.spared_profiles)


@dataclass(frozen=True, slots=True)
class RuleChanged:
    """From a day on, other rules."""

    on: date
    rules: Rules


class RuleBook:
    """Rules by day. The first ones hold for all days before the first change too."""

    def __init__(self, first: Rules = Rules(), changes: Iterable[RuleChanged] = ()) -> None:
        self._first = first
        self._changes = tuple(sorted(changes, key=lambda change: change.on))

    def on(self, day: date) -> Rules:
        """The rules in force on the day."""
        found = self._first
        for change in self._changes:
            if change.on > day:
                break
            found = change.rules
        return found
