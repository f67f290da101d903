"""How far people are with lessons, and when they finished them. What they answered in a lesson is kept nowhere."""

from django.db import models

from kazipot.organisation.models import Person


class LessonProgress(models.Model):
    """Steps of an area's lesson that a person has gone through, until it is done."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    area = models.CharField(max_length=32)
    steps_done = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["person_id", "area"]
        constraints = [models.UniqueConstraint(fields=["person", "area"], name="lesson_progress_once")]


class LessonDone(models.Model):
    """A person finished an area's lesson on a day; every time counts."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    area = models.CharField(max_length=32)
    done_on = models.DateField()
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["-done_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["person", "area", "done_on"], name="lesson_done_once_a_day")]
