"""What can go wrong with a test, in words that say what to do."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class AnotherQuestion(DomainError):
    """The form is none of this sitting's."""

    def __init__(self) -> None:
        super().__init__(_("This is not the question that you were asked. Open the test again."))


class SittingOver(DomainError):
    """Nothing can be answered any more."""

    def __init__(self) -> None:
        super().__init__(_("This test is over. Your answers are kept."))


class CandidateTested(DomainError):
    """A candidate takes the test once."""

    def __init__(self) -> None:
        super().__init__(_("This candidate has already taken the test; it is taken once."))


class NotYet(DomainError):
    """The next attempt comes later."""

    def __init__(self, on: date) -> None:
        text = _("You can take the test again from %(day)s. Until then you can practise as often as you like.")
        super().__init__(text % {"day": f"{on.day}. {on.month}. {on.year}"})
        self.on = on


class NoQuestions(DomainError):
    """The bank can't fill a test."""

    def __init__(self) -> None:
        super().__init__(
            _("There are not enough questions for a test yet. The Digitalisation Service must release some.")
        )


class SuchTimeIsNotGiven(DomainError):
    """An amount of time that nobody can choose."""

    def __init__(self) -> None:
        super().__init__(_("Choose one of the times offered."), field="more_time")


class TalkIsClosed(DomainError):
    """The talk was closed before."""

    def __init__(self) -> None:
        super().__init__(_("This talk is closed already. Nothing more needs to be done."))
