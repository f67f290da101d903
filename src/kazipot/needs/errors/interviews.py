"""What can go wrong with an interview, its guide, its passages, in words that say what to do."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class InterviewInTheFuture(DomainError):
    """An interview is recorded after it was held."""

    def __init__(self) -> None:
        super().__init__(_("This day is in the future. Record the interview when it has been held."), field="held_on")


class UnitNotThere(DomainError):
    """The unit doesn't exist on the day of the interview."""

    def __init__(self) -> None:
        super().__init__(_("The unit does not exist on that day. Choose another one."), field="unit")


class NoActiveFramework(DomainError):
    """No framework was active on the day of the interview."""

    def __init__(self) -> None:
        super().__init__(_("No competence framework was active on that day. Choose another day."), field="held_on")


class NothingSaid(DomainError):
    """The notes hold no sentence."""

    def __init__(self) -> None:
        super().__init__(_("The notes are empty. Write what was said."), field="text")


class OtherFramework(DomainError):
    """A competence isn't one of the interview's framework."""

    def __init__(self) -> None:
        super().__init__(_("A competence is not of this interview's framework. Open the page again."))


class KindMissing(DomainError):
    """A passage with competences must say of what kind it is."""

    def __init__(self) -> None:
        super().__init__(
            _("Say of each passage with a competence what it is: a gap, a barrier, an idea or good practice.")
        )


class NoQuestions(DomainError):
    """A guide asks something, each question under a key of its own, in both languages."""

    def __init__(self) -> None:
        super().__init__(_("A guide needs at least one question, each with a key of its own and in both languages."))


class GuideUnchanged(DomainError):
    """The guide says what the approved version says."""

    def __init__(self) -> None:
        super().__init__(_("This is the approved version of the guide: nothing has changed."))


class GuideApproved(DomainError):
    """An approved guide isn't approved again."""

    def __init__(self) -> None:
        super().__init__(_("This version of the guide has been approved already."))


class ConsentUnchanged(DomainError):
    """The text is the latest version, or a language is missing."""

    def __init__(self) -> None:
        super().__init__(_("This is the text in use: nothing has changed."))


class InterviewInThePast(DomainError):
    """An interview is planned for a moment to come."""

    def __init__(self) -> None:
        super().__init__(
            _("This moment has passed. Choose a later one, or record an interview that was held."), field="day"
        )


class OneAtATime(DomainError):
    """An individual interview is with one person."""

    def __init__(self) -> None:
        super().__init__(_("An individual interview is with one person."), field="people")


class InterviewIsOver(DomainError):
    """A planned interview that was held or cancelled stays as it is."""

    def __init__(self) -> None:
        super().__init__(_("This interview has been held or cancelled already."))


class PeopleNotFound(DomainError):
    """Somebody to invite works nowhere here under that number or address."""

    def __init__(self, unknown: Sequence[str]) -> None:
        super().__init__(
            _("Nobody works here today under: %(unknown)s. Correct it and send again; nobody has been invited yet.")
            % {"unknown": ", ".join(unknown)},
            field="called",
        )


class PassageIsCoded(DomainError):
    """Passages that somebody coded stay as they are, so that coders are compared over the same passages."""

    def __init__(self) -> None:
        super().__init__(_("This passage has been coded already, so it can no longer be joined or split."))


class NothingToJoin(DomainError):
    """No passage follows."""

    def __init__(self) -> None:
        super().__init__(_("No passage follows that could be joined."))


class NothingToSplit(DomainError):
    """A passage of one sentence is the shortest there is."""

    def __init__(self) -> None:
        super().__init__(_("This passage is a single sentence and cannot be split."))


class PassagesChanged(DomainError):
    """Somebody joined or split passages while they were looked at."""

    def __init__(self) -> None:
        super().__init__(_("Passages were joined or split in the meantime. Nothing was saved: look at them again."))


class NotAgreedYet(DomainError):
    """Only what coders agreed on goes into the report."""

    def __init__(self) -> None:
        super().__init__(_("Only a passage whose competences were agreed on can go into the report."))


class NoConsentToQuote(DomainError):
    """The people agreed to be told in other words only."""

    def __init__(self) -> None:
        super().__init__(
            _("The people agreed that it is told only in other words. Write what it means in words of your own."),
            field="quotable",
        )
