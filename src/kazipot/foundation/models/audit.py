"""The audit trail: who did what to what, when. Rows are added and never changed."""

from django.conf import settings
from django.db import models


class AuditEvent(models.Model):
    """One act. `detail` holds facts about the act and never a person's answers or scores."""

    at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=64)
    target_type = models.CharField(max_length=64)
    target_id = models.CharField(max_length=64)
    employer_code = models.CharField(max_length=32, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
            models.Index(fields=["target_type", "target_id"], name="audit_by_target"),
        ]
