"""Questions and answers, for their parties."""

from datetime import date, datetime, timedelta

from django.db.models import Prefetch, Q, QuerySet

from kazipot.advisors.choices import MessageKind
from kazipot.advisors.models import Announcement, ReplyKey, Thread, ThreadMessage
from kazipot.foundation.tokens import digest
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person


def _threads() -> QuerySet[Thread]:
    return Thread.objects.select_related("unit__employer", "asker", "holder")


def thread(thread_id: int) -> Thread | None:
    """One thread, or None."""
    return _threads().filter(pk=thread_id).first()


def messages_of(thread_id: int) -> QuerySet[ThreadMessage]:
    """A thread's messages, the first one first."""
    rows = ThreadMessage.objects.filter(thread_id=thread_id).select_related("author", "handed_to")
    return rows.order_by("at", "id")


def threads_of(person_id: int | None, *, service: bool) -> QuerySet[Thread]:
    """Threads that the person asked or holds (the Service's too, if asked for), open ones first, then the latest."""
    mine = Q(pk=None)
    if person_id is not None:
        mine |= Q(asker_id=person_id) | Q(holder_id=person_id)
    if service:
        mine |= Q(holder=None)
    return _threads().filter(mine).order_by("closed_at", "-waits", "-last_at", "-id")


def asked_of(person_id: int) -> QuerySet[Thread]:
    """Open questions to the person that wait for an answer, the longest-waiting first."""
    return _threads().filter(holder_id=person_id, closed_at=None, waits=True).order_by("last_at", "id")


def questions_waiting(person_id: int | None, *, service: bool) -> int:
    """How many open questions wait for the person's answer, and the Service's if asked for. One query."""
    mine = Q(holder_id=person_id) if person_id is not None else Q(pk=None)
    theirs = Q(holder=None) if service else Q(pk=None)
    return Thread.objects.filter(mine | theirs, closed_at=None, waits=True).count()


def questions_since(person_id: int, at: datetime) -> int:
    """How many questions the person asked in the last day."""
    return Thread.objects.filter(asker_id=person_id, opened_at__gt=at - timedelta(days=1)).count()


def messages_since(person_id: int, at: datetime) -> int:
    """How many messages the person sent by mail in the last day."""
    return ThreadMessage.objects.filter(author_id=person_id, by_mail=True, at__gt=at - timedelta(days=1)).count()


def reply_key(token: str) -> ReplyKey | None:
    """What a reply address stands for, or None."""
    return ReplyKey.objects.filter(token_digest=digest(token)).select_related("thread", "person", "user").first()


def person_by_mail(address: str, *, on: date) -> Person | None:
    """The one person employed on the day who has this address; None when nobody has it, or several."""
    rows = Person.objects.filter(email__iexact=address, pk__in=organisation.employments_on(on).values("person_id"))
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


def announcements() -> QuerySet[Announcement]:
    """What the Service told all advisors, the latest first."""
    return Announcement.objects.order_by("-published_at", "-id")


def threads_by_id(thread_ids: list[int]) -> QuerySet[Thread]:
    """These threads, with what was written last."""
    last = ThreadMessage.objects.filter(kind=MessageKind.WRITTEN).order_by("-at", "-id")
    return _threads().filter(pk__in=thread_ids).prefetch_related(Prefetch("messages", queryset=last))
