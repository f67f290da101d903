"""What can go wrong with a campaign, an answer or an analysis, in words that say what to do."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.templatetags.ui import day


class ClosesBeforeItOpens(DomainError):
    """The last day for answers lies before the first."""

    def __init__(self) -> None:
        super().__init__(
            _("The last day for answers lies before the opening day. Choose a later day."), field="closes_on"
        )


class WrongYear(DomainError):
    """The campaign would open in another year than the one it is for."""

    def __init__(self) -> None:
        super().__init__(
            _("The campaign must open in the year it is for. Change the year or the day."), field="opens_on"
        )


class FrameworkNotUsable(DomainError):
    """The framework is a draft, archived, or has no competences."""

    def __init__(self) -> None:
        super().__init__(
            _("This framework cannot be asked about: it is not active or has no competences. Choose another."),
            field="framework",
        )


class AnotherFrameworkThisYear(DomainError):
    """Campaigns of one year use one framework, so that their answers can be put into one analysis."""

    def __init__(self) -> None:
        super().__init__(
            _("Another campaign of that year asks about another framework. Choose the same framework."),
            field="framework",
        )


class NotADraft(DomainError):
    """Only a draft can be opened."""

    def __init__(self) -> None:
        super().__init__(_("This campaign has been opened already. Draft a new one to ask again."))


class LastDayHasPassed(DomainError):
    """A campaign whose last day has passed can't be opened."""

    def __init__(self) -> None:
        super().__init__(_("The last day for answers has passed. Draft a campaign with later days."))


class NobodyToInvite(DomainError):
    """Everyone in the population was asked this year already, or there is nobody."""

    def __init__(self) -> None:
        super().__init__(
            _("There is nobody to invite: nobody works there today, or everybody has been asked this year already.")
        )


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


class SampleIncomplete(DomainError):
    """A sample needs its size and what it is drawn by."""

    def __init__(self) -> None:
        super().__init__(
            _("For a sample, say both how many people are drawn and by what. Leave both empty to ask everybody."),
            field="sample_size",
        )


class SampleImpossible(DomainError):
    """So many can't be drawn from so many strata."""

    def __init__(self, people: int, strata: int) -> None:
        super().__init__(
            _(
                "Such a sample cannot be drawn (people: %(people)d, groups: %(strata)d). At least two of each group "
                "are drawn, and not more than there are. Draft a campaign with another size."
            )
            % {"people": people, "strata": strata}
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


class NobodyToWriteTo(DomainError):
    """Everybody has an e-mail address, or has answered, or has left."""

    def __init__(self) -> None:
        super().__init__(
            _("No slips are needed: everybody here has an e-mail address, has answered, or does not work here now.")
        )


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


class NobodyToRemind(DomainError):
    """Everybody with an e-mail address has answered, or got a mail in the last days."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody needs a reminder: everybody with an e-mail address has answered or got a mail in the last days.")
        )


class AnalysisIsPublished(DomainError):
    """An analysis counts the answers already; changing one would show by comparing versions what it was."""

    def __init__(self) -> None:
        super().__init__(
            _("The analysis of the year has been published with your answers; they can no longer be changed.")
        )


class AnswersOutdated(DomainError):
    """What the file would bring is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            _("The answers or the mapping have changed since the preview. Look at the rows again and confirm them.")
        )


class AnswersSettled(DomainError):
    """The file was taken before, or waited too long."""

    def __init__(self) -> None:
        super().__init__(_("The answers of this file have been taken or deleted already. Upload the file again."))


class RowsNamed(DomainError):
    """Some rows can't be taken, and nobody said that they may be left out."""

    def __init__(self) -> None:
        super().__init__(
            _("Some rows cannot be taken. Correct them in the file, or choose to leave them out."), field="leave_out"
        )


class NoRowToTake(DomainError):
    """No row of the file can be taken."""

    def __init__(self) -> None:
        super().__init__(_("No row of the file can be taken. Correct the rows named below and upload the file again."))


class MappingOfAnother(DomainError):
    """A saved mapping of another questionnaire has this name."""

    def __init__(self) -> None:
        super().__init__(
            _("A mapping of another questionnaire has this name. Choose another name."), field="mapping_name"
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
