"""The event log of the duty, derived from the records, and where everybody stands by it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from kazipot.core.duty.audit import Fault, Finding, findings
from kazipot.core.duty.days import DAY
from kazipot.core.duty.events import (
    Accepted,
    Annulled,
    Event,
    Exempted,
    ExemptionEnded,
    Helped,
    Leave,
    Left,
    Placed,
    Proof,
    Trained,
    Verified,
)
from kazipot.core.duty.standing import Duty, duty_on, standing
from kazipot.core.items.definition import AREAS
from kazipot.core.lessons import trained_on
from kazipot.organisation.models import Employment
from kazipot.training import queries as training
from kazipot.verification.choices import Method, Purpose, TrainingSource
from kazipot.verification.models import Exemption, LessonDone, LongLeave, Sitting, TrainingDone, Verification
from kazipot.verification.queries.rules import rule_book

type Log = dict[int, list[Event]]
CHUNK = 10_000
LESSONS = 0
"""The number of training that is no record of its own."""
MANY = 500
"""For more people than this everybody's records are read, which is faster, and a query can't name so many."""


def logs(person_ids: Collection[int] | None = None) -> Log:
    """What happened to each person, in no order: {person id: events}; everybody's if none are named. Eight queries."""
    named = None if person_ids is None or len(person_ids) > MANY else set(person_ids)
    found: Log = defaultdict(list)
    for read in (_jobs, _verifications, _trainings, _lessons, _sessions, _exemptions, _leaves):
        for person_id, event in read(named):
            found[person_id].append(event)
    if person_ids is not None and named is None:
        return {person_id: found[person_id] for person_id in person_ids if person_id in found}
    return dict(found)


def duties_on(on: date, person_ids: Collection[int] | None = None) -> dict[int, Duty]:
    """Where each person with any record stands on the day. Eight queries."""
    book = rule_book()
    return {person_id: duty_on(events, on, book) for person_id, events in logs(person_ids).items()}


def duty_of(person_id: int, on: date) -> Duty:
    """Where one person stands on the day. Eight queries."""
    return duty_on(logs([person_id]).get(person_id, []), on, rule_book())


def proofs_last_until(person_id: int, days: Collection[date]) -> dict[date, date]:
    """Until when the verification held on each of these days counts: {day: the first day on which it doesn't}.

    Early renewal is in it, as everywhere in the duty. A day on which nothing was held is missing. Ten queries.
    """
    events, book = logs([person_id]).get(person_id, []), rule_book()
    held = {day: standing(events, Proof.VERIFICATION, day, book).valid_until for day in days}
    return {day: until + DAY for day, until in held.items() if until is not None}


def audit_of(today: date) -> dict[int, list[Finding]]:
    """Impossible records of every person who has any: {person id: findings}. Eight queries."""
    found = {person_id: findings(events, today) for person_id, events in logs().items()}
    unrecorded = Sitting.objects.filter(purpose=Purpose.VERIFICATION, passed__isnull=False, verification=None)
    for person_id, ended_at in unrecorded.values_list("person_id", "ended_at"):
        ended_on = timezone.localtime(ended_at).date()
        found.setdefault(person_id, []).append(Finding(Fault.NOT_RECORDED, ended_on))
    return {person_id: rows for person_id, rows in sorted(found.items()) if rows}


type Rows = Iterator[tuple[int, Event]]
type Reader = Callable[[Collection[int] | None], Rows]


def _of(rows: QuerySet[Any], person_ids: Collection[int] | None) -> QuerySet[Any]:
    return rows.order_by() if person_ids is None else rows.filter(person_id__in=person_ids).order_by()


def _jobs(person_ids: Collection[int] | None) -> Rows:
    rows = _of(Employment.objects.all(), person_ids).values_list(
        "person_id", "employer_id", "personnel_number", "post_id", "valid_from", "valid_to", "hired_on", "unit_id",
        "post__profile_id",
    )  # fmt: skip
    for person_id, employer, number, post, first, end, hired_on, unit, profile in rows.iterator(chunk_size=CHUNK):
        job = f"{employer}/{number}/{post}"
        yield person_id, Placed(first, job, hired_on, unit, profile)
        if end is not None:
            yield person_id, Left(end, job)


def _verifications(person_ids: Collection[int] | None) -> Rows:
    rows = _of(Verification.objects.all(), person_ids).values_list(
        "pk", "person_id", "taken_on", "passed", "method", "recorded_at", "annulled_at"
    )
    for pk, person_id, day, passed, method, recorded_at, annulled_at in rows.iterator(chunk_size=CHUNK):
        if annulled_at is not None:
            if passed:
                yield person_id, Annulled(timezone.localtime(annulled_at).date(), Proof.VERIFICATION, day, pk)
        elif method == Method.EARLIER and passed:
            yield person_id, Accepted(timezone.localtime(recorded_at).date(), Proof.VERIFICATION, day, pk)
        else:
            yield person_id, Verified(day, passed, pk)


def _trainings(person_ids: Collection[int] | None) -> Rows:
    rows = _of(TrainingDone.objects.all(), person_ids).values_list(
        "pk", "person_id", "done_on", "source", "recorded_at", "annulled_at"
    )
    for pk, person_id, day, source, recorded_at, annulled_at in rows.iterator(chunk_size=CHUNK):
        if annulled_at is not None:
            yield person_id, Annulled(timezone.localtime(annulled_at).date(), Proof.TRAINING, day, pk)
        elif source != TrainingSource.LESSON:
            yield person_id, Accepted(timezone.localtime(recorded_at).date(), Proof.TRAINING, day, pk)
        else:
            yield person_id, Trained(day, pk)


def _lessons(person_ids: Collection[int] | None) -> Rows:
    """Each lesson is help; the day that completes a set of all areas is training."""
    rows = _of(LessonDone.objects.all(), person_ids).values_list("pk", "person_id", "area", "done_on")
    done: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for pk, person_id, area, day in rows.iterator(chunk_size=CHUNK):
        done[person_id][area].append(day)
        yield person_id, Helped(day, pk)
    for person_id, areas in done.items():
        for day in sorted({day for days in areas.values() for day in days}):
            if trained_on(areas, AREAS, as_of=day) == day:
                yield person_id, Trained(day, LESSONS)


def _sessions(person_ids: Collection[int] | None) -> Rows:
    for person_id, session_id, day in training.security_trainings(person_ids):
        yield person_id, Trained(day, -session_id)


def _exemptions(person_ids: Collection[int] | None) -> Rows:
    rows = _of(Exemption.objects.all(), person_ids).values_list("pk", "person_id", "valid_from", "valid_to", "ended_on")
    for pk, person_id, first, end, ended_on in rows.iterator(chunk_size=CHUNK):
        yield person_id, Exempted(first, end, pk)
        if ended_on is not None:
            yield person_id, ExemptionEnded(ended_on, pk)


def _leaves(person_ids: Collection[int] | None) -> Rows:
    rows = _of(LongLeave.objects.all(), person_ids).values_list("person_id", "valid_from", "valid_to")
    for person_id, first, end in rows.iterator(chunk_size=CHUNK):
        yield person_id, Leave(first, end)
