"""Questionnaires: their versions never change once approved, and item keys stay the same from year to year."""

from django.conf import settings
from django.db import models


class Questionnaire(models.Model):
    """A questionnaire whatever its version; its key is the XLSForm's form_id."""

    key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["key"]


class QuestionnaireVersion(models.Model):
    """What is asked (`core.survey.questionnaire.to_data`), with what the author changed and why.

    A draft may be replaced; an approved version is never changed.
    """

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    reworded = models.JSONField(default=list)
    """Keys of items that are worded otherwise than before: their trends are broken."""
    note = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["questionnaire", "-number"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "number"], name="questionnaire_version_once")]
