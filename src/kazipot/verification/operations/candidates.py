"""A candidate's test: a code told once, a sitting without a person, nothing left when the posting's term is over."""

from datetime import date, datetime, timedelta

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_code
from kazipot.hiring.operations import candidate_to_test
from kazipot.verification import queries
from kazipot.verification.choices import Purpose, SittingState
from kazipot.verification.errors import CandidateTested
from kazipot.verification.models import CandidateTest, Sitting, Step
from kazipot.verification.operations.sittings import begin

CODE_LASTS = timedelta(days=14)
"""So long a candidate's code is valid."""


@transaction.atomic
def make_candidate_code(*, candidate_id: int, today: date, at: datetime, actor: User | None) -> str:
    """A fresh code for a candidate, told here once; an older one stops being valid, an open test goes on.

    Raises CandidateTested; AlreadyDecided and NotAtThisStage of hiring.
    """
    candidate = candidate_to_test(candidate_id=candidate_id)
    found = CandidateTest.objects.filter(candidate=candidate).select_related("sitting").first()
    if found is not None and found.sitting is not None and found.sitting.passed is not None:
        raise CandidateTested
    secret = new_code()
    CandidateTest.objects.update_or_create(
        candidate=candidate,
        defaults={"token_digest": digest(secret), "made_at": at, "valid_until": today + CODE_LASTS},
    )
    posting = candidate.posting
    audit.record(
        "verification.make_candidate_code", posting, actor=actor, at=at, employer_code=posting.employer.code,
        number=candidate.number,
    )  # fmt: skip
    return secret


@transaction.atomic
def start_candidate_test(*, test_id: int, language: str, at: datetime, seed: int, more_time: int = 100) -> Sitting:
    """Begin the test, or come back to the one that is open. What was broken off begins anew and is deleted.

    Raises CandidateTested, NoQuestions, SuchTimeIsNotGiven; AlreadyDecided and NotAtThisStage of hiring.
    """
    test = lock(CandidateTest.objects.filter(pk=test_id)).get()
    candidate = candidate_to_test(candidate_id=test.candidate_id)
    before = queries.sitting_of_test(test)
    if before is not None and before.passed is not None:
        raise CandidateTested
    if before is not None and before.state == SittingState.OPEN and not queries.is_out_of_time(before, at):
        return before
    test.sitting = begin(
        person_id=None, employer_id=candidate.posting.employer_id, purpose=Purpose.CANDIDATE, language=language,
        at=at, seed=seed, more_time=more_time,
    )  # fmt: skip
    test.save(update_fields=["sitting"])
    if before is not None:
        _delete([before.pk])
    return test.sitting


@transaction.atomic
def forget_candidate_tests() -> int:
    """What workers do after `hiring.forget_candidates`: codes, answers and sittings go too; of how many candidates."""
    rows = lock(queries.candidate_tests_to_forget())
    sittings = [row.sitting_id for row in rows if row.sitting_id is not None]
    count, _each = CandidateTest.objects.filter(pk__in=[row.pk for row in rows]).delete()
    _delete(sittings)
    return count


def _delete(sitting_ids: list[int]) -> None:
    Step.objects.filter(sitting_id__in=sitting_ids).delete()
    Sitting.objects.filter(pk__in=sitting_ids).delete()
