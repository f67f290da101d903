"""Interviews: planned, what was said, in passages, and what coders heard in them. No name is kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence, Framework
from kazipot.needs.choices import Consent, InterviewMode, PassageKind
from kazipot.needs.models.guides import ConsentText, InterviewGuide
from kazipot.organisation.models import Unit


class PlannedInterview(models.Model):
    """A talk that is planned: where, when and how. Of the people invited only the number is kept.

    It is held when an interview was recorded for it.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("place"), max_length=300)
    form = models.CharField(max_length=16, choices=InterviewMode.choices)
    people = models.PositiveSmallIntegerField(_("number of people"))
    language = models.CharField(max_length=2, choices=[("sl", "slovenščina"), ("en", "English")])
    contact = models.CharField(_("whom to ask"), max_length=200)
    guide = models.ForeignKey(InterviewGuide, on_delete=models.PROTECT, related_name="+")
    consent_text = models.ForeignKey(ConsentText, on_delete=models.PROTECT, related_name="+")
    invited = models.PositiveIntegerField(default=0)
    planned_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(people__gte=1), name="planned_interview_has_people"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, reason="") | (Q(cancelled_at__isnull=False) & ~Q(reason="")),
                name="planned_interview_cancelled_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(form=InterviewMode.INDIVIDUAL) | Q(people=1), name="planned_interview_individual_is_one"
            ),
        ]


class Interview(models.Model):
    """A talk with one or more people of a unit, noted with their consent."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    people = models.PositiveSmallIntegerField(_("number of people"))
    consent = models.CharField(_("consent"), max_length=16, choices=Consent.choices)
    text = models.TextField(_("notes or transcript"))
    recorded_at = models.DateTimeField()
    plan = models.OneToOneField(PlannedInterview, null=True, on_delete=models.PROTECT, related_name="interview")
    guide = models.ForeignKey(InterviewGuide, null=True, on_delete=models.PROTECT, related_name="+")
    consent_text = models.ForeignKey(ConsentText, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(people__gte=1), name="interview_has_people")]


class Passage(models.Model):
    """A sentence of an interview, or some joined: where it stands in the text (characters, half-open).

    `position` counts sentences; joined passages keep that of their first one.
    """

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


class Quote(models.Model):
    """What of a passage may go into the report: its meaning in other words, the original words, or both."""

    passage = models.OneToOneField(Passage, on_delete=models.CASCADE, related_name="quote")
    paraphrase = models.TextField(_("in other words"), blank=True)
    quotable = models.BooleanField(default=False)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["passage"]
        constraints = [
            models.CheckConstraint(condition=~Q(paraphrase="") | Q(quotable=True), name="quote_says_something")
        ]
