"""What the Service asks advisors to do by a day."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Person, Unit


class Assignment(models.Model):
    """A task for the advisors of some units."""

    title = models.CharField(_("task"), max_length=200)
    text = models.TextField(_("what is to be done"), max_length=4000, blank=True)
    due_on = models.DateField(_("due on"))
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]


class AssignmentShare(models.Model):
    """A unit's part of a task; `holder` does it (None: nobody advises the unit, and the Service sees to it)."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="shares")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    note = models.CharField(_("what was done"), max_length=500, blank=True)

    class Meta:
        ordering = ["assignment", "unit"]
        constraints = [models.UniqueConstraint(fields=["assignment", "unit"], name="assignment_once_per_unit")]
        indexes = [models.Index(fields=["holder", "done_at"], name="assignment_by_holder")]


class Handover(models.Model):
    """Open questions and tasks of a unit passed from one to another (None: the Service)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    giver = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    thread_ids = models.JSONField(default=list)
    share_ids = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["taker", "at"], name="handover_by_taker")]


class OnboardingTick(models.Model):
    """A step of the path for new advisors that somebody has done."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    step = models.CharField(max_length=32)
    done_at = models.DateTimeField()

    class Meta:
        ordering = ["person", "done_at"]
        constraints = [models.UniqueConstraint(fields=["person", "step"], name="onboarding_tick_once")]
