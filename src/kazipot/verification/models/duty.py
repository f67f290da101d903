"""What the duty rests on besides results and sessions: its terms, training elsewhere, exemptions and long leaves."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.periods import Period, ends_after_it_starts
from kazipot.organisation.models import Employer, JobProfile, Person, Unit
from kazipot.verification.choices import TrainingSource


class Terms(models.Model):
    """The terms of the duty from a day on. How long proofs count and newcomers have is set by the strategy."""

    valid_from = models.DateField(_("from"), unique=True)
    window_days = models.PositiveSmallIntegerField(_("days before it lapses in which it can be renewed"), default=90)
    return_months = models.PositiveSmallIntegerField(_("months after a long leave or an exemption"), default=3)
    accept_months = models.PositiveSmallIntegerField(_("greatest age of a proof from elsewhere, in months"), default=12)
    attempts = models.PositiveSmallIntegerField(_("attempts before help comes first"), default=2)
    waiting_days = models.PositiveSmallIntegerField(_("days between attempts"), default=14)
    asked_since = models.DateField(_("first day of the duty"), null=True, blank=True)
    spared_units = models.ManyToManyField(Unit, related_name="+", blank=True)
    spared_profiles = models.ManyToManyField(JobProfile, related_name="+", blank=True)
    because = models.CharField(_("reason"), max_length=200)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-valid_from"]
        constraints = [models.CheckConstraint(condition=Q(attempts__gte=1), name="terms_have_an_attempt")]


class TrainingDone(models.Model):
    """Training in digital security done outside the sessions of M3: a short lesson, or a course elsewhere.

    `number` is what the source calls it. A mistaken row is annulled, not deleted.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(_("done on"))
    source = models.CharField(_("source"), max_length=16, choices=TrainingSource.choices)
    reference = models.CharField(_("reference"), max_length=64)
    recorded_at = models.DateTimeField()
    annulled_at = models.DateTimeField(null=True)
    annulled_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-done_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "done_on", "reference"], condition=Q(annulled_at=None), name="training_done_once"
            ),
        ]
        indexes = [models.Index(fields=["person", "done_on"], name="training_done_by_person")]


class Exemption(Period):
    """A person need not be trained and verified in a period: which evidence says so, and where it is filed.

    The evidence itself stays with human resources; here is only its reference. `ended_on`: given up before its time.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(_("evidence"), max_length=200)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            ends_after_it_starts("exemption_period"),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("valid_from")), name="exemption_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="exemption_by_person")]


class LongLeave(Period):
    """A person is away for long. Why is nobody's business here: parental and sick leave look the same."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [ends_after_it_starts("long_leave_period")]
        indexes = [models.Index(fields=["person"], name="long_leave_by_person")]
