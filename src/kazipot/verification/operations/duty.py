"""What else the duty rests on: training elsewhere, exemptions, long leaves, the terms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.periods import overlaps
from kazipot.organisation.models import Employer, Employment, Person
from kazipot.verification.choices import TrainingSource
from kazipot.verification.errors import (
    AlreadyAnnulled,
    EndsBeforeItStarts,
    ExemptedAlready,
    InTheFuture,
    NotEmployedThen,
    OnLeaveAlready,
    RecordedAlready,
    TermsInThePast,
)
from kazipot.verification.models import Exemption, LongLeave, Terms, TrainingDone


@transaction.atomic
def record_training(
    *,
    person_id: int,
    employer_id: int,
    done_on: date,
    source: str = TrainingSource.LESSON,
    reference: str,
    at: datetime,
    actor: User | None = None,
) -> TrainingDone:
    """Training done outside the sessions of M3, for example a short lesson. The same one on the same day counts once.

    Raises InTheFuture, RecordedAlready.
    """
    if done_on > timezone.localtime(at).date():
        raise InTheFuture("done_on")
    lock(Person.objects.filter(pk=person_id)).get()
    if TrainingDone.objects.filter(
        person_id=person_id, done_on=done_on, reference=reference, annulled_at=None
    ).exists():
        raise RecordedAlready
    made = TrainingDone.objects.create(
        person_id=person_id, employer_id=employer_id, done_on=done_on, source=source, reference=reference,
        recorded_at=at,
    )  # fmt: skip
    audit.record("verification.train", made, actor=actor, at=at, employer_code=_code(employer_id), source=source)
    return made


@transaction.atomic
def annul_training(*, training_id: int, because: str, at: datetime, actor: User | None) -> TrainingDone:
    """A mistaken record of training no longer counts, and stays in the records. Raises AlreadyAnnulled."""
    found = lock(TrainingDone.objects.filter(pk=training_id)).select_related("employer").get()
    if found.annulled_at is not None:
        raise AlreadyAnnulled
    found.annulled_at, found.annulled_because = at, because
    found.save(update_fields=["annulled_at", "annulled_because"])
    audit.record(
        "verification.annul_training", found, actor=actor, at=at, employer_code=found.employer.code, because=because
    )
    return found


@transaction.atomic
def exempt(
    *,
    person_id: int,
    employer_id: int,
    valid_from: date,
    valid_to: date | None,
    evidence: str,
    at: datetime,
    actor: User | None,
) -> Exemption:
    """A person need not be trained and verified in [valid_from, valid_to), by evidence that is filed elsewhere.

    Raises EndsBeforeItStarts, NotEmployedThen, ExemptedAlready.
    """
    if valid_to is not None and valid_to <= valid_from:
        raise EndsBeforeItStarts
    lock(Person.objects.filter(pk=person_id)).get()
    _works(person_id, employer_id, valid_from, valid_to)
    others = Exemption.objects.filter(overlaps(valid_from, valid_to), person_id=person_id)
    if any(row.ended_on is None or row.ended_on > valid_from for row in others):
        raise ExemptedAlready
    made = Exemption.objects.create(
        person_id=person_id, employer_id=employer_id, valid_from=valid_from, valid_to=valid_to, evidence=evidence,
        recorded_at=at, recorded_by=actor,
    )  # fmt: skip
    audit.record("verification.exempt", made, actor=actor, at=at, employer_code=_code(employer_id))
    return made


@transaction.atomic
def end_exemption(*, exemption_id: int, ends_on: date, at: datetime, actor: User | None) -> Exemption:
    """An exemption ends on a day, before its time. Raises EndsBeforeItStarts, AlreadyAnnulled (it had ended)."""
    found = lock(Exemption.objects.filter(pk=exemption_id)).select_related("employer").get()
    if found.ended_on is not None:
        raise AlreadyAnnulled
    if ends_on < found.valid_from or (found.valid_to is not None and ends_on > found.valid_to):
        raise EndsBeforeItStarts
    found.ended_on = ends_on
    found.save(update_fields=["ended_on"])
    audit.record("verification.end_exemption", found, actor=actor, at=at, employer_code=found.employer.code)
    return found


@transaction.atomic
def record_leave(
    *, person_id: int, employer_id: int, valid_from: date, valid_to: date | None, at: datetime, actor: User | None
) -> LongLeave:
    """A person is away for long, in [valid_from, valid_to) or until further notice.

    A leave that was open from the same day gets its end. Raises EndsBeforeItStarts, NotEmployedThen, OnLeaveAlready.
    """
    if valid_to is not None and valid_to <= valid_from:
        raise EndsBeforeItStarts
    lock(Person.objects.filter(pk=person_id)).get()
    _works(person_id, employer_id, valid_from, valid_to)
    opened = LongLeave.objects.filter(person_id=person_id, valid_from=valid_from, valid_to=None).first()
    if opened is not None and valid_to is not None:
        opened.valid_to = valid_to
        opened.save(update_fields=["valid_to"])
        made = opened
    elif LongLeave.objects.filter(overlaps(valid_from, valid_to), person_id=person_id).exists():
        raise OnLeaveAlready
    else:
        made = LongLeave.objects.create(
            person_id=person_id, employer_id=employer_id, valid_from=valid_from, valid_to=valid_to, recorded_at=at
        )
    audit.record("verification.leave", made, actor=actor, at=at, employer_code=_code(employer_id))
    return made


@dataclass(frozen=True, slots=True)
class TermsGiven:
    """The terms of the duty, as the Service sets them."""

    window_days: int = 90
    return_months: int = 3
    accept_months: int = 12
    attempts: int = 2
    waiting_days: int = 14
    asked_since: date | None = None
    spared_unit_ids: Collection[int] = ()
    spared_profile_ids: Collection[int] = ()


@transaction.atomic
def set_terms(*, valid_from: date, given: TermsGiven, because: str, at: datetime, actor: User | None) -> Terms:
    """Other terms from a day on; what was done before keeps its dates. Terms of the same day are replaced.

    Raises TermsInThePast: dates that people were told don't change behind their backs.
    """
    if valid_from < timezone.localtime(at).date():
        raise TermsInThePast
    found, _created = Terms.objects.update_or_create(
        valid_from=valid_from,
        defaults={
            "window_days": given.window_days, "return_months": given.return_months,
            "accept_months": given.accept_months, "attempts": given.attempts, "waiting_days": given.waiting_days,
            "asked_since": given.asked_since, "because": because, "recorded_at": at, "recorded_by": actor,
        },
    )  # fmt: skip
    found.spared_units.set(given.spared_unit_ids)
    found.spared_profiles.set(given.spared_profile_ids)
    audit.record("verification.set_terms", found, actor=actor, at=at, valid_from=valid_from.isoformat())
    return found


def _works(person_id: int, employer_id: int, first: date, end: date | None) -> None:
    rows = Employment.objects.filter(overlaps(first, end), person_id=person_id, employer_id=employer_id)
    if not rows.exists():
        raise NotEmployedThen


def _code(employer_id: int) -> str:
    return Employer.objects.values_list("code", flat=True).get(pk=employer_id)
