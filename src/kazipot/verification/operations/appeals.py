"""A person objects to a result; somebody else decides, with a reason."""

from datetime import datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.verification.choices import AppealOutcome
from kazipot.verification.errors import AppealedAlready, DecidedAlready, DecidedBySomebodyElse
from kazipot.verification.models import Appeal, Verification
from kazipot.verification.operations.results import annul


@transaction.atomic
def lodge_appeal(*, verification_id: int, text: str, at: datetime, actor: User | None) -> Appeal:
    """Object to a result, once. Raises AppealedAlready."""
    found = lock(Verification.objects.filter(pk=verification_id)).select_related("employer").get()
    if Appeal.objects.filter(verification=found).exists():
        raise AppealedAlready
    made = Appeal.objects.create(verification=found, lodged_at=at, text=text)
    audit.record("verification.appeal", made, actor=actor, at=at, employer_code=found.employer.code)
    return made


@transaction.atomic
def decide_appeal(*, appeal_id: int, outcome: str, reason: str, at: datetime, actor: User) -> Appeal:
    """Decide: the result stands, or is annulled with the attempt.

    Raises DecidedAlready, DecidedBySomebodyElse (the actor recorded the result, or it is their own).
    """
    found = lock(Appeal.objects.filter(pk=appeal_id)).select_related("verification__person").get()
    result = found.verification
    if found.decided_at is not None:
        raise DecidedAlready
    if actor.pk in {result.recorded_by_id, result.person.user_id}:
        raise DecidedBySomebodyElse
    found.outcome, found.reason, found.decided_at, found.decided_by = outcome, reason, at, actor
    found.save()
    if outcome == AppealOutcome.ANNULLED and result.annulled_at is None:
        annul(verification_id=result.pk, because=reason[:200], at=at, actor=actor)
    audit.record("verification.decide_appeal", found, actor=actor, at=at, outcome=outcome)
    return found
