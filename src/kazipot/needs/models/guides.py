"""What is asked in interviews and what people agree to, in versions that never change once they are used."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class InterviewGuide(models.Model):
    """The guide of a year: `questions` is [{key, text: {sl, en}, prompt: {sl, en}}]; keys stay from year to year.

    A draft may be replaced; an approved version is never changed.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"))
    questions = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-year", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["year", "version"], name="interview_guide_once"),
            models.UniqueConstraint(
                fields=["year"], condition=Q(approved_at=None), name="interview_guide_one_draft_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.version}"


class ConsentText(models.Model):
    """What people agree to: `text` is {sl, en}, paragraphs with an empty line between them."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    text = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-version"]
