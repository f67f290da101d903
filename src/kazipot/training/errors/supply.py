"""What can go wrong with providers, contracts and offers sought, in words that say what to do."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.templatetags.ui import day


class ContactTaken(DomainError):
    """The provider has a contact with the address."""

    def __init__(self) -> None:
        super().__init__(_("This provider already has a contact with this e-mail address."), field="email")


class ReferenceTaken(DomainError):
    """Another contract has the reference."""

    def __init__(self) -> None:
        super().__init__(_("Another contract has this reference. Write its own one."), field="reference")


class ContractEndsBeforeItBegins(DomainError):
    """The last day of a contract doesn't lie after the first."""

    def __init__(self) -> None:
        super().__init__(_("The contract would end before it begins. Correct one of the two days."), field="valid_to")


class NotInForce(DomainError):
    """A session lies outside the contract's days, or the contract is another provider's."""

    def __init__(self) -> None:
        super().__init__(
            _("This contract is another provider's, or not in force on these days. Choose another one."),
            field="contract",
        )


class OverBudget(DomainError):
    """What is ordered would cost more than the contract allows."""

    def __init__(self, left: str) -> None:
        super().__init__(
            _("The contract has only %(left)s left. Choose another contract or raise its budget by an annex.")
            % {"left": left},
            field="contract",
        )


class NobodyToAsk(DomainError):
    """No provider was chosen, or one has no contact."""

    def __init__(self, without: Sequence[str] = ()) -> None:
        missing = _("There is no contact to write to at: %(names)s. Add one first.") % {"names": ", ".join(without)}
        super().__init__(missing if without else _("Choose at least one provider to ask."), field="providers")


class DeadlinePassed(DomainError):
    """The last day for offers has passed."""

    def __init__(self, last: date) -> None:
        super().__init__(_("Offers were possible until %(day)s.") % {"day": day(last)}, field="deadline")


class InquiryIsOver(DomainError):
    """It was decided or called off."""

    def __init__(self) -> None:
        super().__init__(_("This inquiry has been decided or called off; nothing can be changed any more."))


class OffersStillSealed(DomainError):
    """Offers may still come."""

    def __init__(self, last: date) -> None:
        super().__init__(
            _("Offers may come until %(day)s and are opened together. Decide after that day.") % {"day": day(last)}
        )


class OfferNotValid(DomainError):
    """The chosen offer isn't one of this inquiry, or its validity has passed."""

    def __init__(self) -> None:
        super().__init__(
            _("This offer is no longer valid. Ask the provider to extend it or choose another one."), field="bid"
        )


class MoreOffersWanted(DomainError):
    """Fewer offers came than the city's rule asks for."""

    def __init__(self, got: int, wanted: int) -> None:
        super().__init__(
            _("Offers that came: %(got)s; wanted at this value: %(wanted)s. Say why these are enough, or seek more.")
            % {"got": got, "wanted": wanted},
            field="fewer_because",
        )


class LawAsksForMore(DomainError):
    """From this value on offers may not be sought here."""

    def __init__(self, limit: str) -> None:
        super().__init__(
            _("From %(limit)s on the Public Procurement Act asks for a procedure on the procurement portal. "
              "It can't be held here.") % {"limit": limit},
            field="estimated_value",
        )  # fmt: skip


class NoOfferChosen(DomainError):
    """There is no decision from which a course could come."""

    def __init__(self) -> None:
        super().__init__(_("Decide first. A course that was added from this inquiry isn't added again."))


class TimetableSettled(DomainError):
    """Somebody has accepted or refused it."""

    def __init__(self) -> None:
        super().__init__(_("This timetable has been accepted or refused already. Look at it again."))


class CourseMissing(DomainError):
    """A timetable's course isn't in the catalogue yet."""

    def __init__(self) -> None:
        super().__init__(_("The course is not in the catalogue yet. Add it from the decision first."))


class NoSuchFile(DomainError):
    """The material is neither a file nor a link, or both."""

    def __init__(self) -> None:
        super().__init__(_("Choose a file or write a link, one of the two."), field="file")


class FileNotTaken(DomainError):
    """The file is too large or of another type than those taken."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            _("Files may be PDF, Word, PowerPoint, Excel, OpenDocument, PNG or JPEG, whole, and at most %(limit)s MB. "
              "Save the file again, or put it elsewhere and send the link.") % {"limit": limit},
            field="file",
        )  # fmt: skip


class TooManyMaterials(DomainError):
    """A session has as many materials as it may have."""

    def __init__(self, most: int) -> None:
        super().__init__(_("A session may have %(most)s materials. Delete one first.") % {"most": most}, field="title")


class NothingToInvoice(DomainError):
    """The session wasn't held."""

    def __init__(self) -> None:
        super().__init__(_("Only a session that was held can be invoiced. Record its attendance first."))


class CatalogueImported(DomainError):
    """The file was imported, or deleted because it waited too long."""

    def __init__(self) -> None:
        super().__init__(_("This file has been imported already, or was deleted after a day. Upload it again."))


class CatalogueOutdated(DomainError):
    """The file would now change something else than what was shown."""

    def __init__(self) -> None:
        super().__init__(_("The catalogue has changed meanwhile. Look at the preview again and confirm it."))
