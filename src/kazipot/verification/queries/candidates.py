"""Tests of candidates, by code; never by name."""

from datetime import date, datetime

from django.db.models import QuerySet

from kazipot.foundation.tokens import digest, secret_of
from kazipot.verification.choices import SittingState
from kazipot.verification.models import CandidateTest, Sitting
from kazipot.verification.queries.sittings import is_out_of_time, sittings


def candidate_test_by_code(token: str, *, on: date) -> CandidateTest | None:
    """The test that a candidate's code opens on the day, or None. One query."""
    rows = CandidateTest.objects.filter(token_digest=digest(secret_of(token)), valid_until__gte=on)
    return rows.select_related("candidate__posting").first()


def candidate_test_by_id(test_id: int, token_digest: str, *, on: date) -> CandidateTest | None:
    """The same test again, unless a newer code has taken its place. One query."""
    rows = CandidateTest.objects.filter(pk=test_id, token_digest=token_digest, valid_until__gte=on)
    return rows.select_related("candidate__posting").first()


def sitting_of_test(test: CandidateTest) -> Sitting | None:
    """The sitting that was last begun, whatever came of it. One query."""
    return sittings().filter(pk=test.sitting_id or 0).first()


def candidate_sitting(test: CandidateTest, *, at: datetime) -> Sitting | None:
    """The sitting of a test that is open or decided; None before it, and when it was broken off."""
    found = sitting_of_test(test)
    if found is None or found.passed is not None:
        return found
    return found if found.state == SittingState.OPEN and not is_out_of_time(found, at) else None


def candidate_of(sitting: Sitting) -> int | None:
    """The candidate whose test a sitting is, or None. No query for the sitting of a person."""
    if sitting.person_id is not None:
        return None
    return CandidateTest.objects.filter(sitting=sitting).values_list("candidate_id", flat=True).first()


def candidate_tests_to_forget() -> QuerySet[CandidateTest]:
    """Tests of candidates whose names are deleted already."""
    return CandidateTest.objects.filter(candidate__forgotten_at__isnull=False)
