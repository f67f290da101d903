"""Results, exemptions and the rest of the duty's records for tests."""

from datetime import UTC, date, datetime
from typing import Any

from kazipot.organisation.models import Employment
from kazipot.verification import operations
from kazipot.verification.models import TrainingDone, Verification

AT = datetime(2026, 6, 1, 8, tzinfo=UTC)


def make_result(job: Employment, taken_on: date, *, passed: bool = True, **changes: Any) -> Verification:
    """A result of the person for the employer, recorded on the day itself."""
    fields = {
        "person_id": job.person_id, "employer_id": job.employer_id, "taken_on": taken_on, "passed": passed,
        "method": "test", "reference": f"T-{taken_on}", "recorded_at": AT,
    }  # fmt: skip
    return Verification.objects.create(**{**fields, **changes})


def make_training(job: Employment, done_on: date, **changes: Any) -> TrainingDone:
    """A short lesson done on the day."""
    fields = {
        "person_id": job.person_id, "employer_id": job.employer_id, "done_on": done_on, "source": "lesson",
        "reference": f"L-{done_on}", "recorded_at": AT,
    }  # fmt: skip
    return TrainingDone.objects.create(**{**fields, **changes})


def exempt(job: Employment, first: date, end: date | None = None) -> Any:
    """The person is exempted."""
    return operations.exempt(
        person_id=job.person_id, employer_id=job.employer_id, valid_from=first, valid_to=end, evidence="0141-7/2026",
        at=AT, actor=None,
    )  # fmt: skip


def away(job: Employment, first: date, end: date | None = None) -> Any:
    """The person is on a long leave."""
    return operations.record_leave(
        person_id=job.person_id, employer_id=job.employer_id, valid_from=first, valid_to=end, at=AT, actor=None
    )
