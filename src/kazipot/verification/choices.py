"""How competence in digital security was verified, and what else M5's records can say."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
