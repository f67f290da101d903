"""What can go wrong with a person's answers, in words that say what to do."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.templatetags.ui import day


class NotOpen(DomainError):
    """Answers come in only while a campaign is open."""

    def __init__(self) -> None:
        super().__init__(_("This campaign is not open for answers."))


class AnsweringIsOver(DomainError):
    """The last day for answers has passed, or the campaign was closed."""

    def __init__(self, closes_on: date) -> None:
        super().__init__(
            _("Answers were accepted until %(day)s. Ask the Digitalisation Service whether you can still answer.")
            % {"day": day(closes_on)}
        )


class NobodyKnowsWhose(DomainError):
    """In an anonymous campaign nobody, not even the program, can find somebody's answers."""

    def __init__(self) -> None:
        super().__init__(
            _("This survey is anonymous: nobody can find out which answers are yours, not even to change them.")
        )


class NothingToDelete(DomainError):
    """There are no answers to delete."""

    def __init__(self) -> None:
        super().__init__(_("There are no answers of yours in this survey."))


class UnknownItem(DomainError):
    """An answer is to a question that isn't asked."""

    def __init__(self) -> None:
        super().__init__(_("An answer is to a question that this survey does not ask. Open the link again."))


class AlreadyAnswered(DomainError):
    """There is a response to this invitation, and the person didn't ask to change it."""

    def __init__(self) -> None:
        super().__init__(_("Your answers have been received already. To change them, choose that first."))


class AnswersMissing(DomainError):
    """Every competence of the framework is answered, or the response isn't accepted."""

    def __init__(self) -> None:
        super().__init__(_("Some questions are not answered yet. Answer them before you send your answers."))


class UnknownCompetence(DomainError):
    """An answer names a competence that the campaign doesn't ask about."""

    def __init__(self) -> None:
        super().__init__(
            _("An answer is about a competence that this campaign does not ask about. Open the link again.")
        )


class AnalysisIsPublished(DomainError):
    """An analysis counts the answers already; changing one would show by comparing versions what it was."""

    def __init__(self) -> None:
        super().__init__(
            _("The analysis of the year has been published with your answers; they can no longer be changed.")
        )
