"""Records of M5's verification; the training itself is recorded in the training room."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Employer, Person
from kazipot.verification.choices import AppealOutcome, Method


class Verification(models.Model):
    """A person's competence in digital security was verified on a day. A mistaken row is annulled, not deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField(_("taken on"))
    passed = models.BooleanField(_("passed"))
    method = models.CharField(_("method"), max_length=16, choices=Method.choices)
    reference = models.CharField(_("reference"), max_length=64)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    annulled_at = models.DateTimeField(null=True)
    annulled_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-taken_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "taken_on", "reference"],
                condition=Q(annulled_at=None),
                name="verification_once",
            ),
        ]
        indexes = [models.Index(fields=["person", "taken_on"], name="verification_by_person")]


class Appeal(models.Model):
    """A person objects to a result; somebody else than who recorded it decides, with a reason."""

    verification = models.OneToOneField(Verification, on_delete=models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    text = models.TextField(_("what you object to"), max_length=2_000)
    outcome = models.CharField(_("decision"), max_length=16, choices=AppealOutcome.choices, blank=True)
    reason = models.TextField(_("reason"), max_length=2_000, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["outcome", "lodged_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_at=None, outcome="", decided_by=None)
                | (Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(outcome="") & ~Q(reason="")),
                name="appeal_decided_with_a_reason",
            )
        ]
