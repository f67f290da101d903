"""What can go wrong with units, people and roles, in words that say what to do."""

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from kazipot.foundation.errors import DomainError


class CodeTaken(DomainError):
    """Another record has the code."""

    def __init__(self) -> None:
        super().__init__(_("This code is already in use. Choose another one."), field="code")


class UnitNotThere(DomainError):
    """The unit doesn't exist on the day (or only begins on it)."""

    def __init__(self, field: str = "on") -> None:
        super().__init__(_("The unit does not exist on that day. Choose another day or another unit."), field=field)


class ParentNotThere(DomainError):
    """The superior unit doesn't exist on the day, or belongs to another employer."""

    def __init__(self) -> None:
        super().__init__(
            _("The superior unit does not exist on that day at this employer. Choose another one."), field="parent"
        )


class CyclicTree(DomainError):
    """A unit would come under itself."""

    def __init__(self) -> None:
        super().__init__(
            _("The unit would come under itself. Choose a superior unit that is not below it."), field="parent"
        )


class LaterChange(DomainError):
    """A change with a later date is there already."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _("A later change of this unit, on %(day)s, is already recorded. Choose a day after it.")
            % {"day": day.strftime("%d. %m. %Y")},
            field="on",
        )


class StillEmployed(DomainError):
    """People work in the unit on or after the day."""

    def __init__(self, people: int) -> None:
        super().__init__(
            ngettext_lazy(
                "%(people)s person works in the unit on that day. Merge it into another unit, or move the person.",
                "%(people)s people work in the unit on that day. Merge it into another unit, or move them.",
                people,
            )
            % {"people": people},
            field="on",
        )


class UnitsBelow(DomainError):
    """Other units hang under the unit."""

    def __init__(self) -> None:
        super().__init__(_("Other units are below this one. Move them first."), field="on")


class AnotherEmployer(DomainError):
    """Units of two employers cannot become one."""

    def __init__(self) -> None:
        super().__init__(_("Only units of the same employer can be merged or split."), field="into")


class NotAllShared(DomainError):
    """A split leaves somebody behind, or names somebody twice."""

    def __init__(self, people: int) -> None:
        super().__init__(
            ngettext_lazy(
                "%(people)s employment is not assigned to exactly one new unit. Assign every employment once.",
                "%(people)s employments are not assigned to exactly one new unit. Assign every employment once.",
                people,
            )
            % {"people": people},
        )


class TooManyLeavers(DomainError):
    """A roster would end more employments than the limit, and nobody confirmed it."""

    def __init__(self, leavers: int, employed: int) -> None:
        super().__init__(
            _(
                "The file would end %(leavers)s of %(employed)s employments, more than 10 %%. "
                "Check that it is complete; if so, confirm the leavers."
            )
            % {"leavers": leavers, "employed": employed},
            field="confirm_leavers",
        )


class PlanOutdated(DomainError):
    """The records changed between the preview and the confirmation."""

    def __init__(self) -> None:
        super().__init__(_("The records have changed since the preview. Look at the changes again and confirm them."))


class AlreadyImported(DomainError):
    """The upload was confirmed before."""

    def __init__(self) -> None:
        super().__init__(_("This file has already been imported. Upload a new one."))


class UnitNeeded(DomainError):
    """A head or an advisor has the role for a unit."""

    def __init__(self) -> None:
        super().__init__(_("This role is held for a unit. Choose the unit."), field="unit")


class AlreadyGranted(DomainError):
    """The account has the role already."""

    def __init__(self) -> None:
        super().__init__(_("This account already has the role. Nothing needs to be done."), field="user")


class GrantEnded(DomainError):
    """The role has ended, or would end before it begins."""

    def __init__(self) -> None:
        super().__init__(_("The role has already ended or would end before it begins. Choose a later day."), field="on")


class UsernameTaken(DomainError):
    """Another account has the name."""

    def __init__(self) -> None:
        super().__init__(_("This user name is already in use. Choose another one."), field="username")


class HasAccount(DomainError):
    """The person has an account."""

    def __init__(self) -> None:
        super().__init__(_("This person already has an account."), field="person")


class NoSuchAccount(DomainError):
    """Nobody has this user name."""

    def __init__(self) -> None:
        super().__init__(_("There is no account with this user name. Create it first."), field="username")


class NoSuchNumber(DomainError):
    """Nobody at the employer has this personnel number today."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody at this employer has this personnel number today. Correct the number or the employer."),
            field="personnel_number",
        )
