"""What can go wrong with a file of answers from another tool, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class AnswersOutdated(DomainError):
    """What the file would bring is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            _("The answers or the mapping have changed since the preview. Look at the rows again and confirm them.")
        )


class AnswersSettled(DomainError):
    """The file was taken before, or waited too long."""

    def __init__(self) -> None:
        super().__init__(_("The answers of this file have been taken or deleted already. Upload the file again."))


class RowsNamed(DomainError):
    """Some rows can't be taken, and nobody said that they may be left out."""

    def __init__(self) -> None:
        super().__init__(
            _("Some rows cannot be taken. Correct them in the file, or choose to leave them out."), field="leave_out"
        )


class NoRowToTake(DomainError):
    """No row of the file can be taken."""

    def __init__(self) -> None:
        super().__init__(_("No row of the file can be taken. Correct the rows named below and upload the file again."))


class MappingOfAnother(DomainError):
    """A saved mapping of another questionnaire has this name."""

    def __init__(self) -> None:
        super().__init__(
            _("A mapping of another questionnaire has this name. Choose another name."), field="mapping_name"
        )


class MappingNameTaken(DomainError):
    """Two mappings can't have one name."""

    def __init__(self) -> None:
        super().__init__(_("There is another mapping with this name. Choose another name."), field="name")
