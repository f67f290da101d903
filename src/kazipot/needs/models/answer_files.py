"""Answers collected elsewhere: the mapping of a tool's columns, which is kept, and the file, which is not."""

from django.conf import settings
from django.db import models

from kazipot.needs.choices import SourceKind
from kazipot.needs.models.questionnaires import Questionnaire
from kazipot.needs.models.surveys import Campaign


class AnswerMapping(models.Model):
    """What the columns of a tool's files mean, in the words of `needs.queries.Mapping`.

    It belongs to a questionnaire, whatever its version, as item keys stay the same. It holds no answers.
    """

    name = models.CharField(max_length=100, unique=True)
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=SourceKind.choices)
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["name"]


class AnswerUpload(models.Model):
    """A file of answers that somebody uploaded and has not confirmed yet. Its content goes once it is settled."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    mapping = models.JSONField(default=dict)
    taken_at = models.DateTimeField(null=True)
    taken = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-uploaded_at", "-id"]
