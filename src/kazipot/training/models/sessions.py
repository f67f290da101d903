"""A course at a time and place, with so many seats."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.training.choices import Language, SessionStatus, Shift
from kazipot.training.models.catalogue import Course
from kazipot.training.models.contracts import Contract


class Session(models.Model):
    """A course at a time and place, with so many seats.

    `begins_at` and `closes_at` hold on each of its days; `sequence` grows whenever calendars have to change it;
    `refill_due`: a seat has fallen free, and workers are to offer it. Cancelled `free_cancellation_days` before it or
    earlier it costs nothing, later `late_cancellation_share` per cent of the price.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    begins_at = models.TimeField(_("begins at"), default=time(9))
    closes_at = models.TimeField(_("ends at"), default=time(14))
    sequence = models.PositiveIntegerField(default=0)
    place = models.CharField(_("place"), max_length=200)
    room = models.CharField(max_length=100, blank=True)
    shift = models.CharField(max_length=16, choices=Shift.choices, default=Shift.ANY)
    in_working_time = models.BooleanField(_("in working time"), default=True)
    is_accessible = models.BooleanField(_("accessible without barriers"), default=True)
    capacity = models.PositiveIntegerField(_("seats"))
    min_people = models.PositiveIntegerField(_("least number of people"), default=1)
    price_fixed = models.DecimalField(_("price of the session"), max_digits=12, decimal_places=2, default=0)
    price_per_head = models.DecimalField(_("price for each person"), max_digits=12, decimal_places=2, default=0)
    free_cancellation_days = models.PositiveSmallIntegerField(default=0)
    late_cancellation_share = models.PositiveSmallIntegerField(default=0)
    contract = models.ForeignKey(Contract, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=Language.choices, default=Language.SLOVENIAN)
    status = models.CharField(_("status"), max_length=16, choices=SessionStatus.choices, default=SessionStatus.PLANNED)
    trainer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    refill_due = models.BooleanField(default=False)
    cancelled_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-starts_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="session_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("begins_at")), name="session_times"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="session_has_seats"),
            models.CheckConstraint(condition=Q(min_people__lte=F("capacity")), name="session_minimum_fits"),
            models.CheckConstraint(condition=Q(price_fixed__gte=0, price_per_head__gte=0), name="session_prices"),
            models.CheckConstraint(condition=Q(late_cancellation_share__lte=100), name="session_cancellation"),
        ]
        indexes = [models.Index(fields=["starts_on"], name="session_by_day")]
