"""A person finishes a short lesson; who has finished all of them has been trained."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.core.items.definition import AREAS
from kazipot.core.items.scoring import points, score
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.organisation.models import Employer, Person
from kazipot.verification import queries
from kazipot.verification.choices import TrainingSource
from kazipot.verification.models import LessonDone, TrainingDone
from kazipot.verification.operations.duty import record_training

ALL = "lessons"
"""The reference of training that consists of the whole set of lessons."""


def right(area: str, answers: Mapping[str, object]) -> dict[str, bool]:
    """Which checks of a lesson are answered rightly: {key of the check: right}."""
    lesson = queries.lessons()[area]
    return {item.key: score(item, answers[item.key]) == points(item) for item in lesson.checks}  # type: ignore[arg-type]


@transaction.atomic
def finish_lesson(
    *, person_id: int, employer_id: int, area: str, at: datetime, actor: User | None = None
) -> LessonDone:
    """A lesson was read and its checks answered. With the last of the set the person has been trained, once a term.

    One lesson alone is help after a failed test (`core.duty`), but no training. The same lesson on the same day counts
    once.
    """
    on = timezone.localtime(at).date()
    lock(Person.objects.filter(pk=person_id)).get()
    done, fresh = LessonDone.objects.get_or_create(
        person_id=person_id, area=area, done_on=on, defaults={"employer_id": employer_id, "done_at": at}
    )
    if not fresh:
        return done
    code = Employer.objects.values_list("code", flat=True).get(pk=employer_id)
    audit.record("verification.finish_lesson", done, actor=actor, at=at, employer_code=code, area=area)
    held = queries.lessons_of(person_id, on)
    trained = TrainingDone.objects.filter(
        person_id=person_id,
        source=TrainingSource.LESSON,
        reference=ALL,
        annulled_at=None,
        done_on__gte=min(held.values()),
    )
    if set(held) == set(AREAS) and not trained.exists():
        record_training(
            person_id=person_id, employer_id=employer_id, done_on=on, source=TrainingSource.LESSON, reference=ALL,
            at=at, actor=actor,
        )  # fmt: skip
    return done
