"""A roster that someone uploaded and has not yet confirmed, kept so that preview and confirmation see one file."""

from django.conf import settings
from django.db import models

from kazipot.organisation.models.units import Employer


class RosterUpload(models.Model):
    """One uploaded file, its preview, and whether it was applied. The content is deleted once it is settled."""

    employer = models.ForeignKey(Employer, null=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    digest = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]
