"""What an employer demands of new colleagues in a family of posts, in versions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence
from kazipot.hiring.choices import ProfileStatus
from kazipot.organisation.models import Employer


class FamilyProfile(models.Model):
    """A version of the demands of a family of posts. It holds from `valid_from` until a later one does.

    `basis`: from what it was proposed, as it stood then ({"analysis": {year, version}, "similar": [...]}).
    """

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    family = models.CharField(_("job family"), max_length=64)
    number = models.PositiveSmallIntegerField()
    status = models.CharField(_("status"), max_length=16, choices=ProfileStatus.choices, default=ProfileStatus.DRAFT)
    basis = models.JSONField(default=dict)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    valid_from = models.DateField(_("valid from"), null=True)

    class Meta:
        ordering = ["employer", "family", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["employer", "family", "number"], name="family_profile_number_once"),
            models.UniqueConstraint(
                fields=["employer", "family"], condition=Q(status=ProfileStatus.DRAFT), name="family_profile_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(status=ProfileStatus.DRAFT, approved_at=None, valid_from=None)
                | Q(status=ProfileStatus.APPROVED, approved_at__isnull=False, valid_from__isnull=False),
                name="family_profile_approved_on_a_day",
            ),
        ]
        indexes = [models.Index(fields=["employer", "family", "valid_from"], name="family_profile_by_day")]


class FamilyDemand(models.Model):
    """A competence that a version demands (or only desires) at a level of 1 to 4.

    `because`: what asked for it when it was proposed ([[basis, level], …]); empty where a person put it.
    """

    profile = models.ForeignKey(FamilyProfile, on_delete=models.CASCADE, related_name="demands")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField()
    required = models.BooleanField()
    because = models.JSONField(default=list)

    class Meta:
        ordering = ["profile", "competence"]
        constraints = [
            models.UniqueConstraint(fields=["profile", "competence"], name="family_demand_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=4), name="family_demand_level"),
        ]
