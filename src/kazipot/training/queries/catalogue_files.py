"""What an external catalogue is compared with, and what it would change."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from kazipot.foundation.models import User
from kazipot.framework import queries as framework
from kazipot.training.models import CatalogueUpload, Course, CourseCompetence, Provider

type Spans = tuple[tuple[int, int, int], ...]
FIELDS = ("title_sl", "title_en", "mode", "language", "hours", "prerequisites", "accessibility", "is_digital_security")
"""What a file may change of a course that is there."""


@dataclass(frozen=True, slots=True)
class KnownCourse:
    """A course of the catalogue: its provider and what it teaches, as (competence id, from, to)."""

    provider_id: int
    spans: Spans
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Providers by code, competences of the framework by code, and courses by code."""

    framework_id: int
    providers: dict[str, int]
    competences: dict[str, int]
    courses: dict[str, KnownCourse]


@dataclass(frozen=True, slots=True)
class CatalogueRow:
    """A course as a file tells it."""

    line: int
    code: str
    provider_id: int
    title_sl: str
    title_en: str
    spans: Spans
    mode: str
    language: str
    hours: Decimal | None
    prerequisites: str
    accessibility: str
    is_digital_security: bool


@dataclass(frozen=True, slots=True)
class CatalogueChange:
    """What a row would do: `kind` is added, changed or unchanged; `fields` are those that change."""

    row: CatalogueRow
    kind: str
    fields: tuple[str, ...]


def known_catalogue(framework_id: int) -> Catalogue:
    """What a file is compared with. Four queries."""
    spans: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    rows = CourseCompetence.objects.values_list("course_id", "competence_id", "from_level", "to_level")
    for course_id, *span in rows.order_by():
        spans[course_id].append((span[0], span[1], span[2]))
    return Catalogue(
        framework_id=framework_id,
        providers=dict(Provider.objects.order_by().values_list("code", "pk")),
        competences={item.code: item.id for item in framework.competences(framework_id)},
        courses={
            course.code: KnownCourse(
                course.provider_id,
                tuple(sorted(spans[course.pk])),
                {field: getattr(course, field) for field in FIELDS},
            )
            for course in Course.objects.order_by()
        },
    )


def catalogue_changes(rows: Sequence[CatalogueRow], known: Catalogue) -> list[CatalogueChange]:
    """What each row of a file would do."""
    found = []
    for row in rows:
        before = known.courses.get(row.code)
        fields = tuple(f for f in FIELDS if before is not None and before.values[f] != getattr(row, f))
        kind = "added" if before is None else "changed" if fields else "unchanged"
        found.append(CatalogueChange(row, kind, fields))
    return found


def fingerprint(changes: Sequence[CatalogueChange]) -> str:
    """What tells one set of changes from another."""
    told = [(change.kind, change.fields, asdict(change.row)) for change in changes]
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()


def catalogue_upload(user: User, upload_id: int) -> CatalogueUpload | None:
    """A file that this person uploaded, or None."""
    return CatalogueUpload.objects.filter(user=user, pk=upload_id).first()
