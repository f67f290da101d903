"""What can go wrong with a lesson."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class StepSkipped(DomainError):
    """The step comes after one that was not gone through."""

    def __init__(self) -> None:
        super().__init__(_("Go through the steps of the lesson one after another."))
