"""Kinds of providers, the life of a session and of an offer of a seat."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
    CLOSED = "closed", _("no longer needed")


class OfferReason(TextChoices):
    """Why a person was offered the seat."""

    NEED = "need", _("stated need")
    LIST = "list", _("waiting list")
    DUTY = "duty", _("duty of digital security")


class EvaluationKind(TextChoices):
    """When somebody is asked about a training."""

    REACTION = "reaction", _("right after the training")
    BEHAVIOUR = "behaviour", _("months after the training")


class Statement(TextChoices):
    """What people agree with, from 1 to 5: first right after a training, then months later."""

    USEFUL = "useful", _("I can use at work what I learnt.")
    CLEAR = "clear", _("The trainer explained clearly.")
    LEVEL = "level", _("The level was right for me.")
    PLACE = "place", _("Room, time and organisation were in order.")
    AGAIN = "again", _("I would recommend this training to a colleague.")
    USED = "used", _("I use at work what I learnt.")
    EASIER = "easier", _("My work has become easier or quicker because of it.")
    ABLE = "able", _("At my workplace I have what I need to use it.")


STATEMENTS = {
    EvaluationKind.REACTION: (
        Statement.USEFUL, Statement.CLEAR, Statement.LEVEL, Statement.PLACE, Statement.AGAIN,
    ),
    EvaluationKind.BEHAVIOUR: (Statement.USED, Statement.EASIER, Statement.ABLE),
}  # fmt: skip


class Agreement(IntegerChoices):
    """How far somebody agrees."""

    NOT_AT_ALL = 1, _("I do not agree at all")
    NOT = 2, _("I do not agree")
    PARTLY = 3, _("I agree in part")
    AGREE = 4, pgettext_lazy("statement", "I agree")
    FULLY = 5, _("I fully agree")


class UseInUnit(IntegerChoices):
    """How many of a unit's people use what they learnt, as the head sees it."""

    NOBODY = 0, _("nobody")
    FEW = 1, _("a few")
    HALF = 2, _("about half")
    MOST = 3, _("most")
    ALL = 4, _("all")


class KnowledgeMoment(TextChoices):
    """When knowledge is tried."""

    BEFORE = "before", _("before the training")
    AFTER = "after", _("after the training")


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
