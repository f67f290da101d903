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

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            _("Nothing fills {%(name)s}. Use only these: %(known)s.")
            % {"name": name, "known": ", ".join(f"{{{each}}}" for each in known)},
            field="body",
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
