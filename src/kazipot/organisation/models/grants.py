"""Which account has which role, where, and when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from kazipot.foundation.periods import Period, ends_after_it_starts
from kazipot.foundation.roles import Role
from kazipot.organisation.models.units import Employer, Unit


class RoleGrant(Period):
    """An account has a role for an employer, or for a unit of it and the units below, in a period."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=16, choices=Role.choices)
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["user", "role"]
        constraints = [
            ends_after_it_starts("role_grant_period"),
            models.UniqueConstraint(
                fields=["user", "role", "employer", "unit"], condition=Q(valid_to=None), name="role_grant_once"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "employer"],
                condition=Q(valid_to=None, unit=None),
                name="role_grant_once_for_the_employer",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["head", "advisor"]) | Q(unit__isnull=False),
                name="head_and_advisor_have_a_unit",
            ),
        ]
