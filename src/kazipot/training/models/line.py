"""The line for seats: who waits, what a head objected to, who changes places with whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Person
from kazipot.training.choices import SwapState
from kazipot.training.models.catalogue import Course
from kazipot.training.models.seats import SeatOffer
from kazipot.training.models.sessions import Session


class WaitingEntry(models.Model):
    """A person waits for a seat in a course: in any of its sessions (also one without a date yet), or in one.

    `group` ties those together whom a head put on the list at once; each still gets a seat of their own.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    session = models.ForeignKey(Session, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    put_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    group = models.CharField(max_length=16, blank=True)
    left_at = models.DateTimeField(null=True)
    offer = models.OneToOneField(SeatOffer, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["joined_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "person"], condition=Q(left_at=None, offer=None), name="waiting_entry_one_open"
            ),
        ]
        indexes = [models.Index(fields=["course", "joined_at"], name="waiting_entry_by_course")]


class Objection(models.Model):
    """A head can't spare somebody on the day, for a reason; the person keeps their place for another day."""

    offer = models.OneToOneField(SeatOffer, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    objected_at = models.DateTimeField()

    class Meta:
        ordering = ["-objected_at", "-id"]


class Swap(models.Model):
    """Two people who hold seats in sessions of one course change places, if the other agrees."""

    asked_by = models.ForeignKey(SeatOffer, on_delete=models.PROTECT, related_name="+")
    asked = models.ForeignKey(SeatOffer, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, choices=SwapState.choices, default=SwapState.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(asked_by=F("asked")), name="swap_between_two"),
            models.UniqueConstraint(
                fields=["asked_by", "asked"], condition=Q(state=SwapState.ASKED), name="swap_asked_once"
            ),
        ]
