"""Posts, their job profiles, and who holds them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.periods import Period, ends_after_it_starts
from kazipot.organisation.models.person import Person
from kazipot.organisation.models.units import Employer, Unit


class JobProfile(models.Model):
    """What kind of work a post is, across employers ("bus driver", "nursery teacher")."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name_sl = models.CharField(_("name in Slovenian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    family = models.CharField(_("job family"), max_length=64, blank=True)

    class Meta:
        ordering = ["code"]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_sl


class Post(models.Model):
    """A post in an employer's job classification."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=32)
    title = models.CharField(_("title"), max_length=200)
    profile = models.ForeignKey(JobProfile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["employer", "code"]
        constraints = [models.UniqueConstraint(fields=["employer", "code"], name="post_code_once_per_employer")]


class Employment(Period):
    """A person holds a post in a unit, in a period. Moving to another unit or post ends one row, begins another.

    `hired_on` is the day on which this employer took the person on; it lasts through moves.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    personnel_number = models.CharField(_("personnel number"), max_length=32)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    hired_on = models.DateField(_("hired on"))

    class Meta:
        ordering = ["employer", "personnel_number", "post", "valid_from"]
        constraints = [
            ends_after_it_starts("employment_period"),
            models.CheckConstraint(condition=Q(hired_on__lte=models.F("valid_from")), name="employment_after_hiring"),
            models.UniqueConstraint(
                fields=["employer", "personnel_number", "post", "valid_from"], name="employment_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["employer", "personnel_number", "post"],
                condition=Q(valid_to=None),
                name="employment_one_open_per_post",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "valid_from"], name="employment_by_unit"),
            models.Index(fields=["valid_from", "valid_to"], name="employment_period_ix"),
        ]
