"""Employers and their units. A unit's identity lasts; its name, kind and parent have periods."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.foundation.periods import Period, ends_after_it_starts
from kazipot.organisation.choices import Succession, UnitKind


class Employer(models.Model):
    """An employer in the programme: a data controller of its own."""

    code = models.CharField(_("code"), max_length=32, unique=True)
    name_sl = models.CharField(_("name in Slovenian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    kind = models.CharField(_("kind"), max_length=32, choices=UnitKind.choices)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_sl


class Unit(models.Model):
    """A unit of an employer, whatever it is called and wherever it hangs at the time."""

    employer = models.ForeignKey(Employer, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(_("code"), max_length=32)

    class Meta:
        ordering = ["employer__code", "code"]
        constraints = [models.UniqueConstraint(fields=["employer", "code"], name="unit_code_once_per_employer")]

    def __str__(self) -> str:
        return self.code


class UnitVersion(Period):
    """What a unit was called, what kind it was, where it hung and whether it needs an advisor, in a period."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name_sl = models.CharField(_("name in Slovenian"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200)
    kind = models.CharField(_("kind"), max_length=32, choices=UnitKind.choices)
    must_have_advisor = models.BooleanField(_("must have a digital advisor"), default=False)

    class Meta:
        ordering = ["unit", "valid_from"]
        constraints = [
            ends_after_it_starts("unit_version_period"),
            models.UniqueConstraint(fields=["unit", "valid_from"], name="unit_version_once_a_day"),
            models.UniqueConstraint(fields=["unit"], condition=Q(valid_to=None), name="unit_version_one_open"),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("unit")), name="unit_not_its_own_parent"),
        ]
        indexes = [models.Index(fields=["valid_from", "valid_to"], name="unit_version_period_ix")]

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_en if get_language() == "en" else self.name_sl


class UnitSuccession(models.Model):
    """On a day, one unit's work went over to another (a merge or a split)."""

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=Succession.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "on"], name="unit_succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="unit_succession_of_another"),
        ]
