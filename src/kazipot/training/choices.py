"""Kinds of providers, the life of a session and of an offer of a seat."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ProviderKind(TextChoices):
    """Who gives the training."""

    COMPANY = "company", _("Company")
    UNIVERSITY = "university", _("University or faculty")
    RESEARCH = "research", _("Research institution")
    INTERNAL = "internal", _("Internal")


class CourseMode(TextChoices):
    """How a course is held."""

    ROOM = "room", _("in a room")
    ONLINE = "online", _("online")
    BLENDED = "blended", _("partly online")
    SELF_PACED = "self_paced", _("at one's own pace")


class Shift(TextChoices):
    """For which shift a session is meant."""

    ANY = "any", _("any shift")
    MORNING = "morning", _("morning shift")
    AFTERNOON = "afternoon", _("afternoon shift")
    NIGHT = "night", _("night shift")


class ContractKind(TextChoices):
    """What was agreed with a provider."""

    CONTRACT = "contract", _("Contract")
    FRAMEWORK = "framework", _("Framework agreement")


class PriceUnit(TextChoices):
    """What a price is for."""

    SESSION = "session", _("a session")
    HEAD = "head", _("a person")
    HOUR = "hour", _("an hour")


class InquiryStatus(TextChoices):
    """Offers are sought until somebody decides or calls it off."""

    OPEN = "open", _("offers sought")
    DECIDED = "decided", _("decided")
    CANCELLED = "cancelled", _("called off")


class ProposalState(TextChoices):
    """What became of a provider's timetable."""

    PROPOSED = "proposed", _("waits for the Digitalisation Service")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


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
