"""A sitting from its start to its end. Each answer is one transaction: the answer and the next question, or the end.

Whoever was told that an answer is taken can rely on it (docs/decisions/acknowledged-is-durable.md); a form that comes
twice, late or from another tab changes nothing.
"""

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kazipot.core.items.answering import Given, answer_given, as_kept, nothing
from kazipot.core.items.scoring import score
from kazipot.core.psychometrics.course import Place, broken_off, place_after
from kazipot.core.psychometrics.stopping import OPEN, PASS
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.errors import InputRefused
from kazipot.foundation.models import User
from kazipot.hiring.operations import record_test
from kazipot.organisation.models import Employer, Person
from kazipot.verification import queries
from kazipot.verification.choices import MORE_TIME, Method, Purpose, SittingState
from kazipot.verification.errors import AnotherQuestion, HelpFirst, NotYet, SittingOver, SuchTimeIsNotGiven
from kazipot.verification.models import Pool, Sitting, Step
from kazipot.verification.operations.pools import freeze_pool
from kazipot.verification.operations.results import ResultGiven, record_verifications

SEED_BITS = 62
REFERENCE = "S-{}"
"""Under which a result is filed that comes of a sitting."""


@transaction.atomic
def start_sitting(
    *, person_id: int, employer_id: int, purpose: str, language: str, at: datetime, seed: int, more_time: int = 100,
    actor: User | None = None,
) -> Sitting:  # fmt: skip
    """Begin a test or practice, or come back to the one that is open, on whatever device.

    The rules, the pool and the questions held back are settled here. Raises NoQuestions where the bank can't fill a
    test, NotYet for a test too soon after the last, HelpFirst when no attempts are left, SuchTimeIsNotGiven.
    """
    lock(Person.objects.filter(pk=person_id)).get()
    open_ = Sitting.objects.filter(person_id=person_id, purpose=purpose, state=SittingState.OPEN).first()
    if open_ is not None and not queries.is_out_of_time(open_, at):
        return open_
    if open_ is not None:
        _end(open_, None, SittingState.BROKEN_OFF, at)
    on = timezone.localtime(at).date()
    if purpose == Purpose.VERIFICATION:
        _refuse_attempt(person_id, on)
    sitting = begin(
        person_id=person_id, employer_id=employer_id, purpose=purpose, language=language, at=at, seed=seed,
        more_time=more_time,
    )  # fmt: skip
    if purpose == Purpose.VERIFICATION:
        code = Employer.objects.values_list("code", flat=True).get(pk=employer_id)
        audit.record("verification.start", sitting, actor=actor, at=at, employer_code=code)
    return sitting


def begin(
    *, person_id: int | None, employer_id: int, purpose: str, language: str, at: datetime, seed: int, more_time: int
) -> Sitting:
    """A new sitting with its first question; who calls this has settled that it may begin, in one transaction.

    Raises NoQuestions, SuchTimeIsNotGiven.
    """
    if more_time not in MORE_TIME:
        raise SuchTimeIsNotGiven
    standard = queries.standard_on(timezone.localtime(at).date())
    rules = standard.rules_kept(purpose)
    pool = freeze_pool(purpose=purpose, rules=rules, at=at)
    sitting = Sitting.objects.create(
        person_id=person_id, employer_id=employer_id, purpose=purpose, language=language, standard=standard.version,
        rules=rules, pool=pool, seed=seed, more_time=more_time, started_at=at,
        held_back=_held_back(pool, purpose, person_id, seed),
    )  # fmt: skip
    _show(sitting, 1, place_after(queries.course_of(sitting), []), at)
    return sitting


def _refuse_attempt(person_id: int, on: date) -> None:
    test = queries.duty_of(person_id, on).verification
    if (until := test.waits_until(on)) is not None:
        raise NotYet(until)
    if test.needs_help:
        raise HelpFirst


