"""What can go wrong with a posting, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class ReferenceTaken(DomainError):
    """The employer has another posting with the reference."""

    def __init__(self) -> None:
        super().__init__(_("The employer already has a posting with this reference. Correct it."), field="reference")


class UnitNotThere(DomainError):
    """The unit doesn't exist on the day."""

    def __init__(self) -> None:
        super().__init__(_("The unit does not exist on that day. Choose another one."), field="unit")


class ClosesBeforeItOpens(DomainError):
    """The last day to apply lies before the first."""

    def __init__(self) -> None:
        super().__init__(_("The last day to apply is before the posting. Correct one of the days."), field="closes_on")


class DemandedTwice(DomainError):
    """A competence is demanded twice, or at a level that isn't there."""

    def __init__(self) -> None:
        super().__init__(_("Name each competence once, at a level from 1 to 4."), field="demands")


class Withdrawn(DomainError):
    """The posting has been withdrawn."""

    def __init__(self) -> None:
        super().__init__(_("This posting has been withdrawn. Publish a new one."))


class WithdrawnBeforePublished(DomainError):
    """A posting would be withdrawn before it was published."""

    def __init__(self) -> None:
        super().__init__(_("The posting was published later. Choose a later day."), field="on")
