"""Anonymous answers: nothing in these rows leads to a person, and nothing in a person's rows leads here."""

import uuid

from django.db import models

from kazipot.needs.models.surveys import Campaign
from kazipot.organisation.models import Unit


class SealedAnswers(models.Model):
    """One person's answers while the campaign is open: unreadable without a key that the database doesn't hold alone.

    Of one length, under a random id, without a moment. When the campaign closes, all are opened at once, shuffled, put
    into groups of at least five, and these rows are gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    content = models.BinaryField()

    class Meta:
        ordering = ["id"]


class AnonymousAnswers(models.Model):
    """One person's answers after closing, known only to be of a group: a unit, a kind of unit, or the whole."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32, blank=True)
    answers = models.JSONField()

    class Meta:
        ordering = ["id"]
