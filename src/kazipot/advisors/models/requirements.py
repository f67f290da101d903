"""Which units must have an advisor: a rule by kind of unit, and exceptions with a reason."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.periods import Period, ends_after_it_starts
from kazipot.organisation.choices import UnitKind
from kazipot.organisation.models import Unit


class RequirementRule(Period):
    """Units of a kind must (or need not) have an advisor. Without a rule the unit's own mark decides."""

    kind = models.CharField(_("kind of unit"), max_length=32, choices=UnitKind.choices)
    required = models.BooleanField(_("must have a digital advisor"))

    class Meta:
        ordering = ["kind", "-valid_from"]
        constraints = [
            ends_after_it_starts("requirement_rule_period"),
            models.UniqueConstraint(fields=["kind"], condition=Q(valid_to=None), name="requirement_rule_one_open"),
        ]


class RequirementException(Period):
    """One unit is an exception from the rule, for a reason that everybody can read."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    required = models.BooleanField(_("must have a digital advisor"))
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["unit", "-valid_from"]
        constraints = [
            ends_after_it_starts("requirement_exception_period"),
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_to=None), name="requirement_exception_one_open"),
        ]

    @property
    def last_day(self) -> date | None:
        """The last day of the exception; None while it goes on."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None
