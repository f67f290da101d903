"""What can go wrong with a verification, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class AlreadyAnnulled(DomainError):
    """The result has been annulled before."""

    def __init__(self) -> None:
        super().__init__(_("This result has already been annulled. Nothing more needs to be done."))
