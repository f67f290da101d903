"""Earlier completions of people, training and verification alike, taken over at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kazipot.core.duty.events import Proof
from kazipot.core.indicators.verification import add_months
from kazipot.foundation import audit
from kazipot.foundation.errors import Problem
from kazipot.foundation.models import User
from kazipot.organisation.models import Employer
from kazipot.verification import queries
from kazipot.verification.choices import Method, TrainingSource
from kazipot.verification.models import TrainingDone, Verification
from kazipot.verification.operations.results import BATCH, refusal, too_old


@dataclass(frozen=True, slots=True)
class EarlierGiven:
    """One earlier completion: who, for which employer now, what, when, and where it is filed."""

    person_id: int
    employer_id: int
    proof: Proof
    done_on: date
    reference: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """How many completions were taken over, and how many were there already."""

    new: int
    known: int


@transaction.atomic
def record_history(*, given: Collection[EarlierGiven], at: datetime, actor: User | None) -> Taken:
    """Take earlier completions over, each with the day on which it was done; all of them, or none.

    What is recorded already is left as it is, so that the same file twice adds nothing. Raises InputRefused naming
    every row with a day in the future, or older than the terms accept.
    """
    today = timezone.localtime(at).date()
    months = queries.rule_book().on(today).accept_months
    problems = []
    for position, row in enumerate(given, start=1):
        number = row.line or position
        if row.done_on > today:
            told = _("The day is in the future."), _("Record completions after they have happened.")
            problems.append(Problem(number, "done_on", row.done_on.isoformat(), *told))
        elif row.done_on <= add_months(today, -months):
            problems.append(too_old(number, "done_on", row.done_on, months))
    if problems:
        raise refusal(problems)
    rows = {(row.proof, row.person_id, row.done_on, row.reference): row for row in given}
    known = _known(sorted({row.person_id for row in given}))
    new = [row for key, row in rows.items() if key not in known]
    TrainingDone.objects.bulk_create((_training(row, at) for row in new if row.proof == Proof.TRAINING), BATCH)
    Verification.objects.bulk_create(
        (_verification(row, at, actor) for row in new if row.proof == Proof.VERIFICATION), BATCH
    )
    for employer in Employer.objects.filter(pk__in={row.employer_id for row in new}):
        number = sum(row.employer_id == employer.pk for row in new)
        audit.record("verification.history", employer, actor=actor, at=at, employer_code=employer.code, rows=number)
    return Taken(len(new), len(given) - len(new))


type Key = tuple[str, int, date, str]


def _known(person_ids: list[int]) -> set[Key]:
    """What is recorded of these people: {(proof, person id, day, reference)}."""
    found: set[Key] = set()
    for start in range(0, len(person_ids), BATCH):
        some = {"person_id__in": person_ids[start : start + BATCH], "annulled_at": None}
        trained = TrainingDone.objects.filter(**some).values_list("person_id", "done_on", "reference")
        verified = Verification.objects.filter(**some).values_list("person_id", "taken_on", "reference")
        found.update((Proof.TRAINING, *row) for row in trained)
        found.update((Proof.VERIFICATION, *row) for row in verified)
    return found


def _training(row: EarlierGiven, at: datetime) -> TrainingDone:
    return TrainingDone(
        person_id=row.person_id,
        employer_id=row.employer_id,
        done_on=row.done_on,
        source=TrainingSource.EARLIER,
        reference=row.reference,
        recorded_at=at,
    )


def _verification(row: EarlierGiven, at: datetime, actor: User | None) -> Verification:
    return Verification(
        person_id=row.person_id,
        employer_id=row.employer_id,
        taken_on=row.done_on,
        passed=True,
        method=Method.EARLIER,
        reference=row.reference,
        recorded_at=at,
        recorded_by=actor,
    )
