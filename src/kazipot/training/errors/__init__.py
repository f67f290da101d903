"""What can go wrong with courses, sessions and seats, in words that say what to do."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError
from kazipot.foundation.ui.templatetags.ui import day


class CodeTaken(DomainError):
    """Another provider or course has the code."""

    def __init__(self) -> None:
        super().__init__(_("This code is already in use. Choose another one."), field="code")


class NoCompetence(DomainError):
    """A course must say what it teaches, once for each competence, in its framework."""

    def __init__(self) -> None:
        super().__init__(
            _("Choose at least one competence of the framework, and raise its level."), field="competences"
        )


class EndsBeforeItStarts(DomainError):
    """The last day lies before the first."""

    def __init__(self) -> None:
        super().__init__(_("The session would end before it starts. Correct one of the two days."), field="ends_on")


class MinimumAboveSeats(DomainError):
    """A session would need more people than it has seats."""

    def __init__(self) -> None:
        super().__init__(_("The session needs more people than it has seats. Lower the number."), field="min_people")


class NothingToPlan(DomainError):
    """Nobody needs anything that is still open, or no session lies ahead."""

    def __init__(self, year: int, field: str) -> None:
        words = {
            "people": _("Nobody with a stated need is waiting for a seat in %(year)s. Choose another year."),
            "sessions": _("No session of %(year)s can still be offered in time. Plan sessions first."),
        }
        super().__init__(words[field] % {"year": year}, field="year")


class NothingToPublish(DomainError):
    """There is no plan, its seats are offered already, or nothing of it stands any more."""

    def __init__(self) -> None:
        super().__init__(
            _("There is nothing to offer: the plan is not worked out, was published, or no longer holds. Plan anew.")
        )


class SessionIsOver(DomainError):
    """The session was held or cancelled."""

    def __init__(self) -> None:
        super().__init__(_("This session has been held or cancelled. Choose another one."))


class TooLateToOffer(DomainError):
    """The session begins today or has begun."""

    def __init__(self) -> None:
        super().__init__(_("The session has begun; seats can no longer be offered. Plan another session."))


class SessionIsFull(DomainError):
    """No seat is free."""

    def __init__(self, seats: int) -> None:
        super().__init__(
            _("All %(seats)s seats are taken. You stay on the list for the next session.") % {"seats": seats}
        )


class MorePeopleThanSeats(DomainError):
    """Somebody wants to give more seats than there are."""

    def __init__(self, wanted: int, free: int) -> None:
        super().__init__(
            _("%(wanted)s people, but only %(free)s free seats. Offer fewer seats or plan another session.")
            % {"wanted": wanted, "free": free},
            field="limit",
        )


class AlreadyAnswered(DomainError):
    """The offer has an answer."""

    def __init__(self) -> None:
        super().__init__(_("This offer has already been answered. Nothing more needs to be done."))


class OfferExpired(DomainError):
    """The last day to answer has passed, or the offer was withdrawn."""

    def __init__(self, last: date) -> None:
        super().__init__(
            _("This offer could be answered until %(day)s. You stay on the list for the next session.")
            % {"day": f"{last.day}. {last.month}. {last.year}"}
        )


class NotYetHeld(DomainError):
    """Attendance is known once the session has begun."""

    def __init__(self) -> None:
        super().__init__(_("The session has not begun yet. Record attendance when it is held."))


class NotThere(DomainError):
    """Somebody who was not present wants a certificate of attendance."""

    def __init__(self) -> None:
        super().__init__(_("There is a certificate only for a session at which your attendance is recorded."))


class NotAccepted(DomainError):
    """Somebody is noted as present who didn't accept a seat."""

    def __init__(self, people: int) -> None:
        super().__init__(
            _("%(people)s of those present have not accepted a seat. Choose from the list.") % {"people": people},
            field="present",
        )


class EvaluationOver(DomainError):
    """The form was sent already, or its last day has passed."""

    def __init__(self) -> None:
        super().__init__(_("This form has been sent already, or its last day has passed. Thank you all the same."))


class SeatElsewhere(DomainError):
    """Nobody takes two dates of a course, or sits in two rooms at once."""

    def __init__(self, course: str, on: date) -> None:
        super().__init__(
            _("You already have a seat on %(day)s: %(course)s. Give that one up first if you prefer this one.")
            % {"day": day(on), "course": course}
        )


class NoSeatHeld(DomainError):
    """There is no accepted seat to give up, move or exchange."""

    def __init__(self) -> None:
        super().__init__(_("There is no accepted seat here any more. Look at “My training” again."))


class NoSeatToMoveTo(DomainError):
    """No seat is free in the other session, or somebody is in line for it."""

    def __init__(self) -> None:
        super().__init__(
            _("No seat is free on that day, or somebody is in line for it. Ask somebody to change places.")
        )


class NotEmployedNow(DomainError):
    """Somebody isn't employed today."""

    def __init__(self) -> None:
        super().__init__(_("Only people who are employed today can be put on the list."))


class AlreadySeated(DomainError):
    """Somebody has a seat in the course."""

    def __init__(self) -> None:
        super().__init__(_("A seat in this course is already offered to this person this year."))


class AlreadyInLine(DomainError):
    """Somebody waits already."""

    def __init__(self) -> None:
        super().__init__(_("This person is on the list for this course already."))


class TooLateToObject(DomainError):
    """The head's days are over."""

    def __init__(self, last: date) -> None:
        super().__init__(
            _("Objections were possible until %(day)s. Talk to the person; they may give the seat up.")
            % {"day": day(last)}
        )


class FewerSeatsThanPeople(DomainError):
    """More people have seats than would be left."""

    def __init__(self, people: int) -> None:
        super().__init__(
            _("%(people)s seats are offered or accepted. Choose at least as many seats.") % {"people": people},
            field="capacity",
        )
