"""Until when what a person has done counts, and why until then."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from kazipot.core.duty.days import lapses_on
from kazipot.core.duty.events import Accepted, Annulled, Event, Proof, Trained, Verified
from kazipot.core.duty.rules import RuleBook
from kazipot.core.indicators.verification import add_months

type How = Literal["done", "accepted"]
type Days = list[tuple[date, How]]
"""Days on which something was done that counts, in order."""


@dataclass(frozen=True, slots=True)
class Held:
    """A proof held: what was done when, and the first day on which it doesn't count any more.

    `renewed` is the day on which the proof before would have lapsed, when this one renewed it within its window.
    """

    done_on: date
    lapses_on: date
    how: How
    months: int
    renewed: date | None = None


def done(events: Iterable[Event], proof: Proof, book: RuleBook, on: date) -> Days:
    """What was done by the end of the day and counts, each day once, without what was annulled, by day.

    A proof from elsewhere counts if on the day it was accepted it was younger than `accept_months`:
    accepted − months < done ≤ accepted.
    """
    rows = list(events)
    gone = {(row.done_on, row.number) for row in rows if isinstance(row, Annulled) and row.proof == proof}
    found: dict[date, How] = {}
    for row in rows:
        if isinstance(row, Accepted):
            oldest = add_months(row.on, -book.on(row.on).accept_months)
            counts = row.proof == proof and oldest < row.done_on <= row.on
            if counts and row.done_on <= on and (row.done_on, row.number) not in gone:
                found.setdefault(row.done_on, "accepted")
        elif _is_done(row, proof) and row.on <= on and (row.on, getattr(row, "number", 0)) not in gone:
            found[row.on] = "done"
    return sorted(found.items())


def _is_done(row: Event, proof: Proof) -> bool:
    if proof is Proof.TRAINING:
        return isinstance(row, Trained)
    return isinstance(row, Verified) and row.passed


def held(days: Days, book: RuleBook) -> Held | None:
    """The proof that lapses last, or None. `days` is what `done` gives.

    What was done on day t lapses `months` later. If it lies in the window of a proof held, that is
    l − window ≤ t < l for a proof that lapses on l, it may lapse `months` after l instead. Every chain of such renewals
    is looked at and the latest day taken; therefore a further proof never makes the day earlier, and the day is never
    more than `months` and the window after the last thing done.
    """
    chains: dict[date, Held] = {}
    for day, how in days:
        rules = book.on(day)
        window = timedelta(days=rules.window_days)
        found = [Held(day, lapses_on(day, rules.months), how, rules.months)]
        found.extend(
            Held(day, lapses_on(end, rules.months), how, rules.months, end)
            for end in chains
            if end - window <= day < end
        )
        for row in found:
            chains.setdefault(row.lapses_on, row)
    return chains[max(chains)] if chains else None
