"""What people are told by mail of their seats, in their language."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import outbox
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.models import Person
from kazipot.training.models import Objection, SeatOffer, Session, Swap


def cancelled_mails(session: Session, offers: Iterable[SeatOffer], because: str) -> list[outbox.Message]:
    """To those whose offer waits: the session is off."""
    return _to_each(
        offers, "cancelled",
        lambda _offer: (
            _("No longer: %(course)s") % {"course": session.course.title},
            _("The session on %(day)s does not take place: %(because)s\nYou are in line for the next one.\n")
            % {"day": day(session.starts_on), "because": because},
        ),
    )  # fmt: skip


def moved_mails(session: Session, offers: Iterable[SeatOffer]) -> list[outbox.Message]:
    """To those whose offer waits: day, hour or place have changed."""
    return _to_each(
        offers, f"moved.{session.sequence}",
        lambda _offer: (
            _("Changed: %(course)s") % {"course": session.course.title},
            _("The seat that waits for your answer is now on %(day)s at %(hour)s, %(place)s.\n")
            % {"day": day(session.starts_on), "hour": f"{session.begins_at:%H.%M}", "place": session.place},
        ),
    )  # fmt: skip


def reminder_mails(session: Session, offers: Iterable[SeatOffer]) -> list[outbox.Message]:
    """To those who haven't answered: until when they may. The link is in the first message."""
    return _to_each(
        offers, "reminder",
        lambda offer: (
            _("We still wait for your answer: %(course)s") % {"course": session.course.title},
            _("A seat on %(day)s waits for your answer until %(last)s. The link is in our first message; when you are "
              "signed in, answer under “My training”.\n")
            % {"day": day(session.starts_on), "last": day(offer.answer_by)},
        ),
    )  # fmt: skip


def announcement_mails(session: Session, offers: Iterable[SeatOffer]) -> list[outbox.Message]:
    """To those who have a seat: it is soon."""
    return _to_each(
        offers, f"announcement.{session.pk}.{session.sequence}",
        lambda _offer: (
            _("Soon: %(course)s") % {"course": session.course.title},
            _("You have a seat on %(day)s at %(hour)s, %(place)s. If you can't come, please give it up under “My "
              "training”, so that somebody else can.\n")
            % {"day": day(session.starts_on), "hour": f"{session.begins_at:%H.%M}", "place": session.place},
        ),
    )  # fmt: skip


def objection_mail(session: Session, person: Person, made: Objection) -> list[outbox.Message]:
    """To the person: why the seat was withdrawn."""
    if not person.email:
        return []
    with override(person.language):
        subject = _("Not this time: %(course)s") % {"course": session.course.title}
        body = _(
            "Your head can't spare you on %(day)s: %(reason)s\nYou keep your place in line for the course's other "
            "sessions.\n"
        ) % {"day": day(session.starts_on), "reason": made.reason}
    return [outbox.Message(f"training.objection.{made.pk}", person.email, subject, body)]


def swap_mail(swap: Swap) -> list[outbox.Message]:
    """To whom is asked to change places."""
    person = swap.asked.person
    if not person.email:
        return []
    mine, theirs = swap.asked.session, swap.asked_by.session
    with override(person.language):
        subject = _("Would you change places? %(course)s") % {"course": mine.course.title}
        body = _(
            "A colleague would give you their seat on %(theirs)s for yours on %(mine)s. Answer under “My training”.\n"
        )
        body = body % {"theirs": day(theirs.starts_on), "mine": day(mine.starts_on)}
    return [outbox.Message(f"training.swap.{swap.pk}", person.email, subject, body)]


def _to_each(
    offers: Iterable[SeatOffer], what: str, words: Callable[[SeatOffer], tuple[str, str]]
) -> list[outbox.Message]:
    rows = {offer.person_id: offer for offer in offers}
    found = []
    for person in Person.objects.filter(pk__in=rows).exclude(email="").order_by("pk"):
        with override(person.language):
            subject, body = words(rows[person.pk])
        key = f"training.{what}.{rows[person.pk].pk}.{rows[person.pk].stay}"
        found.append(outbox.Message(key, person.email, subject, body))
    return found
