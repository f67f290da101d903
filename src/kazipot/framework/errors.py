"""What can go wrong with a framework, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class NotADraft(DomainError):
    """Only a draft can become active."""

    def __init__(self) -> None:
        super().__init__(_("Only a draft can be activated. Choose a framework that is a draft."))


class TooEarly(DomainError):
    """The day lies before the present version became active."""

    def __init__(self) -> None:
        super().__init__(_("The present version became active later than that. Choose a day after it."), field="on")
