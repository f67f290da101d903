"""The decision by which an advisor is appointed: a template that the city edits, and what was issued."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from kazipot.advisors.models.appointments import Appointment


class DecisionTemplate(models.Model):
    """A wording of the decision; the latest one is used. Decisions that were issued keep theirs."""

    heading = models.CharField(_("heading"), max_length=200)
    body = models.TextField(_("text"), max_length=10_000)
    signatory = models.CharField(_("who signs"), max_length=200)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class Decision(models.Model):
    """A decision as issued: its text is fixed, and its digest (SHA-256 of the content) shows that it stayed so."""

    appointment = models.OneToOneField(Appointment, on_delete=models.PROTECT, related_name="+")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ["-issued_at", "-id"]
