"""Providers and what can be learnt from them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.framework.models import Competence, Framework
from kazipot.training.choices import CourseMode, Language, ProviderKind


class Provider(models.Model):
    """Who gives training: a company, the university, a research institution, or the city itself."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=16, choices=ProviderKind.choices)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Course(models.Model):
    """What can be learnt: competences, each from one level to another (0 to 4), and how.

    `prerequisites` and `accessibility` are told in words: what one has to know before, and who can take part.
    """

    code = models.CharField(_("code"), max_length=32, unique=True)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="+")
    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="+")
    title_sl = models.CharField(_("title in Slovenian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)
    is_digital_security = models.BooleanField(_("counts as digital-security training"), default=False)
    mode = models.CharField(max_length=16, choices=CourseMode.choices, default=CourseMode.ROOM)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.SLOVENIAN)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    prerequisites = models.CharField(max_length=300, blank=True)
    accessibility = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=Q(hours=None) | Q(hours__gt=0), name="course_hours")]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_sl


class CourseCompetence(models.Model):
    """A course leads in one competence from a level to a higher one."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="competences")
    competence = models.ForeignKey(Competence, on_delete=models.PROTECT, related_name="+")
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["course", "competence"]
        constraints = [
            models.UniqueConstraint(fields=["course", "competence"], name="course_competence_once"),
            models.CheckConstraint(condition=Q(from_level__lt=F("to_level"), to_level__lte=4), name="course_levels"),
        ]
