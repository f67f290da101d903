"""A roster that someone uploaded and has not yet confirmed, kept so that preview and confirmation see one file."""

from django.conf import settings
from django.db import models


class RosterUpload(models.Model):
    """One uploaded file, what it would change, and whether it was imported. Its content goes once it is settled."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    as_of = models.DateField()
    filename = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    summary = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]
