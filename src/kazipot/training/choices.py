"""Kinds of providers, the life of a session and of an offer of a seat."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProviderKind(TextChoices):
    """Who gives the training."""

    COMPANY = "company", _("Company")
    UNIVERSITY = "university", _("University")
    RESEARCH = "research", _("Research institution")
    INTERNAL = "internal", _("Internal")


class SessionStatus(TextChoices):
    """A session is planned, then held or cancelled."""

    PLANNED = "planned", _("planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", _("cancelled")


class OfferState(TextChoices):
    """What became of an offer of a seat."""

    OFFERED = "offered", _("waiting for an answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    EXPIRED = "expired", _("no answer")
    WITHDRAWN = "withdrawn", _("withdrawn")
    GIVEN_UP = "given_up", _("given up after it was accepted")


class DeclineReason(TextChoices):
    """Why somebody doesn't take a seat."""

    DAY = "day", _("the day does not suit me")
    PLACE = "place", _("the place does not suit me")
    CONTENT = "content", _("I do not need this training any more")
    WORK = "work", _("too much work")
    OTHER = "other", _("another reason")


class SwapState(TextChoices):
    """What became of a wish to change places."""

    ASKED = "asked", _("waiting for an answer")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    CLOSED = "closed", _("no longer needed")


class OfferReason(TextChoices):
    """Why a person was offered the seat."""

    NEED = "need", _("stated need")
    LIST = "list", _("waiting list")
    DUTY = "duty", _("duty of digital security")


class Language(TextChoices):
    """The language in which a session is held."""

    SLOVENIAN = "sl", _("Slovenian")
    ENGLISH = "en", _("English")


class PlanStatus(TextChoices):
    """A plan waits for a worker, is worked out, and then there is a plan or a reason why there is none."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("being worked out")
    DONE = "done", _("worked out")
    FAILED = "failed", _("failed")


class PlanStage(TextChoices):
    """How far the work on a plan has come."""

    NONE = "", _("not begun")
    SOLVING = "solving", _("choosing sessions and seats")
    CHECKING = "checking", _("checking every rule anew")
    COMPARING = "comparing", _("comparing with other ways and other budgets")
    STORING = "storing", _("keeping the result")


class PlanFailure(TextChoices):
    """Why there is no plan."""

    NONE = "", _("none")
    BROKEN = "broken", _("The plan broke a rule in the independent check and was thrown away. Tell the maintainers.")
    GIVEN_UP = "given_up", _("The work was broken off three times. Plan again, with fewer sessions or more memory.")
    ERROR = "error", _("The work ended with an error, which the worker's log names. Tell the maintainers.")


class AttendanceSource(TextChoices):
    """How it became known who was there."""

    PAGE = "page", _("ticked on the page")
    TICKET = "ticket", _("signed in with the code")
    FILE = "file", _("from an uploaded table")
