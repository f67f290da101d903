"""Short lessons that a person has finished."""

from django.db import models

from kazipot.organisation.models import Employer, Person


class LessonDone(models.Model):
    """A person has read a lesson and answered its checks. `area` is a key of the blueprint."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=32)
    done_on = models.DateField()
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["-done_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "area", "done_on"], name="lesson_done_once_a_day"),
        ]
        indexes = [models.Index(fields=["person", "done_on"], name="lesson_done_by_person")]
