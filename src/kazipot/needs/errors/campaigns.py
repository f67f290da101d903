"""What can go wrong with a campaign: its draft, its opening, its slips and reminders, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


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


class NobodyToWriteTo(DomainError):
    """Everybody has an e-mail address, or has answered, or has left."""

    def __init__(self) -> None:
        super().__init__(
            _("No slips are needed: everybody here has an e-mail address, has answered, or does not work here now.")
        )


class NobodyToRemind(DomainError):
    """Everybody with an e-mail address has answered, or got a mail in the last days."""

    def __init__(self) -> None:
        super().__init__(
            _("Nobody needs a reminder: everybody with an e-mail address has answered or got a mail in the last days.")
        )
