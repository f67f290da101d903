"""Offers sought for a needed course: who was asked, who offered what, and what was decided for which reasons."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from kazipot.framework.models import Competence, Framework
from kazipot.training.choices import CourseMode, InquiryStatus, Language
from kazipot.training.models.catalogue import Course, Provider
from kazipot.training.models.contracts import ProviderContact


class Inquiry(models.Model):
    """A course that is needed: for how many people, how, and until when offers may come.

    `estimated_value` is without VAT; `fewer_because` says why fewer offers than the city's rule asks for are enough.
    """

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    mode = models.CharField(max_length=16, choices=CourseMode.choices)
    language = models.CharField(max_length=2, choices=Language.choices)
    seats = models.PositiveIntegerField()
    deadline = models.DateField()
    estimated_value = models.DecimalField(max_digits=12, decimal_places=2)
    is_special_service = models.BooleanField(default=False)
    status = models.CharField(max_length=16, choices=InquiryStatus.choices, default=InquiryStatus.OPEN)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    chosen = models.ForeignKey("Bid", null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.TextField(blank=True)
    fewer_because = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    course = models.ForeignKey(Course, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="inquiry_seats"),
            models.CheckConstraint(condition=Q(estimated_value__gt=0), name="inquiry_value"),
            models.CheckConstraint(
                condition=~Q(status=InquiryStatus.DECIDED) | (Q(chosen__isnull=False) & ~Q(reasons="")),
                name="inquiry_decided_with_reasons",
            ),
        ]


class InquirySpan(models.Model):
    """The course is to lead in a competence from a level to a higher one."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="spans")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["inquiry", "competence__position"]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "competence"], name="inquiry_competence_once"),
            models.CheckConstraint(condition=Q(from_level__lt=F("to_level"), to_level__lte=4), name="inquiry_levels"),
        ]


class AskedProvider(models.Model):
    """A provider that was asked for an offer; `declined_at`: it makes none."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="asked")
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(ProviderContact, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    declined_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["inquiry", "provider__name", "id"]
        constraints = [models.UniqueConstraint(fields=["inquiry", "provider"], name="inquiry_asks_once")]


class Bid(models.Model):
    """A provider's offer; it may be replaced until the deadline. Prices are in euros without VAT.

    `seats` is how many people a session takes, so that offers of other sizes can be compared.
    """

    asked = models.OneToOneField(AskedProvider, on_delete=models.CASCADE, related_name="bid")
    price_fixed = models.DecimalField(max_digits=12, decimal_places=2)
    price_per_head = models.DecimalField(max_digits=12, decimal_places=2)
    seats = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    mode = models.CharField(max_length=16, choices=CourseMode.choices)
    language = models.CharField(max_length=2, choices=Language.choices)
    accessibility = models.CharField(max_length=300, blank=True)
    valid_until = models.DateField()
    note = models.TextField(blank=True)
    filename = models.CharField(max_length=200, blank=True)
    content = models.BinaryField(null=True)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["asked"]
        constraints = [
            models.CheckConstraint(condition=Q(price_fixed__gte=0, price_per_head__gte=0), name="bid_prices"),
            models.CheckConstraint(condition=Q(seats__gte=1, hours__gt=0), name="bid_sizes"),
        ]
