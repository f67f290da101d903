"""Questions are asked, answered, passed on and closed; by page or by mail."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from kazipot.advisors import queries
from kazipot.advisors.choices import MessageKind
from kazipot.advisors.errors import NothingSaid, ThreadIsClosed, TooManyQuestions
from kazipot.advisors.models import Announcement, ReplyKey, Thread, ThreadMessage
from kazipot.advisors.operations.letters import address_of, send
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.mail import reply_address
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import digest, mail_token
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person

MOST_A_DAY = 20
"""So many questions a person may ask in a day, and so many messages send by mail."""


def reply_to(*, thread: Thread | None, person: Person | None = None, user: User | None = None, at: datetime) -> str:
    """A fresh reply address for one reader of one message; empty when the programme takes no mail."""
    token = mail_token()
    address = reply_address(token)
    if address:
        ReplyKey.objects.create(token_digest=digest(token), thread=thread, person=person, user=user, made_at=at)
    return address


@transaction.atomic
def ask(
    *,
    asker_id: int,
    unit_id: int | None,
    holder_id: int | None,
    subject: str,
    text: str,
    at: datetime,
    actor: User | None,
    by_mail: bool = False,
    dropped: int = 0,
) -> Thread:
    """A question to an advisor, or to the Service (`holder_id` None). Raises NothingSaid, TooManyQuestions."""
    asker = lock(Person.objects.filter(pk=asker_id)).get()
    if not text.strip():
        raise NothingSaid
    if queries.questions_since(asker_id, at) >= MOST_A_DAY:
        raise TooManyQuestions(MOST_A_DAY)
    thread = Thread.objects.create(
        unit_id=unit_id, asker=asker, holder_id=holder_id, passed_on=unit_id is None, subject=subject.strip()[:200],
        opened_at=at, last_at=at,
    )  # fmt: skip
    message = _add(thread, asker, text, at, by_mail=by_mail, dropped=dropped)
    _audit("advisors.ask", thread, at, actor, by_mail=by_mail)
    _tell(thread, message, at)
    return thread


@transaction.atomic
def answer(
    *,
    thread_id: int,
    author_id: int | None,
    text: str,
    at: datetime,
    actor: User | None,
    by_mail: bool = False,
    dropped: int = 0,
) -> ThreadMessage:
    """A message of one of the parties (`author_id` None: the Service); the other one is told.

    By mail a closed thread opens again; on the page that is refused. Raises NothingSaid, ThreadIsClosed.
    """
    thread = lock(Thread.objects.filter(pk=thread_id)).get()
    if not text.strip():
        raise NothingSaid
    if thread.closed_at is not None and not by_mail:
        raise ThreadIsClosed
    author = Person.objects.get(pk=author_id) if author_id is not None else None
    message = _add(thread, author, text, at, by_mail=by_mail, dropped=dropped)
    thread.waits, thread.last_at, thread.closed_at = author_id == thread.asker_id, at, None
    thread.save(update_fields=["waits", "last_at", "closed_at"])
    _audit("advisors.answer", thread, at, actor, by_mail=by_mail)
    _tell(thread, message, at)
    return message


def _add(
    thread: Thread, author: Person | None, text: str, at: datetime, *, by_mail: bool, dropped: int
) -> ThreadMessage:
    return ThreadMessage.objects.create(
        thread=thread, author=author, text=text.strip(), at=at, by_mail=by_mail, dropped=min(dropped, 999)
    )


def _tell(thread: Thread, message: ThreadMessage, at: datetime) -> None:
    """Mails the other party; the Service is everybody who has its role. Nobody gets the same message twice."""
    context = {"thread": thread, "message": message, "address": address_of("advisors:thread", thread.pk)}
    key = f"advisors.thread.{message.pk}"
    other = thread.holder if message.author_id == thread.asker_id else thread.asker
    if other is not None:
        if other.email:
            address = reply_to(thread=thread, person=other, at=at)
            send("thread", f"{key}.{other.pk}", (other.email, other.language), context, at=at, reply_to=address)
        return
    for user in organisation.users_with_role(Role.SERVICE, on=timezone.localtime(at).date()):
        if user.email:
            address = reply_to(thread=thread, user=user, at=at)
            send("thread", f"{key}.u{user.pk}", (user.email, user.language), context, at=at, reply_to=address)


@transaction.atomic
def pass_on(*, thread_id: int, holder_id: int | None, at: datetime, actor: User | None) -> Thread:
    """Who holds a thread gives it to somebody else (None: the Service), who from then on reads it in their place.

    Raises ThreadIsClosed.
    """
    thread = lock(Thread.objects.filter(pk=thread_id)).get()
    if thread.closed_at is not None:
        raise ThreadIsClosed
    thread.holder_id, thread.passed_on, thread.last_at = holder_id, True, at
    thread.save(update_fields=["holder", "passed_on", "last_at"])
    ThreadMessage.objects.create(thread=thread, kind=MessageKind.HANDED, handed_to_id=holder_id, at=at)
    _audit("advisors.pass_on", thread, at, actor)
    asked = queries.messages_of(thread.pk).filter(author_id=thread.asker_id).last()
    if asked is not None:
        _tell(thread, asked, at)
    return thread


@transaction.atomic
def close_thread(*, thread_id: int, at: datetime, actor: User | None) -> Thread:
    """Nothing more is to be said. Closing twice changes nothing."""
    thread = lock(Thread.objects.filter(pk=thread_id)).get()
    if thread.closed_at is None:
        thread.closed_at, thread.waits = at, False
        thread.save(update_fields=["closed_at", "waits"])
        _audit("advisors.close_thread", thread, at, actor)
    return thread


def _audit(verb: str, thread: Thread, at: datetime, actor: User | None, **detail: object) -> None:
    """That something was written, never what: the trail is read by others than the parties."""
    code = thread.unit.employer.code if thread.unit is not None else ""
    audit.record(verb, thread, actor=actor, at=at, employer_code=code, **detail)


@transaction.atomic
def announce(*, subject: str, text: str, at: datetime, actor: User | None) -> Announcement:
    """The Service tells every advisor; a reply by mail becomes a question to the Service."""
    made = Announcement.objects.create(subject=subject, text=text, published_at=at, author=actor)
    audit.record("advisors.announce", made, actor=actor, at=at)
    on = timezone.localtime(at).date()
    context = {"announcement": made, "address": address_of("advisors:announcements")}
    for person in {person.pk: person for person, _unit in queries.advisors_on(on)}.values():
        if person.email:
            address = reply_to(thread=None, person=person, at=at)
            reader = (person.email, person.language)
            send("announcement", f"advisors.announcement.{made.pk}.{person.pk}", reader, context, at=at,
                 reply_to=address)  # fmt: skip
    return made
