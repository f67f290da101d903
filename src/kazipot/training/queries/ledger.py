"""The opportunity ledger: every dated personal offer of a year, whether it counts for M3, and what fails if not.

The definition is M3's own (`core.indicators.training.failing`); who asks hands its parameters down.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from kazipot.core.indicators.training import OfferFact, failing
from kazipot.needs import queries as needs
from kazipot.training.choices import DeclineReason, OfferState, SessionStatus
from kazipot.training.models import Attendance, SeatOffer
from kazipot.training.queries.records import course_spans

WITHDRAWN = "withdrawn"
"""Besides M3's conditions: an offer that was taken back is none."""
AT_ONCE = 1_000
ATTENDED, ABSENT = "attended", "absent"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An offer, what became of it, and which conditions of an opportunity fail (none: it counts)."""

    offer_id: int
    person_id: int
    employer_id: int
    state: str
    """A state of an offer; `attended` or `absent` once the attendance is recorded."""
    declined_because: str
    fails: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Whether the offer is an opportunity."""
        return not self.fails


def ledger(
    year: int, on: date, *, notice_days: int, conditions: Collection[str], expressed_in: int | None
) -> list[LedgerLine]:
    """Offers made by the end of the day for sessions that begin in the year, the latest session first; withdrawn ones
    too. Nine queries at most, whatever their number."""
    spans = course_spans(expressed_in=expressed_in)
    wanted = {fact.person_id: fact.needs for fact in needs.need_facts(year, on, expressed_in=expressed_in)}
    there = {
        (session_id, person_id): attended
        for session_id, person_id, attended in Attendance.objects.filter(
            session__starts_on__year=year, session__status=SessionStatus.HELD
        ).values_list("session_id", "person_id", "attended")
    }
    rows = SeatOffer.objects.filter(session__starts_on__year=year, offered_on__lte=on).order_by(
        "-session__starts_on", "session_id", "pk"
    )
    found = []
    for row in rows.values(*COLUMNS).iterator(chunk_size=10_000):
        fact = OfferFact(
            row["pk"], row["person_id"], row["offered_on"], row["session__starts_on"],
            row["session__status"] == SessionStatus.HELD, spans.get(row["session__course_id"], frozenset()),
            in_working_time=row["session__in_working_time"], accessible=row["session__is_accessible"],
            reachable=row["declined_because"] != DeclineReason.PLACE,
        )  # fmt: skip
        fails = failing(
            fact, wanted.get(fact.person_id, ()), year=year, notice_days=notice_days, as_of=on, conditions=conditions
        )
        if row["state"] == OfferState.WITHDRAWN:
            fails = (WITHDRAWN, *fails)
        attended = there.get((row["session_id"], row["person_id"])) if row["state"] == OfferState.ACCEPTED else None
        state = row["state"] if attended is None else (ATTENDED if attended else ABSENT)
        found.append(LedgerLine(row["pk"], row["person_id"], row["employer_id"], state, row["declined_because"], fails))
    return found


COLUMNS = (
    "pk", "person_id", "employer_id", "session_id", "state", "declined_because", "offered_on", "session__starts_on",
    "session__status", "session__course_id", "session__in_working_time", "session__is_accessible",
)  # fmt: skip


def offers_in_ledger(lines: Iterable[LedgerLine]) -> dict[int, SeatOffer]:
    """The offers of some lines, with session, course and employer: {offer id: offer}. One query for every thousand."""
    chosen = [line.offer_id for line in lines]
    rows = SeatOffer.objects.select_related("session__course", "employer")
    found: dict[int, SeatOffer] = {}
    for start in range(0, len(chosen), AT_ONCE):
        found |= {row.pk: row for row in rows.filter(pk__in=chosen[start : start + AT_ONCE])}
    return found
