"""What of a person's working life matters to the duty on a day: the job counted, exemptions, long leaves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kazipot.core.duty.events import Event, Exempted, ExemptionEnded, Leave, Left, Placed


@dataclass(frozen=True, slots=True)
class Life:
    """Somebody's working life as of a day.

    `job` is the one that a person is counted under: of several the one held longest, so that two jobs count once; None
    when there is none. `left_on` and `starts_on` are the nearest days without and with one. Days on which a leave or an
    exemption was over last are `returned_on` and `exempt_ended_on`.
    """

    job: Placed | None = None
    left_on: date | None = None
    starts_on: date | None = None
    leave: Leave | None = None
    returned_on: date | None = None
    exemption: Exempted | None = None
    exempt_ended_on: date | None = None


def life_on(events: Iterable[Event], on: date) -> Life:
    """The working life as of the end of a day, by events in any order."""
    rows = sorted(events, key=lambda row: row.on)
    leave, returned_on = _leave(rows, on)
    exemption, ended_on = _exemption(rows, on)
    jobs: dict[str, Placed] = {}
    left_on = None
    past = [row for row in rows if isinstance(row, Placed | Left) and row.on <= on]
    for row in sorted(past, key=_leaving_first):
        if isinstance(row, Placed):
            jobs[row.job] = row
        elif isinstance(row, Left) and row.job in jobs:
            del jobs[row.job]
            left_on = row.on
    ahead = [row.on for row in rows if isinstance(row, Placed) and row.on > on]
    return Life(
        job=min(jobs.values(), key=lambda job: (job.hired_on, job.job), default=None),
        left_on=None if jobs else left_on,
        starts_on=min(ahead, default=None),
        leave=leave,
        returned_on=returned_on,
        exemption=exemption,
        exempt_ended_on=ended_on,
    )


def _leaving_first(row: Placed | Left) -> tuple[date, bool, date, int]:
    """On one day a job ends before it begins anew; of two places on a day the one with the higher id counts."""
    return (row.on, True, row.hired_on, row.unit) if isinstance(row, Placed) else (row.on, False, row.on, 0)


def _leave(rows: list[Event], on: date) -> tuple[Leave | None, date | None]:
    running = None
    returned: date | None = None
    for row in rows:
        if not isinstance(row, Leave) or row.on > on:
            continue
        if row.until is None or on < row.until:
            running = row
        elif returned is None or row.until > returned:
            returned = row.until
    return running, returned


def _exemption(rows: list[Event], on: date) -> tuple[Exempted | None, date | None]:
    ended = {row.number: row.on for row in rows if isinstance(row, ExemptionEnded)}
    running = None
    over: date | None = None
    for row in rows:
        if not isinstance(row, Exempted) or row.on > on:
            continue
        ends = [day for day in (row.until, ended.get(row.number)) if day is not None]
        end = max(min(ends), row.on) if ends else None
        if end is None or on < end:
            if running is None or (running.until is not None and (end is None or end > running.until)):
                running = Exempted(row.on, end, row.number)
        elif over is None or end > over:
            over = end
    return running, over
