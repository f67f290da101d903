"""Words of M5 that records keep: how competence was verified, and kinds, states and origins of test items."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Method(TextChoices):
    """The way of a verification."""

    TEST = "test", _("test")
    PRACTICAL = "practical", _("practical exercise")
    INTERVIEW = "interview", _("interview")


class BankScope(TextChoices):
    """Whose items a bank holds."""

    BUILT_IN = "built_in", _("ships with Kažipot")
    CITY = "city", _("the city's own")


class ItemKind(TextChoices):
    """How an item is answered (`core.items.definition.Kind`)."""

    SINGLE = "single", _("one answer")
    MULTIPLE = "multiple", _("several answers")
    ORDER = "order", _("ordering")
    MATCH = "match", _("matching")
    HOTSPOT = "hotspot", _("places to find")
    SCENARIO = "scenario", _("story with several parts")


class ItemState(TextChoices):
    """Where a version of an item is in its life."""

    DRAFT = "draft", pgettext_lazy("item", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("item", "in review")
    REVIEWED = "reviewed", pgettext_lazy("item", "reviewed")
    PILOT = "pilot", pgettext_lazy("item", "on trial, not scored")
    CALIBRATED = "calibrated", pgettext_lazy("item", "calibrated")
    LIVE = "live", pgettext_lazy("item", "in use")
    SUSPENDED = "suspended", pgettext_lazy("item", "suspended")
    RETIRED = "retired", pgettext_lazy("item", "retired")


class Verdict(TextChoices):
    """What a reviewer says of an item."""

    FIT = "fit", _("fit for use")
    CHANGE = "change", _("must be changed")


class ItemModel(TextChoices):
    """The model of an item's parameters (`core.psychometrics.irt`)."""

    RASCH = "rasch", "Rasch"
    TWO = "2pl", "2PL"
    THREE = "3pl", "3PL"
    PARTIAL = "gpcm", "GPCM"


class ParameterOrigin(TextChoices):
    """What an item's parameters rest on."""

    EXPERT = "expert", _("experts' judgement")
    CALIBRATION = "calibration", _("calibration from answers")
