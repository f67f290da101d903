"""Records of M5's verification; the training itself is recorded in the training room."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Employer, Person
from kazipot.verification.choices import Method


class Verification(models.Model):
    """A person's competence in digital security was verified on a day. A mistaken row is annulled, not deleted."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField(_("taken on"))
    passed = models.BooleanField(_("passed"))
    method = models.CharField(_("method"), max_length=16, choices=Method.choices)
    reference = models.CharField(_("reference"), max_length=64)
    recorded_at = models.DateTimeField()
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
