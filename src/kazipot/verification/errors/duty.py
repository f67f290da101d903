"""What can go wrong with the duty's records, invitations and statements, in words that say what to do."""

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError


class InTheFuture(DomainError):
    """What is recorded hasn't happened yet."""

    def __init__(self, field: str) -> None:
        super().__init__(_("This day is in the future. Record it after it has happened."), field=field)


class RecordedAlready(DomainError):
    """The same record is there."""

    def __init__(self) -> None:
        super().__init__(_("This is already recorded. Nothing more needs to be done."), field="reference")


class EndsBeforeItStarts(DomainError):
    """A period ends outside itself."""

    def __init__(self) -> None:
        super().__init__(_("The last day must lie within the period. Correct the days."), field="last_day")


class NotEmployedThen(DomainError):
    """The person didn't work for the employer in the period."""

    def __init__(self) -> None:
        super().__init__(
            _("The person does not work for this employer in that period. Correct the days or the employer."),
            field="first_day",
        )


class ExemptedAlready(DomainError):
    """Another exemption covers some of the days."""

    def __init__(self) -> None:
        super().__init__(
            _("Another exemption covers some of these days. End it first, or choose days after it."), field="first_day"
        )


class OnLeaveAlready(DomainError):
    """Another leave covers some of the days."""

    def __init__(self) -> None:
        super().__init__(
            _("Another long leave covers some of these days. Choose days after it."), field="first_day"
        )  # fmt: skip


class TermsInThePast(DomainError):
    """Terms would change dates that people were told."""

    def __init__(self) -> None:
        super().__init__(
            _("Terms can begin today or later: dates that people were told must not change. Choose a later day."),
            field="valid_from",
        )


class AppealedAlready(DomainError):
    """There is an appeal against the result."""

    def __init__(self) -> None:
        super().__init__(_("You have already objected to this result. You will be told the decision."))


class DecidedAlready(DomainError):
    """The appeal has been decided."""

    def __init__(self) -> None:
        super().__init__(_("This appeal has already been decided. A decision is not changed."))


class DecidedBySomebodyElse(DomainError):
    """Who recorded the result, or whose result it is, can't decide on it."""

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else must decide: you recorded this result, or it is your own. Ask a colleague."),
            field="outcome",
        )


class WeekIsOver(DomainError):
    """Nobody can be invited to it any more."""

    def __init__(self) -> None:
        super().__init__(_("The last day has passed. Plan another verification week."))


class WeekEndsBeforeItStarts(DomainError):
    """The last day is before the first."""

    def __init__(self) -> None:
        super().__init__(_("The last day is before the first one. Correct the days."), field="closes_on")


class NobodyToInvite(DomainError):
    """Nobody is due."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has to be invited: whoever is due has been invited, or nobody is due."))


class HelpFirst(DomainError):
    """No attempts are left: a short training first."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Before the next attempt, do a short lesson or another training in digital security, or ask your "
                "digital advisor for help. You can practise as often as you like."
            )
        )


class SourceNamed(DomainError):
    """Another platform has the name."""

    def __init__(self) -> None:
        super().__init__(_("Another platform has this name. Choose a different one."), field="name")


class StatementRefused(DomainError):
    """A statement can't be taken; `status` is what the sender is told."""

    def __init__(self, message: object, *, status: int = 400) -> None:
        super().__init__(message)
        self.status = status
