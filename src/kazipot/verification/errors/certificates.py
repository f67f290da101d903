"""What can go wrong with a certificate."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class NothingToCertify(DomainError):
    """The result was not passed, was annulled, or no longer counts."""

    def __init__(self) -> None:
        super().__init__(_("There is a certificate only for a passed verification that still counts."))
