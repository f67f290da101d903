"""Job postings from draft to hire, and what they demand."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence
from kazipot.hiring.choices import BEFORE_PUBLICATION, PostingKind, PostingStage
from kazipot.organisation.models import Employer, JobProfile, Unit


class Posting(models.Model):
    """A job that an employer offers in a unit. It counts once it is published; `stage` says how far it has come."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("reference"), max_length=64)
    title = models.CharField(_("post"), max_length=200)
    profile = models.ForeignKey(JobProfile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=PostingKind.choices)
    stage = models.CharField(_("stage"), max_length=16, choices=PostingStage.choices, default=PostingStage.PUBLISHED)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    returned_because = models.CharField(max_length=300, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    closes_on = models.DateField(_("last day to apply"), null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "reference"], name="posting_reference_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("published_on")), name="posting_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(stage__in=list(BEFORE_PUBLICATION), published_on=None)
                | (~Q(stage__in=list(BEFORE_PUBLICATION)) & Q(published_on__isnull=False, closes_on__isnull=False)),
                name="posting_published_has_days",
            ),
        ]
        indexes = [models.Index(fields=["published_on"], name="posting_by_day")]


class PostingDemand(models.Model):
    """A posting demands (or only desires) a competence at a level of 1 to 4."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="demands")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    required = models.BooleanField()

    class Meta:
        ordering = ["posting", "competence"]
        constraints = [
            models.UniqueConstraint(fields=["posting", "competence"], name="posting_demand_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="posting_demand_level"),
        ]
