"""A head's proposal of an advisor, and what became of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.advisors.choices import OPEN_STATES, AppointmentRole, NominationState
from kazipot.advisors.models.appointments import Appointment
from kazipot.organisation.models import Person, Unit


class Nomination(models.Model):
    """A person is proposed for a unit. `replaces`: whose place they take; `appointment`: what it led to."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=8, choices=AppointmentRole.choices)
    first_day = models.DateField(_("first day as advisor"))
    note = models.TextField(_("why this person"), max_length=2000, blank=True)
    trained = models.CharField(_("training and experience"), max_length=300, blank=True)
    state = models.CharField(max_length=16, choices=NominationState.choices, default=NominationState.PROPOSED)
    replaces = models.ForeignKey(Appointment, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    appointment = models.OneToOneField(Appointment, null=True, on_delete=models.PROTECT, related_name="+")
    nominated_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True)
    agreed_how = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-nominated_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person"], condition=Q(state__in=list(OPEN_STATES)), name="nomination_one_open"
            ),
            models.CheckConstraint(
                condition=~Q(state=NominationState.CONFIRMED) | Q(appointment__isnull=False),
                name="nomination_confirmed_has_appointment",
            ),
        ]
        indexes = [models.Index(fields=["state", "nominated_at"], name="nomination_by_state")]