def _held_back(pool: Pool, purpose: str, person_id: int | None, seed: int) -> list[int]:
    """Questions that this sitting leaves out while it has others: drawn by the pool's chances, and seen before."""
    items = pool.content["items"]
    seen = queries.items_seen(person_id, purpose=purpose) if person_id is not None else frozenset()
    rng = random.Random(f"{seed} exposure")  # noqa: S311  (no secret: it is kept with the sitting)
    drawn = [rng.random() < chance for chance in pool.chances]
    return [number for number, row in enumerate(items) if row["item"] in seen or not drawn[number]]


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer is kept. `again`: it was kept before, and nothing changed."""

    sitting: Sitting
    step: Step
    again: bool


@transaction.atomic
def answer(
    *, sitting_id: int, number: int, token: str, given: Given | None, at: datetime, actor: User | None = None
) -> Taken:
    """Take the answer to a question; in a test the next one is shown, or the test ends, in the same transaction.

    `given` is the form as it was sent; None says "I don't know". The first answer to a question counts: a form that
    comes again is told so and changes nothing. Raises SittingOver, AnotherQuestion (a form that is none of this
    sitting's), Incomplete and LookupError (core.items.answering).
    """
    sitting = lock(queries.sittings().filter(pk=sitting_id)).get()
    steps = queries.steps_of(sitting)
    step = next((one for one in steps if one.number == number and secrets.compare_digest(one.token, token)), None)
    if step is None:
        raise AnotherQuestion
    if step.answered_at is not None:
        return Taken(sitting, step, again=True)
    if sitting.state != SittingState.OPEN:
        raise SittingOver
    item = queries.item_of(sitting, step)
    said = nothing(item) if given is None else answer_given(item, step.seed, given)
    step.answer, step.points, step.answered_at = as_kept(said), score(item, said), max(at, step.shown_at)
    step.save(update_fields=["answer", "points", "answered_at"])
    if sitting.purpose != Purpose.PRACTICE:
        _go_on(sitting, steps, at, actor)
    return Taken(sitting, step, again=False)


@transaction.atomic
def go_on(*, sitting_id: int, at: datetime) -> Sitting:
    """Show the next question of a practice once its feedback was read, or end it; nothing when one is shown."""
    sitting = lock(queries.sittings().filter(pk=sitting_id)).get()
    steps = queries.steps_of(sitting)
    if sitting.state == SittingState.OPEN and steps[-1].answered_at is not None:
        _go_on(sitting, steps, at, None)
    return sitting


def _go_on(sitting: Sitting, steps: Sequence[Step], at: datetime, actor: User | None) -> None:
    course, log = queries.course_of(sitting), queries.log_of(steps)
    spent = queries.time_spent(sitting, steps)
    place = broken_off(course, log) if spent >= queries.time_given(sitting) else place_after(course, log)
    if place.name is None:
        _end(sitting, place, SittingState.FINISHED, at, actor)
    else:
        _show(sitting, len(steps) + 1, place, at)


def _show(sitting: Sitting, number: int, place: Place, at: datetime) -> None:
    Step.objects.create(
        sitting=sitting, number=number, version_id=int(place.name or 0), scored=place.counts, shown_at=at,
        seed=(sitting.seed * 1_000_003 + number) % 2**SEED_BITS, token=secrets.token_hex(8),
    )  # fmt: skip


def _end(sitting: Sitting, place: Place | None, state: str, at: datetime, actor: User | None = None) -> None:
    """The end; a test that was decided becomes a result. Who was not decided has not used up an attempt."""
    if place is not None:
        found = place.standing
        sitting.ability, sitting.uncertainty = found.mean, found.sd
        sitting.passed = None if found.decision == OPEN else found.decision == PASS
        if sitting.purpose != Purpose.PRACTICE and sitting.passed is None:
            state = SittingState.BROKEN_OFF
    sitting.state, sitting.ended_at = state, max(at, sitting.started_at)
    if sitting.purpose == Purpose.VERIFICATION and sitting.passed is not None:
        sitting.verification_id = _record(sitting, actor)
    sitting.save()
    candidate_id = queries.candidate_of(sitting)
    if candidate_id is not None and sitting.passed is not None:
        record_test(candidate_id=candidate_id, passed=sitting.passed, at=sitting.ended_at)


def _record(sitting: Sitting, actor: User | None) -> int | None:
    """The result by the operation that records all results; none for who has left the employer meanwhile."""
    assert sitting.ended_at is not None
    assert sitting.person_id is not None  # a candidate's test is no verification
    reference = REFERENCE.format(sitting.pk)
    result = ResultGiven(
        person_id=sitting.person_id, employer_id=sitting.employer_id,
        taken_on=timezone.localtime(sitting.ended_at).date(), passed=bool(sitting.passed), method=Method.TEST,
        reference=reference,
    )  # fmt: skip
    try:
        record_verifications(results=[result], at=sitting.ended_at, actor=actor)
    except InputRefused:
        return None
    return queries.filed_under(sitting.person_id, reference)


@transaction.atomic
def close_forgotten(*, at: datetime) -> int:
    """Close sittings that nobody came back to; they count as nothing. Workers do this. Returns how many."""
    shortest = min(standard.open_days for standard in queries.standards())
    waiting = queries.sittings().filter(state=SittingState.OPEN, started_at__lte=at - timedelta(days=shortest))
    closed = 0
    for sitting in lock(waiting)[:500]:
        if queries.is_out_of_time(sitting, at):
            _end(sitting, None, SittingState.BROKEN_OFF, at)
            closed += 1
    return closed
