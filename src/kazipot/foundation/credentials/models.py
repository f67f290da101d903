"""Keys that sign, and credentials that were issued. Neither names nor codes can be read from the database alone."""

from django.db import models
from django.db.models import Q


class SigningKey(models.Model):
    """An Ed25519 key of this installation. A retired key signs no more, but still proves what it has signed."""

    public = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at", "-id"]


class Credential(models.Model):
    """One credential: the signed document, its place in the status list, and its code and holder's name, sealed.

    Without `valid_until` it never lapses: what happened has happened.
    """

    kind = models.CharField(max_length=64)
    code_digest = models.CharField(max_length=64, unique=True)
    sealed = models.TextField()
    document = models.JSONField()
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="+")
    status_list = models.PositiveIntegerField()
    status_index = models.PositiveIntegerField()
    issued_at = models.DateTimeField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-issued_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["status_list", "status_index"], name="credential_status_once"),
            models.CheckConstraint(condition=Q(valid_until__gt=models.F("valid_from")), name="credential_lasts"),
        ]
        indexes = [
            models.Index(fields=["status_list"], condition=Q(revoked_at__isnull=False), name="credential_revoked"),
        ]
