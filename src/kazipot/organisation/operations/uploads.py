"""A roster that was uploaded on a page waits for its confirmation; what lies too long is forgotten."""

from datetime import date, datetime, timedelta

from django.db import transaction

from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.organisation.errors import AlreadyImported, PlanOutdated
from kazipot.organisation.models import RosterUpload
from kazipot.organisation.operations.roster import apply_roster
from kazipot.organisation.queries import RosterPlan

FORGOTTEN_AFTER = timedelta(days=1)
"""People's data in a file that nobody confirmed is deleted after this time."""


def forget_uploads(*, at: datetime) -> int:
    """Delete the content of files that wait too long; returns of how many. Workers do this."""
    waiting = RosterUpload.objects.filter(uploaded_at__lt=at - FORGOTTEN_AFTER, content__isnull=False)
    return waiting.update(content=None)


@transaction.atomic
def keep_upload(*, filename: str, content: bytes, as_of: date, at: datetime, actor: User) -> RosterUpload:
    """Keep a file until it is confirmed."""
    forget_uploads(at=at)
    return RosterUpload.objects.create(
        user=actor,
        uploaded_at=at,
        as_of=as_of,
        filename=filename[:200],
        content=content,
    )


@transaction.atomic
def import_upload(
    *, upload_id: int, plan: RosterPlan, shown: str, confirm_leavers: bool, at: datetime, actor: User
) -> dict[str, int]:
    """Write what a kept file asks for; returns its summary.

    `shown` is the plan's fingerprint as the person saw it. Raises AlreadyImported; PlanOutdated when the file would
    now change something else than what was shown; TooManyLeavers unless confirmed.
    """
    upload = lock(RosterUpload.objects.filter(pk=upload_id)).get()
    if upload.content is None:
        raise AlreadyImported
    if plan.fingerprint() != shown:
        raise PlanOutdated
    upload.summary = apply_roster(plan, at=at, actor=actor, confirm_leavers=confirm_leavers)
    upload.content, upload.applied_at = None, at
    upload.save(update_fields=["content", "applied_at", "summary"])
    return plan.summary()
