"""Open questions and tasks follow the unit: to the successor, else the deputy, else the Service until there is one."""

from collections import defaultdict
from datetime import date, datetime

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

    Any number of times: what is in the right hands stays there, and so does what was passed to the Service on purpose.
    """
    threads = list(lock(Thread.objects.filter(closed_at=None, passed_on=False, unit__isnull=False)))
    shares = list(lock(AssignmentShare.objects.filter(done_at=None)))
    if not threads and not shares:
        return 0
    present = _present(on)
    moved: dict[tuple[int, int | None, int | None], tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for thread in threads:
        assert thread.unit_id is not None  # asked for
        place = _place(present, thread.unit_id, thread.asker_id)
        if thread.holder_id not in place and (place or thread.holder_id is not None):
            moved[thread.unit_id, thread.holder_id, next(iter(place), None)][0].append(thread.pk)
    for share in shares:
        place = _place(present, share.unit_id, None)
        if share.holder_id not in place and (place or share.holder_id is not None):
            moved[share.unit_id, share.holder_id, next(iter(place), None)][1].append(share.pk)
    for (unit_id, giver, taker), (thread_ids, share_ids) in moved.items():
        _move(unit_id, giver, taker, thread_ids, share_ids, at)
    return len(moved)


def _present(on: date) -> dict[int, list[int]]:
    """Who advises a unit, advisors before deputies, the newest first."""
    rows = queries.active_appointments(on).order_by("-valid_from", "-id").values_list("unit_id", "person_id", "role")
    found: dict[int, list[int]] = defaultdict(list)
    for role in (AppointmentRole.ADVISOR, AppointmentRole.DEPUTY):
        for unit_id, person_id, held in rows:
            if held == role:
                found[unit_id].append(person_id)
    return found


def _place(present: dict[int, list[int]], unit_id: int, asker_id: int | None) -> list[int]:
    """Who may hold something of a unit: its own advisors, never who asked."""
    return [person_id for person_id in present.get(unit_id, []) if person_id != asker_id]


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
