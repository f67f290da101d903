"""Results of verifications: recorded one by one or many at once, and annulled."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kazipot.core.indicators.verification import add_months
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.models import User
from kazipot.organisation.models import Employer, Employment
from kazipot.verification import queries
from kazipot.verification.choices import Method
from kazipot.verification.errors import AlreadyAnnulled
from kazipot.verification.models import Verification
from kazipot.verification.operations.certificates import revoke_certificate

BATCH = 500


@dataclass(frozen=True, slots=True)
class ResultGiven:
    """One result: who, for which employer, when, whether passed, how verified, and where it is filed.

    `line` and `personnel_number` are for telling a person which row is meant.
    """

    person_id: int
    employer_id: int
    taken_on: date
    passed: bool
    method: str
    reference: str
    line: int | None = None
    personnel_number: str = ""


@transaction.atomic
def record_verifications(*, results: Collection[ResultGiven], at: datetime, actor: User | None) -> int:
    """Record results; all of them or, when one is faulty, none. Returns how many.

    Raises InputRefused naming the row (from 1) of every result with a day in the future, of somebody who wasn't
    employed there on the day, or that is recorded already.
    """
    given = list(results)
    problems = _faults(given, timezone.localtime(at).date())
    if problems:
        raise refusal(problems)
    made = _written(given, at, actor)
    if made:
        employers = {row.employer_id for row in given}
        code = Employer.objects.get(pk=min(employers)).code if len(employers) == 1 else ""
        audit.record("verification.record", made[0], actor=actor, at=at, employer_code=code, results=len(made))
    return len(made)


@transaction.atomic
def record_result(
    *,
    person_id: int,
    employer_id: int,
    taken_on: date,
    passed: bool,
    method: str = Method.TEST,
    reference: str,
    at: datetime,
    actor: User | None = None,
) -> Verification:
    """Record one result and give it back; for a sitting that has just ended, or for one typed in.

    Raises InputRefused as `record_verifications` does.
    """
    row = ResultGiven(person_id, employer_id, taken_on, passed, method, reference)
    problems = _faults([row], timezone.localtime(at).date())
    if problems:
        raise refusal(problems)
    (made,) = _written([row], at, actor)
    code = Employer.objects.values_list("code", flat=True).get(pk=employer_id)
    audit.record("verification.record", made, actor=actor, at=at, employer_code=code, results=1)
    return made


def _written(given: Collection[ResultGiven], at: datetime, actor: User | None) -> list[Verification]:
    return Verification.objects.bulk_create(
        (
            Verification(
                person_id=row.person_id,
                employer_id=row.employer_id,
                taken_on=row.taken_on,
                passed=row.passed,
                method=row.method,
                reference=row.reference,
                recorded_at=at,
                recorded_by=actor,
            )
            for row in given
        ),
        batch_size=BATCH,
    )


def refusal(problems: list[Problem]) -> InputRefused:
    """What is said when a list of results is refused."""
    message = ngettext(
        "The results were not recorded: %(count)s thing needs a correction.",
        "The results were not recorded: %(count)s things need a correction.",
        len(problems),
    )
    return InputRefused(message % {"count": len(problems)}, problems)


def _faults(given: list[ResultGiven], today: date) -> list[Problem]:
    """What is wrong with results. A proof from elsewhere may be from before the job, but not too old."""
    ids = sorted({row.person_id for row in given})
    jobs: dict[tuple[int, int], list[tuple[date, date | None]]] = {}
    recorded: set[tuple[int, date, str]] = set()
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        for person_id, employer_id, first, last in Employment.objects.filter(person_id__in=some).values_list(
            "person_id", "employer_id", "valid_from", "valid_to"
        ):
            jobs.setdefault((person_id, employer_id), []).append((first, last))
        recorded.update(
            Verification.objects.filter(person_id__in=some, annulled_at=None).values_list(
                "person_id", "taken_on", "reference"
            )
        )
    found: list[Problem] = []
    months = queries.rule_book().on(today).accept_months if any(row.method == Method.EARLIER for row in given) else 0
    for position, row in enumerate(given, start=1):
        number = row.line or position
        here = jobs.get((row.person_id, row.employer_id), [])
        key = (row.person_id, row.taken_on, row.reference)
        if row.taken_on > today:
            found.append(
                Problem(number, "taken_on", _as_written(row.taken_on), _("The day is in the future."),
                        _("Record results after they are taken."))
            )  # fmt: skip
        elif row.method == Method.EARLIER and row.taken_on <= add_months(today, -months):
            found.append(too_old(number, "taken_on", row.taken_on, months))
        elif row.method != Method.EARLIER and not any(
            first <= row.taken_on and (last is None or row.taken_on < last) for first, last in here
        ):
            found.append(
                Problem(
                    number, "personnel_number", row.personnel_number,
                    _("The person did not work there on that day."), _("Correct the day or the employer."),
                )
            )  # fmt: skip
        elif key in recorded:
            found.append(
                Problem(number, "reference", row.reference, _("This result is already recorded."), _("Leave it out."))
            )
        elif row.method not in Method.values:
            found.append(
                Problem(number, "method", row.method, _("There is no such method."),
                        _("Use one of: %(methods)s.") % {"methods": ", ".join(Method.values)})
            )  # fmt: skip
        recorded.add(key)
    return found


def too_old(row: int, field: str, day: date, months: int) -> Problem:
    """A proof from elsewhere is older than may be accepted."""
    message = ngettext(
        "The proof is older than %(count)s month and cannot be accepted.",
        "The proof is older than %(count)s months and cannot be accepted.",
        months,
    )
    return Problem(
        row, field, _as_written(day), message % {"count": months}, _("Leave it out; the person is verified anew.")
    )


def _as_written(on: date) -> str:
    """A day as people write it here."""
    return f"{on.day}. {on.month}. {on.year}"


@transaction.atomic
def annul(*, verification_id: int, because: str, at: datetime, actor: User | None) -> Verification:
    """A mistaken result no longer counts, and stays in the records. Raises AlreadyAnnulled."""
    found = lock(Verification.objects.filter(pk=verification_id)).select_related("employer").get()
    if found.annulled_at is not None:
        raise AlreadyAnnulled
    found.annulled_at, found.annulled_because = at, because
    found.save(update_fields=["annulled_at", "annulled_because"])
    audit.record("verification.annul", found, actor=actor, at=at, employer_code=found.employer.code, because=because)
    revoke_certificate(verification_id=found.pk, because=because, at=at, actor=actor)
    return found
