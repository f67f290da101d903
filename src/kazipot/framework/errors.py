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


class NotOfThisFramework(DomainError):
    """A target names a competence of another framework, or levels that there aren't."""

    def __init__(self) -> None:
        super().__init__(_("A competence or a level is not of this framework. Open the page again."))


class TargetsAreLater(DomainError):
    """Targets that begin later are there already."""

    def __init__(self) -> None:
        super().__init__(_("What this work needs was changed later than that day. Choose a later day."), field="on")
