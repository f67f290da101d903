"""Providers and courses."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.models import User
from kazipot.framework.models import Competence
from kazipot.training.choices import CourseMode, Language
from kazipot.training.errors import CodeTaken, NoCompetence
from kazipot.training.models import Course, CourseCompetence, Provider


@dataclass(frozen=True, slots=True)
class CourseSpan:
    """A course leads in a competence from a level to a higher one (0 to 4)."""

    competence_id: int
    from_level: int
    to_level: int


@transaction.atomic
def add_provider(*, code: str, name: str, kind: str, at: datetime, actor: User | None) -> Provider:
    """Somebody who gives training. Raises CodeTaken."""
    if Provider.objects.filter(code=code).exists():
        raise CodeTaken
    provider = Provider.objects.create(code=code, name=name, kind=kind)
    audit.record("training.add_provider", provider, actor=actor, at=at, code=code)
    return provider


@transaction.atomic
def add_course(
    *,
    code: str,
    provider_id: int,
    framework_id: int,
    title_sl: str,
    title_en: str,
    is_digital_security: bool,
    competences: Collection[CourseSpan],
    at: datetime,
    actor: User | None,
    mode: str = CourseMode.ROOM,
    language: str = Language.SLOVENIAN,
    hours: Decimal | None = None,
    prerequisites: str = "",
    accessibility: str = "",
) -> Course:
    """A course and what it teaches. Raises CodeTaken, NoCompetence."""
    if Course.objects.filter(code=code).exists():
        raise CodeTaken
    ids = {span.competence_id for span in competences}
    known = Competence.objects.filter(framework_id=framework_id, pk__in=ids).count()
    rising = all(0 <= span.from_level < span.to_level <= 4 for span in competences)
    if not ids or not rising or known != len(competences):
        raise NoCompetence
    course = Course.objects.create(
        code=code,
        provider_id=provider_id,
        framework_id=framework_id,
        title_sl=title_sl,
        title_en=title_en,
        is_digital_security=is_digital_security,
        mode=mode,
        language=language,
        hours=hours,
        prerequisites=prerequisites,
        accessibility=accessibility,
    )
    CourseCompetence.objects.bulk_create(
        CourseCompetence(
            course=course, competence_id=span.competence_id, from_level=span.from_level, to_level=span.to_level
        )
        for span in competences
    )
    audit.record("training.add_course", course, actor=actor, at=at, code=code)
    return course
