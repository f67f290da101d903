"""What an advisor is to a unit, how far a nomination has come, and why a place is vacant."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AppointmentRole(TextChoices):
    """Whether somebody is the advisor or stands in for them; only an advisor covers the unit."""

    ADVISOR = "advisor", _("digital advisor")
    DEPUTY = "deputy", _("deputy digital advisor")


class NominationState(TextChoices):
    """A head proposes, the nominee agrees, the Service confirms."""

    PROPOSED = "proposed", _("waits for the nominee")
    AGREED = "agreed", _("waits for the Service")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined by the nominee")
    REFUSED = "refused", _("refused by the Service")
    WITHDRAWN = "withdrawn", _("taken back")


OPEN_STATES = (NominationState.PROPOSED, NominationState.AGREED)


class VacancyCause(TextChoices):
    """Why a unit has no advisor."""

    NEVER = "never", _("nobody has been appointed yet")
    LEFT = "left", _("the advisor left the employer")
    ENDED = "ended", _("the appointment ended")


class Fate(TextChoices):
    """What became of a proposal."""

    OPEN = "open", _("not decided yet")
    TAKEN_UP = "taken_up", _("taken up")
    DECLINED = "declined", _("not taken up")
    DONE = "done", _("carried out")


class MessageKind(TextChoices):
    """What stands in a thread: what somebody wrote, or that it passed into other hands."""

    WRITTEN = "written", _("written")
    HANDED = "handed", _("handed over")


class MailOutcome(TextChoices):
    """What became of an incoming message."""

    ANSWERED = "answered", _("added to its thread")
    ASKED = "asked", _("a new question")
    AUTOMATIC = "automatic", _("sent by a machine")
    STRANGER = "stranger", _("sender not known")
    OTHER_SENDER = "other_sender", _("sent from another address")
    NO_THREAD = "no_thread", _("no such thread")
    EMPTY = "empty", _("nothing new in it")
    TOO_MANY = "too_many", _("too many in a day")
    UNREADABLE = "unreadable", _("cannot be read")
