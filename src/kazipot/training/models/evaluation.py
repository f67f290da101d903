"""What people say of training: who was asked is known, who said what is not.

A reply leads to a session and to nobody: it has no person, no time and a random key, and the question that it answers
knows only that it was answered.
"""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.organisation.models import Person, Unit
from kazipot.training.choices import EvaluationKind, KnowledgeMoment, UseInUnit
from kazipot.training.models.sessions import Session


class EvaluationAsk(models.Model):
    """A person is asked about a session, right after it or months later."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=EvaluationKind.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    asked_on = models.DateField()
    closes_on = models.DateField()
    is_answered = models.BooleanField(default=False)

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "kind"], name="evaluation_ask_once"),
            models.CheckConstraint(condition=Q(closes_on__gte=F("asked_on")), name="evaluation_ask_open"),
        ]
        indexes = [models.Index(fields=["person", "is_answered"], name="evaluation_ask_by_person")]


class EvaluationReply(models.Model):
    """What somebody said: a number from 1 to 5 for each statement, and words if they liked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=EvaluationKind.choices)
    answers = models.JSONField()
    comment = models.CharField(_("comment"), max_length=1000, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["session", "kind"], name="evaluation_reply_by_session")]


class UnitAsk(models.Model):
    """A head is asked how many of the unit's people use what they learnt; about all together, never about one."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    people = models.PositiveIntegerField()
    asked_on = models.DateField()
    closes_on = models.DateField()
    answer = models.PositiveSmallIntegerField(_("answer"), null=True, choices=UseInUnit.choices)

    class Meta:
        ordering = ["-asked_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["session", "unit"], name="unit_ask_once")]


class KnowledgeScore(models.Model):
    """How many questions a person knew before or after a session; seen by that person, and by others only in means."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    moment = models.CharField(max_length=8, choices=KnowledgeMoment.choices)
    right = models.PositiveSmallIntegerField()
    asked = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["session", "id"]
        constraints = [
            models.UniqueConstraint(fields=["session", "person", "moment"], name="knowledge_score_once"),
            models.CheckConstraint(condition=Q(right__lte=F("asked"), asked__gte=1), name="knowledge_score_possible"),
        ]
