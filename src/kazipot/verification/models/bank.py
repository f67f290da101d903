"""The bank of test items. A version never changes once it has left the draft; the database itself sees to it (triggers
in the migration), as it does for parameters and events."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kazipot.verification.choices import BankScope, ItemKind, ItemModel, ItemState, ParameterOrigin

UNFINISHED = (ItemState.DRAFT, ItemState.IN_REVIEW, ItemState.REVIEWED, ItemState.PILOT, ItemState.CALIBRATED)
"""A version on its way to being live: an item has at most one of them."""


class ItemBank(models.Model):
    """Items that belong together: those that ship with the product, or a city's own."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    scope = models.CharField(_("scope"), max_length=16, choices=BankScope.choices)
    title_sl = models.CharField(_("title in Slovenian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200)

    class Meta:
        ordering = ["key"]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_sl


class Item(models.Model):
    """An item whatever its version. Its key stays the same for ever."""

    key = models.CharField(_("key"), max_length=64, unique=True)
    bank = models.ForeignKey(ItemBank, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]


class ItemVersion(models.Model):
    """What is asked (`core.items.reading.as_data`), where it is in its life, and who wrote it why.

    `area`, `kind`, `enemies`, `difficulty` and the completeness of languages are taken from the content, so that
    lists and pools are found without reading it. `digest`: SHA-256 over the content.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=16, choices=ItemState.choices, default=ItemState.DRAFT)
    area = models.CharField(_("area"), max_length=32)
    kind = models.CharField(_("kind"), max_length=16, choices=ItemKind.choices)
    difficulty = models.FloatField(_("difficulty by experts"), default=0.0)
    enemies = models.CharField(max_length=200, blank=True)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    complete_sl = models.BooleanField(_("complete in Slovenian"))
    complete_en = models.BooleanField(_("complete in English"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    """None: an author of the product."""
    reason = models.CharField(_("reason"), max_length=500)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["item", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_once"),
            models.UniqueConstraint(fields=["item"], condition=Q(state=ItemState.LIVE), name="item_live_once"),
            models.UniqueConstraint(
                fields=["item"], condition=Q(state__in=[str(each) for each in UNFINISHED]), name="item_unfinished_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[ItemState.DRAFT, ItemState.RETIRED]) | Q(complete_sl=True, complete_en=True),
                name="item_version_in_both_languages",
            ),
        ]
        indexes = [models.Index(fields=["state", "area"], name="item_version_by_state")]


class ItemParameters(models.Model):
    """How hard a version is and how well it tells people apart. Rows are added and never changed: the latest that is
    valid from a moment holds then.

    `b`: one difficulty, or one for each step. `errors`: standard errors of a, of each b and, of a 3PL, of c.
    """

    version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="+")
    model = models.CharField(_("model"), max_length=8, choices=ItemModel.choices)
    a = models.FloatField(_("discrimination"))
    b = models.JSONField(_("difficulty"))
    c = models.FloatField(_("guessing"), default=0.0)
    errors = models.JSONField(_("standard errors"), default=dict)
    origin = models.CharField(_("origin"), max_length=16, choices=ParameterOrigin.choices)
    calibrated_on = models.DateField(_("calibrated on"), null=True)
    sample_size = models.PositiveIntegerField(_("answers"), default=0)
    valid_from = models.DateTimeField(_("valid from"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        ordering = ["version", "-valid_from", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "valid_from"], name="item_parameters_once"),
            models.CheckConstraint(condition=Q(a__gt=0, c__gte=0, c__lt=1), name="item_parameters_in_range"),
            models.CheckConstraint(
                condition=Q(origin=ParameterOrigin.EXPERT, calibrated_on=None, sample_size=0)
                | Q(origin=ParameterOrigin.CALIBRATION, calibrated_on__isnull=False, sample_size__gt=0),
                name="item_parameters_origin",
            ),
        ]


class Blueprint(models.Model):
    """Which part of a test each area gets. A new version replaces the older ones and changes none."""

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        ordering = ["-number"]


class BlueprintArea(models.Model):
    """An area of a blueprint; the shares of a blueprint's areas add up to 100 per cent."""

    blueprint = models.ForeignKey(Blueprint, on_delete=models.CASCADE, related_name="areas")
    position = models.PositiveSmallIntegerField()
    key = models.CharField(_("key"), max_length=32)
    title_sl = models.CharField(_("title in Slovenian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120)
    percent = models.PositiveSmallIntegerField(_("share in per cent"))

    class Meta:
        ordering = ["blueprint", "position"]
        constraints = [
            models.UniqueConstraint(fields=["blueprint", "key"], name="blueprint_area_once"),
            models.CheckConstraint(condition=Q(percent__gte=1, percent__lte=100), name="blueprint_area_percent"),
        ]

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return self.title_en if get_language() == "en" else self.title_sl
