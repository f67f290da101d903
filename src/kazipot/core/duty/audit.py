"""Records that cannot be true, or that contradict each other."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from kazipot.core.duty.events import Accepted, Event, Exempted, ExemptionEnded, Leave, Left, Placed, Trained, Verified


class Fault(StrEnum):
    """What is wrong with a person's records."""

    NOT_EMPLOYED = "not_employed"
    FUTURE = "future"
    TWICE_PASSED = "twice_passed"
    PASSED_AND_FAILED = "passed_and_failed"
    ACCEPTED_BEFORE = "accepted_before"
    EXEMPTIONS_OVERLAP = "exemptions_overlap"
    LEAVES_OVERLAP = "leaves_overlap"
    ENDED_BEFORE = "ended_before"
    VERIFIED_ON_LEAVE = "verified_on_leave"
    NOT_RECORDED = "not_recorded"
    """A sitting was decided and no result was recorded; told by the records, not by the events."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a person's records, and the day it is about."""

    fault: Fault
    on: date


def findings(events: Iterable[Event], today: date) -> list[Finding]:
    """Everything impossible in one person's records, by day, each once."""
    rows = sorted(events, key=lambda row: row.on)
    found = {
        *_outside(rows),
        *_in_future(rows, today),
        *_same_day(rows),
        *_overlapping(rows),
        *_on_leave(rows),
        *(Finding(Fault.ACCEPTED_BEFORE, row.on) for row in rows if isinstance(row, Accepted) and row.on < row.done_on),
    }
    return sorted(found, key=lambda finding: (finding.on, finding.fault))


def _outside(rows: list[Event]) -> Iterable[Finding]:
    """Done on a day without a job: before the first one, between two, or after leaving."""
    jobs: dict[str, list[list[date | None]]] = {}
    for move in sorted((row for row in rows if isinstance(row, Placed | Left)), key=lambda row: row.on):
        periods = jobs.setdefault(move.job, [])
        if isinstance(move, Left):
            if periods:
                periods[-1][1] = move.on
        elif not periods or periods[-1][1] is not None:
            periods.append([move.hired_on, None])
    spans = [(first, end) for periods in jobs.values() for first, end in periods]
    for row in rows:
        if isinstance(row, Trained | Verified) and not any(
            first is not None and first <= row.on and (end is None or row.on < end) for first, end in spans
        ):
            yield Finding(Fault.NOT_EMPLOYED, row.on)


def _in_future(rows: list[Event], today: date) -> Iterable[Finding]:
    for row in rows:
        if isinstance(row, Trained | Verified) and row.on > today:
            yield Finding(Fault.FUTURE, row.on)
        if isinstance(row, Accepted) and row.done_on > today:
            yield Finding(Fault.FUTURE, row.done_on)


def _same_day(rows: list[Event]) -> Iterable[Finding]:
    passed = Counter(row.on for row in rows if isinstance(row, Verified) and row.passed)
    failed = {row.on for row in rows if isinstance(row, Verified) and not row.passed}
    for day, times in passed.items():
        if times > 1:
            yield Finding(Fault.TWICE_PASSED, day)
        if day in failed:
            yield Finding(Fault.PASSED_AND_FAILED, day)


def _overlapping(rows: list[Event]) -> Iterable[Finding]:
    ended = {row.number: row.on for row in rows if isinstance(row, ExemptionEnded)}
    exemptions = []
    for row in rows:
        if isinstance(row, Exempted):
            end = min((day for day in (row.until, ended.get(row.number)) if day is not None), default=None)
            exemptions.append((row.on, end))
            if end is not None and end < row.on:
                yield Finding(Fault.ENDED_BEFORE, row.on)
    leaves = [(row.on, row.until) for row in rows if isinstance(row, Leave)]
    for periods, fault in ((exemptions, Fault.EXEMPTIONS_OVERLAP), (leaves, Fault.LEAVES_OVERLAP)):
        for (first, end), (second, _end) in pairwise(
            sorted(periods, key=lambda period: (period[0], period[1] or date.max))
        ):
            if end is None or second < end:
                yield Finding(fault, max(first, second))


def _on_leave(rows: list[Event]) -> Iterable[Finding]:
    leaves = [row for row in rows if isinstance(row, Leave)]
    for row in rows:
        if isinstance(row, Verified) and any(
            leave.on <= row.on and (leave.until is None or row.on < leave.until) for leave in leaves
        ):
            yield Finding(Fault.VERIFIED_ON_LEAVE, row.on)
