"""Records of competence frameworks. Only a draft changes; ids last for ever."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.periods import Period, ends_after_it_starts
from kazipot.framework.choices import Relation, Status
from kazipot.organisation.models import JobProfile


class Named(models.Model):
    """Something with a name in both languages."""

    name_sl = models.CharField(_("name in Slovenian"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_sl


class Framework(Named):
    """One version of a competence framework, such as DigComp 3.0."""

    code = models.CharField(_("code"), max_length=32)
    version = models.CharField(_("version"), max_length=16)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.DRAFT)
    active_from = models.DateField(_("active from"), null=True, blank=True)
    archived_on = models.DateField(_("archived on"), null=True, blank=True)
    attribution = models.TextField(_("attribution"), blank=True)
    licence = models.CharField(_("licence"), max_length=64, blank=True)

    class Meta:
        ordering = ["code", "version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="framework_version_once"),
            models.UniqueConstraint(fields=["code"], condition=Q(status="active"), name="framework_one_active"),
        ]


class Area(Named):
    """A group of competences."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=16)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["framework", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="area_code_once")]


class Competence(Named):
    """Something a person can be able to do, such as 1.1 (browsing, searching and filtering)."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=16)
    position = models.PositiveSmallIntegerField()
    descriptor_sl = models.TextField(blank=True)
    descriptor_en = models.TextField(blank=True)

    class Meta:
        ordering = ["framework", "position"]
        constraints = [models.UniqueConstraint(fields=["framework", "code"], name="competence_code_once")]


class Level(Named):
    """A step of a scale with 4, 6 or 8 steps; `base_level` (1 to 4) is where it stands on the scale of 4."""

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    scale = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    base_level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["framework", "scale", "number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "scale", "number"], name="level_once"),
            models.CheckConstraint(condition=Q(scale__in=[4, 6, 8]), name="level_scale"),
            models.CheckConstraint(condition=Q(base_level__gte=1, base_level__lte=4), name="level_base"),
        ]


class Statement(models.Model):
    """What a person knows, can do or is disposed to within a competence (a "competence statement")."""

    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)
    text_sl = models.TextField(blank=True)
    text_en = models.TextField(blank=True)

    class Meta:
        ordering = ["competence", "id"]
        constraints = [models.UniqueConstraint(fields=["competence", "code"], name="statement_code_once")]


class Outcome(models.Model):
    """What a person can do at a level (a "learning outcome"); `base_level` is 1 to 4."""

    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    base_level = models.PositiveSmallIntegerField()
    text_sl = models.TextField(blank=True)
    text_en = models.TextField(blank=True)

    class Meta:
        ordering = ["competence", "id"]
        constraints = [models.UniqueConstraint(fields=["competence", "code"], name="outcome_code_once")]


class Crosswalk(models.Model):
    """How a competence of one framework stands to one of another; `target` is None only for "none"."""

    source = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    target_framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Competence, null=True, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=16, choices=Relation.choices)

    class Meta:
        ordering = ["source", "target"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="crosswalk_once"),
            models.UniqueConstraint(
                fields=["source", "target_framework"], condition=Q(target=None), name="crosswalk_none_once"
            ),
            models.CheckConstraint(
                condition=Q(relation="none", target=None) | (~Q(relation="none") & Q(target__isnull=False)),
                name="crosswalk_target",
            ),
            models.CheckConstraint(condition=Q(target=None) | ~Q(target=F("source")), name="crosswalk_elsewhere"),
        ]


class ProfileTarget(Period):
    """A competence that a kind of work needs, and the range of levels (0 to 4); without a profile, everybody's work."""

    profile = models.ForeignKey(JobProfile, null=True, on_delete=models.PROTECT, related_name="+")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["profile", "competence", "valid_from"]
        constraints = [
            ends_after_it_starts("profile_target_period"),
            models.UniqueConstraint(fields=["profile", "competence", "valid_from"], name="profile_target_once_a_day"),
            models.UniqueConstraint(
                fields=["competence", "valid_from"], condition=Q(profile=None), name="profile_target_of_all_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(from_level__lte=F("to_level"), to_level__lte=4), name="profile_target_levels"
            ),
        ]
        indexes = [models.Index(fields=["valid_from", "valid_to"], name="profile_target_period_ix")]
