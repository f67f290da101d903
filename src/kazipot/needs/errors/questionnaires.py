"""What can go wrong with a questionnaire, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class QuestionnaireFaulty(DomainError):
    """A questionnaire with faults is never kept."""

    def __init__(self) -> None:
        super().__init__(_("The questionnaire has faults. Correct them and upload it again."))


class NothingChanged(DomainError):
    """The questionnaire is the approved version once more."""

    def __init__(self) -> None:
        super().__init__(_("This is the approved version of the questionnaire: nothing has changed."))


class NotADraftVersion(DomainError):
    """An approved version isn't approved again."""

    def __init__(self) -> None:
        super().__init__(_("This version of the questionnaire has been approved already."))


class QuestionnaireNotUsable(DomainError):
    """Only an approved version is asked."""

    def __init__(self) -> None:
        super().__init__(_("This questionnaire has not been approved. Choose another."), field="questionnaire")
