"""Incoming mail that was dealt with: that it was, and how; nothing of what it said."""

from django.db import models


class IncomingMessage(models.Model):
    """One message, known again by the digest of its Message-ID, so that the same one twice does its work once."""

    id_digest = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        ordering = ["-received_at", "-id"]
        indexes = [models.Index(fields=["received_at"], name="inbox_by_time")]
