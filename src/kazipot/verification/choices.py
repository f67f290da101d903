"""How competence in digital security was verified, and what else M5's records can say."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Method(TextChoices):
    """The way of a verification."""

    TEST = "test", _("test")
    PRACTICAL = "practical", _("practical exercise")
    INTERVIEW = "interview", _("interview")
    EARLIER = "earlier", _("proof from elsewhere")


class TrainingSource(TextChoices):
    """Where training outside the sessions of M3 was done."""

    LESSON = "lesson", _("short lesson")
    EARLIER = "earlier", _("earlier training")
    ELSEWHERE = "elsewhere", _("another learning platform")


class AppealOutcome(TextChoices):
    """How an appeal was decided."""

    STANDS = "stands", _("The result stands.")
    ANNULLED = "annulled", _("The result is annulled; the attempt does not count.")


class NoticeKind(TextChoices):
    """What a person is told once about a day."""

    LAPSES = "lapses", _("a proof lapses")
    LATE = "late", _("something is overdue")
    DONE = "done", _("nothing is left to do")


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


class Purpose(TextChoices):
    """What a sitting is for."""

    VERIFICATION = "verification", _("verification")
    PRACTICE = "practice", _("practice")
    CANDIDATE = "candidate", _("selection of a candidate")


class SittingState(TextChoices):
    """Where a sitting is. One that was not finished in time counts as nothing, and not as an attempt."""

    OPEN = "open", _("not finished yet")
    FINISHED = "finished", _("finished")
    BROKEN_OFF = "broken_off", _("not finished; does not count")


class TalkReason(TextChoices):
    """What was noticed about a sitting."""

    FAST = "fast", _("many answers faster than the question can be read")
    UNUSUAL = "unusual", _("easy questions wrong and hard ones right, more often than usual")


class TalkOutcome(TextChoices):
    """How a talk ended; a person decides, never the program."""

    NOTHING = "nothing", _("Everything is in order.")
    AGAIN = "again", _("We agreed that the person takes the test again.")
    UNDECIDED = "other", _("Something else, see the note.")


MORE_TIME = (100, 150, 200)
"""Per cent of the usual time that a person may choose, without saying why."""
