"""Lessons are gone through step by step."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.organisation.models import Person
from kazipot.verification.errors import StepSkipped
from kazipot.verification.models import LessonDone, LessonProgress


@transaction.atomic
def finish_step(
    *, person_id: int, area: str, step: int, steps: int, at: datetime, actor: User | None
) -> LessonDone | None:
    """A person has gone through a step (from 1) of an area's lesson, which has `steps`. The last one finishes it.

    Sent twice, it counts once. Raises StepSkipped.
    """
    lock(Person.objects.filter(pk=person_id)).get()
    progress, _made = LessonProgress.objects.get_or_create(person_id=person_id, area=area, defaults={"changed_at": at})
    if step > progress.steps_done + 1:
        raise StepSkipped
    if step <= progress.steps_done:
        return None
    done = step >= steps
    progress.steps_done, progress.changed_at = (0 if done else step), at
    progress.save(update_fields=["steps_done", "changed_at"])
    if not done:
        return None
    found, made = LessonDone.objects.get_or_create(
        person_id=person_id, area=area, done_on=timezone.localtime(at).date(), defaults={"done_at": at}
    )
    if made:
        audit.record("verification.finish_lesson", found, actor=actor, at=at, area=area)
    return found
