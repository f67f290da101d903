"""Open questions and tasks follow the unit: to the successor, else the deputy, else the Service until there is one."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import transaction

from kazipot.advisors import queries
from kazipot.advisors.choices import AppointmentRole, MessageKind
from kazipot.advisors.models import AssignmentShare, Handover, Thread, ThreadMessage
from kazipot.advisors.operations.letters import address_of, send
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.organisation.models import Person


@transaction.atomic
def hand_over(*, on: date, at: datetime) -> int:
    """Give what is open to who advises each unit on the day; returns how many hand-overs that took.

    Any number of times: what is in the right hands stays there, and so does what was passed on on purpose. A deputy
    holds things until there is an advisor again.
    """
    threads = list(lock(Thread.objects.filter(closed_at=None, unit__isnull=False).exclude(passed_on=True, holder=None)))
    shares = list(lock(AssignmentShare.objects.filter(done_at=None)))
    if not threads and not shares:
        return 0
    advisors, deputies = _present(on, AppointmentRole.ADVISOR), _present(on, AppointmentRole.DEPUTY)
    moved: dict[tuple[Any, int | None, int | None], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    piles: tuple[list[Thread] | list[AssignmentShare], ...] = (threads, shares)
    for kind, things in enumerate(piles):
        for thing in things:
            asker = thing.asker_id if isinstance(thing, Thread) else None
            theirs = [pk for pk in advisors[thing.unit_id] or deputies[thing.unit_id] if pk != asker]
            on_purpose = deputies[thing.unit_id] if isinstance(thing, Thread) and thing.passed_on else []
            if thing.holder_id not in {*theirs, *on_purpose, *([] if theirs else [None])}:
                moved[thing.unit_id, thing.holder_id, theirs[0] if theirs else None][kind].append(thing.pk)
    for (unit_id, giver, taker), (thread_ids, share_ids) in moved.items():
        _move(unit_id, giver, taker, thread_ids, share_ids, at)
    return len(moved)


def _present(on: date, role: AppointmentRole) -> dict[int | None, list[int]]:
    """Who has the role for a unit on the day, the newest first: {unit id: person ids}."""
    rows = queries.active_appointments(on).filter(role=role).order_by("-valid_from", "-id")
    found: dict[int | None, list[int]] = defaultdict(list)
    for unit_id, person_id in rows.values_list("unit_id", "person_id"):
        found[unit_id].append(person_id)
    return found


def _move(
    unit_id: int, giver: int | None, taker: int | None, thread_ids: list[int], share_ids: list[int], at: datetime
) -> None:
    Thread.objects.filter(pk__in=thread_ids).update(holder_id=taker)
    ThreadMessage.objects.bulk_create(
        ThreadMessage(thread_id=pk, kind=MessageKind.HANDED, handed_to_id=taker, at=at) for pk in thread_ids
    )
    AssignmentShare.objects.filter(pk__in=share_ids).update(holder_id=taker)
    made = Handover.objects.create(
        unit_id=unit_id, giver_id=giver, taker_id=taker, at=at, thread_ids=thread_ids, share_ids=share_ids
    )
    audit.record(
        "advisors.hand_over", made, actor=None, at=at, employer_code=made.unit.employer.code, unit=made.unit.code,
        threads=len(thread_ids), tasks=len(share_ids),
    )  # fmt: skip
    person = Person.objects.filter(pk=taker).first() if taker is not None else None
    if person is not None:
        context = {
            "handover": made, "threads": len(thread_ids), "shares": len(share_ids),
            "address": address_of("advisors:handover", made.pk),
        }  # fmt: skip
        send("handover", f"advisors.handover.{made.pk}", (person.email, person.language), context, at=at)
