"""What can go wrong with an analysis, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class NothingToPublish(DomainError):
    """An analysis needs at least one response."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has answered in that year yet, so there is nothing to publish."))


class TooFewNewAnswers(DomainError):
    """A version with 1 to 4 more answers than an earlier one would give those people's answers away."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Fewer than five people have answered since the last version. "
                "Comparing the two versions would give their answers away: publish when more have answered."
            )
        )


class ChangesMissing(DomainError):
    """A further version of an analysis says what it changes."""

    def __init__(self) -> None:
        super().__init__(_("Say what this version changes: the earlier one stays published."), field="changes")


class CouldBeWorkedOut(DomainError):
    """The audit found counts that could be worked out from what would be published."""

    def __init__(self, cells: int) -> None:
        super().__init__(
            _("Nothing was published: the check found figures that could be worked out (%(cells)d).") % {"cells": cells}
        )
