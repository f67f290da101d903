"""Incoming mail finds its thread: by the secret of the reply address and the sender, whom both must fit."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.advisors import queries
from kazipot.advisors.choices import MailOutcome
from kazipot.advisors.errors import NothingSaid, TooManyQuestions
from kazipot.advisors.models import ReplyKey
from kazipot.advisors.operations.letters import address_of, send
from kazipot.advisors.operations.threads import MOST_A_DAY, answer, ask
from kazipot.foundation.mail import Incoming, claim, settle
from kazipot.foundation.roles import Role
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person


@transaction.atomic
def take_mail(mail: Incoming, *, at: datetime) -> str | None:
    """What became of a message (`MailOutcome`); None when the same message was taken before.

    A message to a reply address goes on with its thread, one to the bare address asks the sender's advisor.
    Machines get no answer, so that nothing answers itself for ever.
    """
    claimed = claim(mail.message_id, at=at)
    if claimed is None:
        return None
    return settle(claimed, _place(mail, at))


def _place(mail: Incoming, at: datetime) -> MailOutcome:
    if mail.automatic:
        return MailOutcome.AUTOMATIC
    if not mail.text:
        return MailOutcome.EMPTY
    if not mail.token:
        return _question(mail, at)
    key = queries.reply_key(mail.token)
    if key is None:
        return MailOutcome.NO_THREAD
    return _reply(mail, key, at)


def _reply(mail: Incoming, key: ReplyKey, at: datetime) -> MailOutcome:
    who = key.person or key.user
    assert who is not None  # the database sees to it
    if who.email.lower() != mail.sender:
        _tell_of_other_sender(key, at)
        return MailOutcome.OTHER_SENDER
    if key.person is not None and queries.messages_since(key.person.pk, at) >= MOST_A_DAY:
        return MailOutcome.TOO_MANY
    if key.thread is None:
        return _ask(mail, key.person, unit_id=None, holder_id=None, at=at)
    if not _is_party(key, at):
        return MailOutcome.NO_THREAD
    answer(
        thread_id=key.thread.pk, author_id=key.person.pk if key.person else None, text=mail.text, at=at,
        actor=key.user, by_mail=True, dropped=mail.attachments,
    )  # fmt: skip
    return MailOutcome.ANSWERED


def _is_party(key: ReplyKey, at: datetime) -> bool:
    """Whether whose reply it is may still write: threads pass into other hands."""
    thread, on = key.thread, timezone.localtime(at).date()
    assert thread is not None  # asked for before
    if key.person is not None:
        return key.person.pk in (thread.asker_id, thread.holder_id)
    assert key.user is not None  # the database sees to it
    return (
        thread.holder_id is None and organisation.users_with_role(Role.SERVICE, on=on).filter(pk=key.user.pk).exists()
    )


def _question(mail: Incoming, at: datetime) -> MailOutcome:
    """A new question, from somebody whom the address makes known."""
    on = timezone.localtime(at).date()
    person = queries.person_by_mail(mail.sender, on=on)
    if person is None:
        return MailOutcome.STRANGER
    contacts = queries.contacts_of(person, on=on)
    for contact in contacts:
        for advisor in contact.advisors:
            if advisor.person_id != person.pk and contact.by is not None:
                return _ask(mail, person, unit_id=contact.by.id, holder_id=advisor.person_id, at=at)
    unit_id = contacts[0].unit.id if contacts and not contacts[0].advisors else None
    return _ask(mail, person, unit_id=unit_id, holder_id=None, at=at)


def _ask(
    mail: Incoming, person: Person | None, *, unit_id: int | None, holder_id: int | None, at: datetime
) -> MailOutcome:
    if person is None:
        return MailOutcome.NO_THREAD
    try:
        ask(
            asker_id=person.pk, unit_id=unit_id, holder_id=holder_id, subject=mail.subject or mail.text[:60],
            text=mail.text, at=at, actor=None, by_mail=True, dropped=mail.attachments,
        )  # fmt: skip
    except TooManyQuestions:
        return MailOutcome.TOO_MANY
    except NothingSaid:
        return MailOutcome.EMPTY
    return MailOutcome.ASKED


def _tell_of_other_sender(key: ReplyKey, at: datetime) -> None:
    """Whom the reply address belongs to learns, at their own address and once a day, that a reply wasn't taken."""
    who = key.person or key.user
    assert who is not None  # the database sees to it
    page = address_of("advisors:thread", key.thread.pk) if key.thread else address_of("advisors:threads")
    send(
        "other_sender", f"advisors.other_sender.{key.pk}.{at.date().isoformat()}", (who.email, who.language),
        {"address": page, "own": who.email}, at=at,
    )  # fmt: skip
