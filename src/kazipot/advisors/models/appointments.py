"""Who is a unit's digital advisor, or their deputy, when and by which decision."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.advisors.choices import AppointmentRole
from kazipot.foundation.periods import Period, ends_after_it_starts
from kazipot.organisation.models import Person, Unit


class Appointment(Period):
    """A person is a unit's digital advisor, or deputy, in a period, by a decision with a reference."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=8, choices=AppointmentRole.choices, default=AppointmentRole.ADVISOR)
    decision_reference = models.CharField(_("decision reference"), max_length=64)
    ended_because = models.CharField(_("reason for the end"), max_length=200, blank=True)

    class Meta:
        ordering = ["unit", "-valid_from", "-id"]
        constraints = [
            ends_after_it_starts("appointment_period"),
            models.UniqueConstraint(fields=["unit", "person"], condition=Q(valid_to=None), name="appointment_one_open"),
        ]
        indexes = [models.Index(fields=["unit", "valid_from"], name="appointment_by_unit")]

    @property
    def last_day(self) -> date | None:
        """The last day as advisor; None while it goes on."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None
