"""Campaigns, invitations, answers and the year's analysis."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence, Framework
from kazipot.needs.choices import CampaignStatus, Privacy, Stratum
from kazipot.needs.models.questionnaires import QuestionnaireVersion
from kazipot.organisation.models import Employer, JobProfile, Person, Unit


def usual_reminders() -> list[int]:
    """So many days before the last one, workers remind by themselves."""
    return [7, 2]


class Campaign(models.Model):
    """One asking of a population in a year. No employers, kinds, profiles or units chosen means all of them.

    What is settled when it opens and never changed: `asked` (which competences people of each job profile are asked
    about: {profile id or "": [competence ids]}) and `design` (how the sample was drawn, if one was).
    """

    year = models.PositiveSmallIntegerField(_("year"))
    title_sl = models.CharField(_("title in Slovenian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    opens_on = models.DateField(_("opens on"))
    closes_on = models.DateField(_("last day for answers"))
    status = models.CharField(_("status"), max_length=16, choices=CampaignStatus.choices, default=CampaignStatus.DRAFT)
    questionnaire = models.ForeignKey(QuestionnaireVersion, on_delete=models.PROTECT, related_name="+")
    privacy = models.CharField(_("privacy"), max_length=16, choices=Privacy.choices, default=Privacy.CONFIDENTIAL)
    employers = models.ManyToManyField(Employer, related_name="+", blank=True)
    units = models.ManyToManyField(Unit, related_name="+", blank=True)
    profiles = models.ManyToManyField(JobProfile, related_name="+", blank=True)
    kinds = models.JSONField(default=list)
    population_on = models.DateField(_("people employed on"), null=True, blank=True)
    sample_size = models.PositiveIntegerField(_("size of the sample"), null=True, blank=True)
    sample_by = models.CharField(_("drawn by"), max_length=16, choices=Stratum.choices, blank=True)
    sample_seed = models.BigIntegerField(null=True, blank=True)
    design = models.JSONField(default=list)
    asked = models.JSONField(default=dict)
    reminder_days = models.JSONField(default=usual_reminders)
    sealing_key = models.TextField(blank=True)
    """Of an anonymous campaign while it is open, itself sealed by the installation's secret."""

    class Meta:
        ordering = ["-year", "-opens_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="campaign_closes_after_it_opens"),
        ]

    @property
    def is_anonymous(self) -> bool:
        """Whether nobody may find out whose the answers are."""
        return self.privacy == Privacy.ANONYMOUS

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_sl


class Invitation(models.Model):
    """A person asked in a campaign, counted under the unit of their main employment when it opened."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    draft = models.JSONField(default=dict)
    reminded_at = models.DateTimeField(null=True)
    answering_again = models.BooleanField(default=False)
    profile = models.ForeignKey(JobProfile, null=True, on_delete=models.PROTECT, related_name="+")
    stratum = models.CharField(max_length=100, blank=True)
    took_part = models.BooleanField(default=False)
    """In an anonymous campaign: that the person answered, but neither when nor what."""

    class Meta:
        ordering = ["campaign", "id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "person"], name="invitation_once")]
        indexes = [models.Index(fields=["campaign", "unit"], name="invitation_by_unit")]


class ReminderLink(models.Model):
    """A further link to an invitation, sent with a reminder; the first one stays valid, as somebody may be using it."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["invitation", "id"]


class Response(models.Model):
    """A finished answer to an invitation; there is one, and the person may change it until the campaign closes."""

    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, related_name="response")
    submitted_at = models.DateTimeField()
    submitted_on = models.DateField()
    rule_version = models.PositiveSmallIntegerField()
    changed_at = models.DateTimeField(null=True)


class Answer(models.Model):
    """What a person said of one competence. Levels are 0 (nothing yet) to 4."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    own_level = models.PositiveSmallIntegerField()
    needed_level = models.PositiveSmallIntegerField()
    wants_training = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "competence"], name="answer_once"),
            models.CheckConstraint(condition=Q(own_level__lte=4, needed_level__lte=4), name="answer_levels"),
        ]


class ItemAnswer(models.Model):
    """What a person answered to an item other than the levels and the wish, in the item's version."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    item_version = models.PositiveSmallIntegerField()
    competence = models.ForeignKey(Competence, null=True, on_delete=models.PROTECT, related_name="+")
    value = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "key", "competence"], name="item_answer_once_by_competence"),
            models.UniqueConstraint(fields=["response", "key"], condition=Q(competence=None), name="item_answer_once"),
        ]


class DeletedAnswers(models.Model):
    """A person had their answers deleted. What they were is gone; when they came and went is kept for the figures."""

    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField()
    deleted_at = models.DateTimeField()

    class Meta:
        ordering = ["deleted_at", "id"]


class StatedNeed(models.Model):
    """A training need that follows from an answer by a versioned rule: from the own level to the level needed."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()
    rule_version = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "competence"], name="stated_need_once"),
            models.CheckConstraint(
                condition=Q(from_level__lte=F("to_level"), to_level__lte=4), name="stated_need_levels"
            ),
        ]
        indexes = [models.Index(fields=["competence"], name="stated_need_by_competence")]


class Analysis(models.Model):
    """A published version of a year's analysis. `content` is the protected tables, frozen as published."""

    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    published_on = models.DateField()
    content = models.JSONField()

    class Meta:
        ordering = ["-year", "-version"]
        constraints = [models.UniqueConstraint(fields=["year", "version"], name="analysis_version_once")]
