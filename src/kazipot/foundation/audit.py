"""Writing the audit trail; only operations call this."""

from datetime import datetime
from typing import Any

from django.db import models

from kazipot.foundation.models import AuditEvent, User


def record(
    verb: str,
    target: models.Model,
    *,
    actor: User | None,
    at: datetime,
    employer_code: str = "",
    **detail: Any,
) -> AuditEvent:
    """Add one event to the trail: `actor` did `verb` (a dotted name such as "advisors.appoint") to `target`.

    `actor` is None when nobody was signed in (a one-time link) or the system acted.
    """
    return AuditEvent.objects.create(
        at=at,
        actor=actor,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        employer_code=employer_code,
        detail=detail,
    )


def events() -> models.QuerySet[AuditEvent]:
    """The whole trail, latest first, with who acted."""
    return AuditEvent.objects.select_related("actor").order_by("-at", "-pk")
