"""Where a person stands with the duty on a day: a state, the dates that matter, and why they are what they are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from kazipot.core.duty.days import DAY, lapses_on
from kazipot.core.duty.events import Annulled, Event, Helped, Proof, Trained, Verified
from kazipot.core.duty.life import Life, life_on
from kazipot.core.duty.proofs import Days, Held, done, held
from kazipot.core.duty.rules import RuleBook, Rules
from kazipot.core.indicators.verification import add_months


class State(StrEnum):
    """Where a person stands, from who has nothing to do to who is late."""

    NOT_EMPLOYED = "not_employed"
    SPARED = "spared"
    FUTURE = "future"
    EXEMPT = "exempt"
    PAUSED = "paused"
    VALID = "valid"
    EXPIRING = "expiring"
    OPEN = "open"
    FAILED = "failed"
    REVOKED = "revoked"
    EXPIRED = "expired"
    OVERDUE = "overdue"


ORDER = list(State)
NOT_ASKED = frozenset({State.NOT_EMPLOYED, State.SPARED, State.FUTURE, State.EXEMPT, State.PAUSED})
IN_ORDER = frozenset({State.VALID, State.EXPIRING})


class Why(StrEnum):
    """The reasons for a date or a state; each is a sentence on the page."""

    DONE = "done"
    RENEWED = "renewed"
    ACCEPTED = "accepted"
    NEWCOMER = "newcomer"
    BEGAN = "began"
    LAPSED = "lapsed"
    RETURNED = "returned"
    EXEMPTION_ENDED = "exemption_ended"
    ANNULLED = "annulled"
    NOT_EMPLOYED = "not_employed"
    SPARED = "spared"
    FUTURE = "future"
    EXEMPT = "exempt"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Because:
    """Why a date is what it is: the reason, the day it rests on, an earlier day it keeps, the months added."""

    why: Why
    day: date | None = None
    kept: date | None = None
    months: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """One of the two facts on a day. Days are the last ones: it counts through `valid_until`, it is asked by `due_on`.

    `counted_until` is the last day on which the city's indicator counts the last proof: it knows no early renewal.
    `because` tells why it is valid until then, or why nothing is asked; `due_because` why it is asked by then.
    """

    proof: Proof
    state: State = State.OVERDUE
    because: Because | None = None
    done_on: date | None = None
    valid_until: date | None = None
    counted_until: date | None = None
    window_from: date | None = None
    due_on: date | None = None
    due_because: Because | None = None
    failed: int = 0
    """Failed attempts since the last passed one."""
    next_attempt_on: date | None = None
    needs_help: bool = False
    """No attempts are left: training first."""

    @property
    def is_in_order(self) -> bool:
        """Whether nothing is missing today."""
        return self.state in IN_ORDER

    def waits_until(self, on: date) -> date | None:
        """The day of the next attempt after a failed one, if it is still to come."""
        return self.next_attempt_on if self.next_attempt_on is not None and self.next_attempt_on > on else None

    def is_late(self, on: date) -> bool:
        """Whether the day by which it is asked has passed."""
        return self.due_on is not None and self.due_on < on and self.state not in NOT_ASKED


class Step(StrEnum):
    """What a person does next."""

    NOTHING = "nothing"
    DONE = "done"
    TRAIN = "train"
    VERIFY = "verify"
    WAIT = "wait"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class Duty:
    """Where a person stands with both facts: trained, and verified."""

    on: date
    training: Standing
    verification: Standing
    unit: int | None = None
    """The unit that the person is counted under."""

    @property
    def state(self) -> State:
        """The worse of the two states."""
        return max(self.training.state, self.verification.state, key=ORDER.index)

    @property
    def is_done(self) -> bool:
        """Whether there is nothing to do: both count, and no window is open yet."""
        return self.state is State.VALID

    @property
    def is_in_order(self) -> bool:
        """Whether both count today."""
        return self.training.is_in_order and self.verification.is_in_order

    @property
    def valid_until(self) -> date | None:
        """The last day on which both count; None when one is missing."""
        days = (self.training.valid_until, self.verification.valid_until)
        return None if None in days else min(day for day in days if day is not None)

    @property
    def due_on(self) -> date | None:
        """The earliest day by which something is asked."""
        asked = (row for row in (self.training, self.verification) if row.state not in NOT_ASKED)
        return min((row.due_on for row in asked if row.due_on is not None), default=None)

    @property
    def is_late(self) -> bool:
        """Whether something is missing past its time."""
        return self.training.is_late(self.on) or self.verification.is_late(self.on)

    @property
    def step(self) -> Step:
        """What to do next: training first, then the test; after failed attempts first wait or get help."""
        test = self.verification
        if self.state in NOT_ASKED:
            return Step.NOTHING
        if self.is_done:
            return Step.DONE
        if test.state is State.VALID:
            return Step.TRAIN
        if test.needs_help:
            return Step.HELP
        if self.training.state is not State.VALID:
            return Step.TRAIN
        return Step.WAIT if test.waits_until(self.on) else Step.VERIFY


def duty_on(events: Iterable[Event], on: date, book: RuleBook) -> Duty:
    """Where somebody stands on a day, by what has happened up to its end. The events may come in any order."""
    rows = list(events)
    life = life_on(rows, on)
    return Duty(
        on,
        _standing(rows, life, Proof.TRAINING, on, book),
        _standing(rows, life, Proof.VERIFICATION, on, book),
        life.job.unit if life.job else None,
    )


def standing(events: Iterable[Event], proof: Proof, on: date, book: RuleBook) -> Standing:
    """Where somebody stands with one of the facts on a day."""
    rows = list(events)
    return _standing(rows, life_on(rows, on), proof, on, book)


def _standing(rows: list[Event], life: Life, proof: Proof, on: date, book: RuleBook) -> Standing:
    rules = book.on(on)
    days = done(rows, proof, book, on)
    proven = held(days, book)
    found = _proven(proof, days, proven, rules)
    if proof is Proof.VERIFICATION:
        found = _attempted(found, rows, days, book, on)
    if reason := _not_asked(life, rules, on):
        return replace(found, state=State(reason.why), because=reason)
    annulled = _annulled(rows, proof, rules, on)
    first_late, because = _due(life, rules, proven, annulled)
    found = replace(found, due_on=first_late - DAY, due_because=because)
    if proven is not None and on < proven.lapses_on:
        window = proven.lapses_on - timedelta(days=rules.window_days)
        return replace(found, state=State.EXPIRING if window <= on else State.VALID)
    if found.failed:
        return replace(found, state=State.FAILED)
    if annulled:
        return replace(found, state=State.REVOKED)
    if on < first_late:
        return replace(found, state=State.OPEN)
    return replace(found, state=State.EXPIRED if proven else State.OVERDUE)


def _proven(proof: Proof, days: Days, proven: Held | None, rules: Rules) -> Standing:
    if proven is None:
        return Standing(proof)
    why = Why.ACCEPTED if proven.how == "accepted" else Why.DONE
    because = Because(why, proven.done_on, months=proven.months)
    if proven.renewed is not None:
        because = Because(Why.RENEWED, proven.done_on, kept=proven.renewed - DAY, months=proven.months)
    return Standing(
        proof,
        because=because,
        done_on=days[-1][0],
        valid_until=proven.lapses_on - DAY,
        counted_until=lapses_on(days[-1][0], rules.months) - DAY,
        window_from=proven.lapses_on - timedelta(days=rules.window_days),
    )


def _not_asked(life: Life, rules: Rules, on: date) -> Because | None:
    """Why nothing is asked of the person on the day, or None."""
    if life.job is None:
        return Because(Why.FUTURE, life.starts_on) if life.starts_on else Because(Why.NOT_EMPLOYED, life.left_on)
    if rules.asked_since is not None and on < rules.asked_since:
        return Because(Why.FUTURE, rules.asked_since)
    if rules.spares(life.job.unit, life.job.profile):
        return Because(Why.SPARED)
    if life.exemption is not None:
        end = life.exemption.until
        return Because(Why.EXEMPT, end - DAY if end else None)
    if life.leave is not None:
        return Because(Why.PAUSED, life.leave.on)
    return None


def _attempted(found: Standing, rows: list[Event], days: Days, book: RuleBook, on: date) -> Standing:
    """With the failed attempts since the last passed one, and when the next one may be made.

    Training or a lesson on the day of a failed attempt or later is help: attempts are counted anew from it. The waiting
    time is that of the rules on the day of the failed attempt.
    """
    since = days[-1][0] if days else date.min
    failed = [row.on for row in rows if isinstance(row, Verified) and not row.passed and since < row.on <= on]
    if not failed:
        return found
    helped = max((row.on for row in rows if isinstance(row, Trained | Helped) and row.on <= on), default=date.min)
    without_help = sum(day > helped for day in failed)
    if without_help >= book.on(on).attempts:
        return replace(found, failed=len(failed), needs_help=True)
    following = max(failed) + timedelta(days=book.on(max(failed)).waiting_days)
    return replace(found, failed=len(failed), next_attempt_on=following)


def _annulled(rows: list[Event], proof: Proof, rules: Rules, on: date) -> Annulled | None:
    """The last annulment by the day of something that would still count."""
    found = [
        row
        for row in rows
        if isinstance(row, Annulled)
        and row.proof == proof
        and row.on <= on
        and row.done_on <= on < lapses_on(row.done_on, rules.months)
    ]
    return max(found, key=lambda row: row.on, default=None)


def _due(life: Life, rules: Rules, proven: Held | None, annulled: Annulled | None) -> tuple[date, Because]:
    """The first day that is too late, the latest of all that give the person time, and why."""
    assert life.job is not None
    hired_on, grace, back = life.job.hired_on, rules.grace_months, rules.return_months
    times = [(add_months(hired_on, grace), Because(Why.NEWCOMER, hired_on, months=grace))]
    if rules.asked_since is not None and hired_on < rules.asked_since:
        times.append((add_months(rules.asked_since, grace), Because(Why.BEGAN, rules.asked_since, months=grace)))
    if proven is not None:
        times.append((proven.lapses_on, Because(Why.LAPSED, proven.lapses_on - DAY)))
    for day, why in (
        (life.returned_on, Why.RETURNED),
        (life.exempt_ended_on, Why.EXEMPTION_ENDED),
        (annulled.on if annulled else None, Why.ANNULLED),
    ):
        if day is not None:
            times.append((add_months(day, back), Because(why, day, months=back)))
    return max(times, key=lambda pair: pair[0])
