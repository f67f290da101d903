"""A file with an external catalogue waits for its confirmation, then its courses come in, all or none."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.training import queries
from kazipot.training.errors.supply import CatalogueImported, CatalogueOutdated
from kazipot.training.models import CatalogueUpload, Course
from kazipot.training.operations.catalogue import CourseSpan, add_course

FORGOTTEN_AFTER = timedelta(days=1)


@transaction.atomic
def keep_catalogue(*, filename: str, content: bytes, at: datetime, actor: User) -> CatalogueUpload:
    """Keep a file until it is confirmed; those that wait longer than a day are forgotten."""
    waiting = CatalogueUpload.objects.filter(uploaded_at__lt=at - FORGOTTEN_AFTER, content__isnull=False)
    waiting.update(content=None)
    return CatalogueUpload.objects.create(user=actor, uploaded_at=at, filename=filename[:200], content=content)


@transaction.atomic
def import_catalogue(
    *, upload_id: int, rows: Sequence[queries.CatalogueRow], framework_id: int, shown: str, at: datetime, actor: User
) -> dict[str, int]:
    """Add and change the courses of a file; `shown` is the fingerprint of the changes that the person saw.

    Returns how many were added, changed and unchanged. Raises CatalogueImported, CatalogueOutdated.
    """
    upload = lock(CatalogueUpload.objects.filter(pk=upload_id)).get()
    if upload.content is None:
        raise CatalogueImported
    changes = queries.catalogue_changes(rows, queries.known_catalogue(framework_id))
    if queries.fingerprint(changes) != shown:
        raise CatalogueOutdated
    for change in changes:
        if change.kind == "added":
            _add(change.row, framework_id, at, actor)
        elif change.kind == "changed":
            values = {field: getattr(change.row, field) for field in change.fields}
            Course.objects.filter(code=change.row.code).update(**values)
    kinds = [change.kind for change in changes]
    summary = {kind: kinds.count(kind) for kind in ("added", "changed", "unchanged")}
    upload.content, upload.applied_at, upload.summary = None, at, summary
    upload.save(update_fields=["content", "applied_at", "summary"])
    audit.record("training.import_catalogue", upload, actor=actor, at=at, **dict[str, Any](summary))
    return summary


def _add(row: queries.CatalogueRow, framework_id: int, at: datetime, actor: User) -> None:
    add_course(
        code=row.code,
        provider_id=row.provider_id,
        framework_id=framework_id,
        title_sl=row.title_sl,
        title_en=row.title_en,
        is_digital_security=row.is_digital_security,
        competences=[CourseSpan(*span) for span in row.spans],
        mode=row.mode,
        language=row.language,
        hours=row.hours,
        prerequisites=row.prerequisites,
        accessibility=row.accessibility,
        at=at,
        actor=actor,
    )
