"""Interviews: what was said, in passages, and what coders heard in them. No name is kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence, Framework
from kazipot.needs.choices import Consent, PassageKind
from kazipot.organisation.models import Unit


class Interview(models.Model):
    """A talk with one or more people of a unit, noted with their consent."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    people = models.PositiveSmallIntegerField(_("number of people"))
    consent = models.CharField(_("consent"), max_length=16, choices=Consent.choices)
    text = models.TextField(_("notes or transcript"))
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="interview_has_people")]


class Passage(models.Model):
    """A sentence of an interview: where it stands in the text (characters, half-open)."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="passages")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering = ["interview", "position"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "position"], name="passage_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_has_text"),
        ]


class Coding(models.Model):
    """What one coder heard in a passage (perhaps nothing); without a coder, what was agreed in the end."""

    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=PassageKind.choices, blank=True)
    coded_at = models.DateTimeField()

    class Meta:
        ordering = ["passage", "id"]
        constraints = [
            models.UniqueConstraint(fields=["passage", "coder"], name="coding_once_by_coder"),
            models.UniqueConstraint(fields=["passage"], condition=Q(coder=None), name="coding_agreed_once"),
        ]


class CodingCompetence(models.Model):
    """A competence that a coder heard in a passage."""

    coding = models.ForeignKey(Coding, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["coding", "competence"]
        constraints = [models.UniqueConstraint(fields=["coding", "competence"], name="coding_competence_once")]
