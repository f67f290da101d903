"""What can go wrong with an appointment, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


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
