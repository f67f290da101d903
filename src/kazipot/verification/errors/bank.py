"""What can go wrong with test items."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kazipot.core.items.reading import Fault
from kazipot.foundation.errors import DomainError, InputRefused
from kazipot.verification.errors.faults import as_problem


class ItemFaulty(InputRefused):
    """The item is not whole; every fault is named."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        message = _("The item needs corrections. They are listed below.")
        super().__init__(message, [as_problem(fault) for fault in faults])


class TooFewAnswers(DomainError):
    """Nothing can be calibrated from so few tests, and their answers might tell whose they are."""

    def __init__(self, fewest: int) -> None:
        text = _("Fewer than %(count)s tests have been finished with the same items. Try again when there are more.")
        super().__init__(text % {"count": fewest})


class KeyTaken(DomainError):
    """Another item has the key."""

    def __init__(self) -> None:
        super().__init__(_("Another item has this key. Choose another key."), field="key")


class KeyChanged(DomainError):
    """The content names another item."""

    def __init__(self) -> None:
        super().__init__(_("An item keeps its key for ever. Write the key it has, or make a new item."), field="key")


class WrongStep(DomainError):
    """The version is not where this step begins."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be done any more: somebody has taken the item further. Look at it anew."))


class NothingNew(DomainError):
    """The content is what it was."""

    def __init__(self) -> None:
        super().__init__(_("Nothing has been changed. Change something, or leave the item as it is."))


class AlreadyInWork(DomainError):
    """There is a version already that is not finished."""

    def __init__(self) -> None:
        super().__init__(_("A new version of this item is in work already. Finish that one first."))


class OwnItem(DomainError):
    """Who wrote an item doesn't review it."""

    def __init__(self) -> None:
        super().__init__(_("You have written this version. Two other people must review it."))


class ReviewedAlready(DomainError):
    """A reviewer speaks once about the same text."""

    def __init__(self) -> None:
        super().__init__(_("You have reviewed this version already. Another person must be the second reviewer."))


class CommentMissing(DomainError):
    """Who wants a change says which one."""

    def __init__(self) -> None:
        super().__init__(_("Say what must be changed."), field="comment")


class ReasonMissing(DomainError):
    """Every step has a reason."""

    def __init__(self) -> None:
        super().__init__(_("Say why."), field="reason")


class NoParameters(DomainError):
    """An item without parameters can't be used."""

    def __init__(self) -> None:
        super().__init__(_("This item has no parameters yet. Take over a calibration first."))


class SharesWrong(DomainError):
    """The shares of a blueprint don't add up."""

    def __init__(self, total: int) -> None:
        text = _("The shares add up to %(total)s per cent, and must add up to 100. Correct them.")
        super().__init__(text % {"total": total})


class NoPicture(DomainError):
    """This is no picture that items can show."""

    def __init__(self) -> None:
        text = _("This is not a PNG, JPEG or WebP of at most 1 MB with a plain name, such as desk.png.")
        super().__init__(text, field="file")


class PictureNameTaken(DomainError):
    """Another picture has the name."""

    def __init__(self) -> None:
        super().__init__(_("Another picture has this name. Rename the file and choose it again."), field="file")
