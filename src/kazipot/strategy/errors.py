"""What can go wrong with the count, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError, InputRefused, Problem


class StrategyRefused(InputRefused):
    """The strategy file cannot be used; `problems` names every fault with its line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("The strategy file cannot be used. Correct the lines named and try again."), problems)


class UnknownIndicator(DomainError):
    """The strategy has no indicator with this id."""

    def __init__(self, indicator: str) -> None:
        super().__init__(_("The strategy has no indicator %(id)s. Choose one of its own.") % {"id": indicator})


class UnknownScope(DomainError):
    """There is no such unit or kind of unit on the day."""

    def __init__(self, scope: str) -> None:
        super().__init__(
            _("There is no unit or kind of unit %(scope)s on that day. Choose another.") % {"scope": scope},
            field="scope",
        )


class NotYetOver(DomainError):
    """A snapshot can only be taken of a day that has come."""

    def __init__(self) -> None:
        super().__init__(_("A snapshot can only be taken of today or an earlier day."), field="as_of")
