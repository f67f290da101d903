"""What can go wrong with a credential."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class AlreadyRevoked(DomainError):
    """The credential was revoked before."""

    def __init__(self) -> None:
        super().__init__(_("This certificate has already been revoked. Nothing more needs to be done."))
