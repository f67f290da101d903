"""What other learning platforms report becomes training or verification, by the rule of the platform."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kazipot.core.duty.events import Proof
from kazipot.core.indicators.verification import add_months
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_token
from kazipot.verification import queries
from kazipot.verification.choices import Method, TrainingSource
from kazipot.verification.errors import SourceNamed, StatementRefused
from kazipot.verification.models import LearningSource, Statement, TrainingDone, Verification

CONFLICT = 409


@dataclass(frozen=True, slots=True)
class Said:
    """A statement: its id, who by address or account, the verb ("" for one that means nothing here), what, when.

    `digest` is the same for two copies of one statement.
    """

    statement_id: UUID
    digest: str
    verb: str
    activity: str
    email: str
    account: str
    done_at: datetime
    success: bool | None


@transaction.atomic
def add_source(
    *, name: str, counts_as: Mapping[str, str], at: datetime, actor: User | None
) -> tuple[LearningSource, str]:
    """A platform may send statements; its token is told here once. Raises SourceNamed."""
    if LearningSource.objects.filter(name=name).exists():
        raise SourceNamed
    token = new_token()
    made = LearningSource.objects.create(name=name, token_digest=digest(token), counts_as=dict(counts_as), added_at=at)
    audit.record("verification.add_source", made, actor=actor, at=at, name=name)
    return made, token


@transaction.atomic
def end_source(*, source_id: int, at: datetime, actor: User | None) -> None:
    """A platform's token stops working; what it reported stays."""
    found = lock(LearningSource.objects.filter(pk=source_id)).get()
    found.ended_at = at
    found.save(update_fields=["ended_at"])
    audit.record("verification.end_source", found, actor=actor, at=at, name=found.name)


@transaction.atomic
def receive(*, source_id: int, statements: Collection[Said], at: datetime) -> int:
    """Take statements, all or none; returns how many are new. The same statement twice is one.

    Raises StatementRefused for a statement about nobody here, or with the id of another one (409).
    """
    source = lock(LearningSource.objects.filter(pk=source_id)).get()
    ids = [said.statement_id for said in statements]
    known = {row.statement_id: row for row in Statement.objects.filter(statement_id__in=ids)}
    new = 0
    for said in statements:
        if said.statement_id in known:
            if known[said.statement_id].digest != said.digest or known[said.statement_id].source_id != source_id:
                raise StatementRefused(
                    _("Another statement has the id %(id)s.") % {"id": said.statement_id}, status=CONFLICT
                )
            continue
        _take(source, said, at)
        new += 1
    if new:
        audit.record("verification.receive", source, actor=None, at=at, name=source.name, statements=new)
    return new


def _take(source: LearningSource, said: Said, at: datetime) -> None:
    made = Statement(source=source, statement_id=said.statement_id, digest=said.digest, received_at=at)
    if said.verb == "voided":
        _void(source, said, at)
    elif proof := _proof(source, said):
        person = queries.person_reported(said.email, said.account)
        job = queries.job_of(person.pk, timezone.localtime(at).date()) if person else None
        if person is None or job is None:
            raise StatementRefused(
                _("Nobody is known as %(who)s. Send an e-mail address of the roster, or EMPLOYER/personnel number.")
                % {"who": (said.email or said.account)[:100]}
            )
        made.person = person
        done_on = timezone.localtime(said.done_at).date()
        _write(made, proof, job.employer_id, done_on, at)
    made.save()


def _proof(source: LearningSource, said: Said) -> Proof | None:
    """What the statement proves: training when it was completed or passed, verification only when it was passed."""
    named = source.counts_as.get(said.activity)
    if named is None:
        fits = [key for key in source.counts_as if key.endswith("*") and said.activity.startswith(key[:-1])]
        named = source.counts_as[max(fits, key=len)] if fits else None
    if named is None or said.success is False:
        return None
    if named == Proof.TRAINING and said.verb in {"completed", "passed"}:
        return Proof.TRAINING
    passed = said.verb == "passed" or (said.verb == "completed" and said.success is True)
    return Proof.VERIFICATION if named == Proof.VERIFICATION and passed else None


def _write(made: Statement, proof: Proof, employer_id: int, done_on: date, at: datetime) -> None:
    """Training or verification of the day, unless it is too old or recorded already."""
    today = timezone.localtime(at).date()
    months = queries.rule_book().on(today).accept_months
    assert made.person is not None
    if done_on > today:
        raise StatementRefused(_("The timestamp is in the future."))
    if done_on <= add_months(today, -months):
        return
    reference = str(made.statement_id)
    if proof is Proof.TRAINING:
        made.training = TrainingDone.objects.create(
            person=made.person, employer_id=employer_id, done_on=done_on, source=TrainingSource.ELSEWHERE,
            reference=reference, recorded_at=at,
        )  # fmt: skip
    else:
        made.verification = Verification.objects.create(
            person=made.person, employer_id=employer_id, taken_on=done_on, passed=True, method=Method.EARLIER,
            reference=reference, recorded_at=at,
        )  # fmt: skip


def _void(source: LearningSource, said: Said, at: datetime) -> None:
    """What came of an earlier statement of the same platform is annulled."""
    try:
        voided = UUID(said.activity)
    except ValueError as error:
        raise StatementRefused(_("A voided statement is named by its id.")) from error
    found = Statement.objects.filter(source=source, statement_id=voided).select_related("training", "verification")
    for row in found:
        for record in (row.training, row.verification):
            if record is not None and record.annulled_at is None:
                record.annulled_at, record.annulled_because = at, f"xAPI voided: {said.statement_id}"
                record.save(update_fields=["annulled_at", "annulled_because"])
