"""What can go wrong with a posting, in words that say what to do."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.templatetags.ui import day


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


class NotADraft(DomainError):
    """The text of a posting that was submitted can't be changed."""

    def __init__(self) -> None:
        super().__init__(_("This posting is no longer a draft. Send it back before you change its text."))


class NothingRead(DomainError):
    """There is no text to check."""

    def __init__(self) -> None:
        super().__init__(_("There is no text. Paste the posting or choose a file that has text in it."), field="text")


class NotAtThisStage(DomainError):
    """Somebody else has moved the posting on, or it can't be done yet."""

    def __init__(self) -> None:
        super().__init__(_("This cannot be done at the posting's present stage. Open it again to see how far it is."))


class ApprovedByTheAuthor(DomainError):
    """Two people look at every posting."""

    def __init__(self) -> None:
        super().__init__(_("You wrote this posting, so somebody else has to approve it."))


class GateClosed(DomainError):
    """The posting requires no selected digital competences."""

    def __init__(self) -> None:
        super().__init__(
            _("The posting requires no selected digital competences. Take over wording, or ask the Digitalisation "
              "Service to let it pass with a reason.")
        )  # fmt: skip


class OverrideNotNeeded(DomainError):
    """The gate is open."""

    def __init__(self) -> None:
        super().__init__(_("The posting may be published as it is; it needs nobody's exception."))


class AlreadyDecided(DomainError):
    """The commission has decided."""

    def __init__(self) -> None:
        super().__init__(_("The commission has already decided on this posting."))


class StillOpen(DomainError):
    """People may still apply."""

    def __init__(self, closes_on: date | None) -> None:
        super().__init__(_("People may apply until %(day)s. Decide afterwards.") % {"day": day(closes_on)})


class NoDraftOfTheFamily(DomainError):
    """The version was approved already, or there is none."""

    def __init__(self) -> None:
        super().__init__(_("This version is no longer a draft. Open the family again to see its versions."))


class ProfileApprovedByTheAuthor(DomainError):
    """Two people look at every version."""

    def __init__(self) -> None:
        super().__init__(_("You wrote this version, so somebody else has to approve it."))


class NothingDemanded(DomainError):
    """A version without any required competence."""

    def __init__(self) -> None:
        super().__init__(_("No competence is required. Choose at least one before the version is approved."))


class LaterVersion(DomainError):
    """A version that was approved holds from a later day."""

    def __init__(self, after: date) -> None:
        super().__init__(_("An approved version holds from %(day)s. Choose that day or a later one.")
                         % {"day": day(after)}, field="valid_from")  # fmt: skip


class NothingToPropose(DomainError):
    """Nothing is known from which demands could be proposed."""

    def __init__(self) -> None:
        super().__init__(
            _("Nothing is known of this family yet: no profile says what its work needs, no analysis tells of it and "
              "no similar family was approved. Choose the competences yourself.")
        )  # fmt: skip


class NotEmployed(DomainError):
    """The person isn't on the employer's roster."""

    def __init__(self) -> None:
        super().__init__(
            _("This person is not on the employer's roster today. Import the roster first."), field="person"
        )
