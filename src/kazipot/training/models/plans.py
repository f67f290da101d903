"""Plans of a training year: a question to the allocation and its answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Person, Unit
from kazipot.training.choices import PlanFailure, PlanStage, PlanStatus


class TrainingPlan(models.Model):
    """A year's question to the allocation and its answer: which sessions to buy, and who is offered a seat.

    `input` is the instance as docs/methods/allocation.md describes it, with pseudonymous ids; `digest` its SHA-256.
    `copy_of`: the plan of which this is a what-if copy; `published_at`: when its seats were offered.
    A worker leases a plan while it works on it; a lease that ran out may be taken by another.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    as_of = models.DateField()
    budget = models.DecimalField(_("budget"), max_digits=12, decimal_places=2)
    seed = models.PositiveBigIntegerField(_("seed"))
    rules = models.JSONField()
    input = models.TextField()
    digest = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    sessions = models.PositiveIntegerField()
    reached_before = models.PositiveIntegerField()
    status = models.CharField(max_length=16, choices=PlanStatus.choices, default=PlanStatus.WAITING)
    stage = models.CharField(max_length=16, choices=PlanStage.choices, default=PlanStage.NONE, blank=True)
    failure = models.CharField(max_length=16, choices=PlanFailure.choices, default=PlanFailure.NONE, blank=True)
    result = models.JSONField(null=True)
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    copy_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(budget__gt=0), name="training_plan_has_money"),
            models.CheckConstraint(
                condition=~Q(status=PlanStatus.DONE) | Q(result__isnull=False), name="training_plan_done_has_result"
            ),
        ]
        indexes = [models.Index(fields=["status", "id"], name="training_plan_by_status")]

    @property
    def reached(self) -> int | None:
        """People reached; None while there is no plan."""
        return self.result["plan"]["objectives"]["reached"] if self.result and "plan" in self.result else None


class PlannedOutcome(models.Model):
    """What a plan gives a person and why, in the words of `core.allocation.explanation.Outcome`."""

    plan = models.ForeignKey(TrainingPlan, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    is_reached = models.BooleanField()
    outcome = models.JSONField()

    class Meta:
        ordering = ["plan", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "person"], name="planned_outcome_once")]
        indexes = [models.Index(fields=["plan", "is_reached", "id"], name="planned_outcome_by_plan")]
