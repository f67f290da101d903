"""What can go wrong with an appointment, in words that say what to do."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.templatetags.ui import day


class NotEmployedHere(DomainError):
    """The person doesn't work for the unit's employer on the day."""

    def __init__(self) -> None:
        super().__init__(
            _("This person does not work for the unit's employer on that day. Choose one of its employees."),
            field="person",
        )


class AlreadyAppointed(DomainError):
    """The person is an advisor of the unit already."""

    def __init__(self) -> None:
        super().__init__(
            _("This person is already the unit's advisor in that period. End that appointment first."),
            field="person",
        )


class UnitNotThere(DomainError):
    """The unit doesn't exist on the day."""

    def __init__(self) -> None:
        super().__init__(_("The unit does not exist on that day. Choose another day."), field="valid_from")


class EndsBeforeItBegins(DomainError):
    """The last day lies before the first."""

    def __init__(self) -> None:
        super().__init__(_("The appointment would end before it begins. Choose a day after its first day."), field="on")


class AlreadyEnded(DomainError):
    """The appointment has ended already."""

    def __init__(self) -> None:
        super().__init__(_("This appointment has already ended."), field="on")


class UnknownPlaceholder(DomainError):
    """A template has something in braces that nothing fills."""

    def __init__(self, written: str, known: Iterable[str], *, line: int, field: str) -> None:
        super().__init__(
            _("Line %(line)s: nothing fills “%(written)s”. Use only these: %(known)s.")
            % {"line": line, "written": written[:60], "known": ", ".join(f"{{{each}}}" for each in known)},
            field=field,
        )


class AdvisorOfTooMany(DomainError):
    """The person advises as many units as one person may."""

    def __init__(self, most: int) -> None:
        super().__init__(
            ngettext_lazy(
                "This person already advises %(most)s unit, which is the most for one person. Choose somebody else.",
                "This person already advises %(most)s units, which is the most for one person. Choose somebody else.",
                "most",
            )
            % {"most": most},
            field="person",
        )


class AlreadyNominated(DomainError):
    """A nomination of the person for the unit is open."""

    def __init__(self) -> None:
        super().__init__(
            _("This person has been nominated for the unit already. Wait for the decision or withdraw that one."),
            field="person",
        )


class NominationIsOver(DomainError):
    """The nomination was decided, declined or withdrawn meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This nomination has been closed meanwhile. Open it again to see how."))


class NotYetAgreed(DomainError):
    """The nominee has not said yes."""

    def __init__(self) -> None:
        super().__init__(_("The nominee has not agreed yet. Ask them, or write down how they agreed."))


class RuleUnchanged(DomainError):
    """The rule says so already."""

    def __init__(self) -> None:
        super().__init__(_("The rule says so already."), field="required")


class ExceptionInForce(DomainError):
    """The unit is an exception already."""

    def __init__(self) -> None:
        super().__init__(_("This unit is an exception already. End that exception first."), field="unit")


class NotThisDay(DomainError):
    """A day before the one from which something holds."""

    def __init__(self, first: date) -> None:
        super().__init__(
            _("Choose a day after %(first)s, from which the present rule holds.") % {"first": day(first)},
            field="valid_from",
        )


class NoteIsGathered(DomainError):
    """The quarter's digest is out: its notes stay as they are."""

    def __init__(self) -> None:
        super().__init__(_("The digest with this note has been published; the note stays as it is. Write a new one."))


class ReasonNeeded(DomainError):
    """A proposal is not taken up without a reason."""

    def __init__(self) -> None:
        super().__init__(_("Say why the proposal is not taken up; its author reads it."), field="reason")


class QuarterGoesOn(DomainError):
    """A digest of a quarter that hasn't begun."""

    def __init__(self) -> None:
        super().__init__(_("This quarter has not begun yet."))


class DigestIsOut(DomainError):
    """The digest has been published."""

    def __init__(self) -> None:
        super().__init__(_("The digest of this quarter has been published already."))


class NothingToGather(DomainError):
    """A quarter without notes."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has written a note in this quarter, so there is nothing to gather."))


class ThreadIsClosed(DomainError):
    """The thread is closed."""

    def __init__(self) -> None:
        super().__init__(_("This question is closed. Ask a new one."), field="text")


class NothingSaid(DomainError):
    """A message without text."""

    def __init__(self) -> None:
        super().__init__(_("Write something."), field="text")


class TooManyQuestions(DomainError):
    """More questions in a day than one person may ask."""

    def __init__(self, most: int) -> None:
        super().__init__(
            ngettext_lazy(
                "You have asked %(most)s question in a day. Ask the next one tomorrow, or call.",
                "You have asked %(most)s questions in a day. Ask the next one tomorrow, or call.",
                "most",
            )
            % {"most": most},
            field="text",
        )


class NobodyToAsk(DomainError):
    """A task or a meeting for nobody."""

    def __init__(self) -> None:
        super().__init__(_("Choose at least one advisor."), field="advisors")


class ShareIsDone(DomainError):
    """Done already."""

    def __init__(self) -> None:
        super().__init__(_("This task has been done already."))


class MeetingIsOff(DomainError):
    """The meeting was cancelled."""

    def __init__(self) -> None:
        super().__init__(_("This meeting has been cancelled."))


class NotYetHeld(DomainError):
    """Minutes of a meeting that hasn't begun."""

    def __init__(self) -> None:
        super().__init__(_("The meeting has not begun yet. Write the minutes afterwards."), field="minutes")


class EndsTooEarly(DomainError):
    """A meeting that ends before it begins."""

    def __init__(self) -> None:
        super().__init__(_("The meeting would end before it begins. Choose a later time."), field="ends")


class UnknownStep(DomainError):
    """No such step."""

    def __init__(self) -> None:
        super().__init__(_("There is no such step."))
