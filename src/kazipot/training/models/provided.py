"""What providers send through their own page: timetables, materials and invoice references."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kazipot.training.choices import Language, ProposalState, Shift
from kazipot.training.models.catalogue import Course, Provider
from kazipot.training.models.inquiries import Inquiry
from kazipot.training.models.sessions import Session


class Timetable(models.Model):
    """Sessions that a provider proposes: of its courses, or of the course that it offers in answer to an inquiry."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    inquiry = models.ForeignKey(Inquiry, null=True, on_delete=models.CASCADE, related_name="+")
    filename = models.CharField(max_length=200)
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    refused_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["provider", "state"], name="timetable_by_provider")]


class ProposedSession(models.Model):
    """A row of a timetable; the course is empty when it is still to come into the catalogue."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="rows")
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    begins_at = models.TimeField(default=time(9))
    closes_at = models.TimeField(default=time(14))
    place = models.CharField(max_length=200)
    room = models.CharField(max_length=100, blank=True)
    shift = models.CharField(max_length=16, choices=Shift.choices, default=Shift.ANY)
    capacity = models.PositiveIntegerField()
    min_people = models.PositiveIntegerField(default=1)
    price_fixed = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    price_per_head = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.SLOVENIAN)
    in_working_time = models.BooleanField(default=True)
    is_accessible = models.BooleanField(default=True)
    free_cancellation_days = models.PositiveSmallIntegerField(default=0)
    late_cancellation_share = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["timetable", "starts_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="proposed_days")]


class Material(models.Model):
    """Something for those who take part in a session: a file, or a link to one."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=200)
    link = models.URLField(max_length=500, blank=True)
    filename = models.CharField(max_length=200, blank=True)
    content = models.BinaryField(null=True)
    size = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["session", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(link="", content__isnull=False) | (~Q(link="") & Q(content__isnull=True)),
                name="material_file_or_link",
            )
        ]
        indexes = [models.Index(fields=["session"], name="material_by_session")]


class Invoice(models.Model):
    """The provider's invoice for a session, as a reference; the invoice itself goes its own way."""

    session = models.OneToOneField(Session, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=60)
    issued_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="invoice_amount")]


class CatalogueUpload(models.Model):
    """A file with an external catalogue that somebody uploaded and has not yet confirmed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    applied_at = models.DateTimeField(null=True)
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ["-uploaded_at"]
