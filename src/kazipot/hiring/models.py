"""Records of M4."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence
from kazipot.hiring.choices import PostingKind
from kazipot.organisation.models import Employer, JobProfile, Unit


class Posting(models.Model):
    """A job that an employer published for a unit."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("reference"), max_length=64)
    title = models.CharField(_("post"), max_length=200)
    profile = models.ForeignKey(JobProfile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=PostingKind.choices)
    published_on = models.DateField(_("published on"))
    closes_on = models.DateField(_("last day to apply"))
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-published_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "reference"], name="posting_reference_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("published_on")), name="posting_closes_after_it_opens"),
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
