"""What can go wrong with a result of a verification."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class AlreadyAnnulled(DomainError):
    """The result has been annulled before."""

    def __init__(self) -> None:
        super().__init__(_("This result has already been annulled. Nothing more needs to be done."))


class NoSuchNumber(DomainError):
    """Nobody at the employer had this personnel number on the day."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody at this employer had this personnel number on that day. Correct the number or the day."),
            field="personnel_number",
        )


class NoSuchResult(DomainError):
    """There is no such result to annul."""

    def __init__(self) -> None:
        super().__init__(_("There is no such result. Check the day and the reference."), field="reference")
