"""What can go wrong while the training year runs: publishing, slips, the head's desk, attendance."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.templatetags.ui import day


class NobodyWaitsForASlip(DomainError):
    """Everybody has an address, or has answered."""

    def __init__(self) -> None:
        super().__init__(_("Nobody here needs a slip: everybody has an e-mail address or has answered."))


class ReachedOtherwise(DomainError):
    """The person has an e-mail address or a phone and answers by themselves."""

    def __init__(self) -> None:
        super().__init__(
            _("This person has an e-mail address or a phone and answers by themselves. Ask them to do it.")
        )


class NoSwap(DomainError):
    """Nobody in the other session could change places."""

    def __init__(self) -> None:
        super().__init__(_("Nobody with a seat on that day can change places with you. Choose another day."))


class NotItsDay(DomainError):
    """Signing in is possible on the days of the session."""

    def __init__(self, first: date) -> None:
        super().__init__(
            _("Signing in is possible on the days of the session; it begins on %(day)s.") % {"day": day(first)}
        )


class NoSeatHere(DomainError):
    """Who signs in must hold a seat."""

    def __init__(self) -> None:
        super().__init__(_("This person has no accepted seat in the session. Look at the list of people with a seat."))


class AttendanceIsClosed(DomainError):
    """The attendance was recorded; what is wrong is corrected with a reason."""

    def __init__(self) -> None:
        super().__init__(_("The attendance of this session is recorded. Correct it on its page, with a reason."))


class CorrectionNeedsReason(DomainError):
    """What was recorded is changed only for a reason."""

    def __init__(self) -> None:
        super().__init__(
            _("The attendance is recorded already. Say why it is corrected: the reason is kept."), field="because"
        )
