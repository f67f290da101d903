"""Tasks are given and done; steps of the path for new advisors are ticked off."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kazipot.advisors import queries
from kazipot.advisors.errors import NobodyToAsk, ShareIsDone, UnknownStep
from kazipot.advisors.models import Assignment, AssignmentShare, OnboardingTick
from kazipot.advisors.operations.letters import address_of, send
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.organisation.models import Person


@transaction.atomic
def give_assignment(
    *, title: str, text: str, due_on: date, unit_ids: Collection[int], at: datetime, actor: User | None
) -> Assignment:
    """A task for the advisors of some units, one share each; who holds one is told. Raises NobodyToAsk."""
    holders: dict[int, int] = {}
    people: dict[int, Person] = {}
    for person, unit_id in queries.advisors_on(timezone.localtime(at).date()):
        people[person.pk] = person
        holders.setdefault(unit_id, person.pk)
    advisors = queries.active_appointments(timezone.localtime(at).date()).filter(role="advisor")
    holders |= dict(advisors.values_list("unit_id", "person_id"))
    wanted = sorted(set(unit_ids) & holders.keys())
    if not wanted:
        raise NobodyToAsk
    made = Assignment.objects.create(title=title, text=text, due_on=due_on, given_at=at, given_by=actor)
    AssignmentShare.objects.bulk_create(
        AssignmentShare(assignment=made, unit_id=unit_id, holder_id=holders[unit_id]) for unit_id in wanted
    )
    audit.record("advisors.give_task", made, actor=actor, at=at, units=len(wanted), due_on=due_on.isoformat())
    for person_id in sorted({holders[unit_id] for unit_id in wanted}):
        person = people[person_id]
        context = {"assignment": made, "address": address_of("advisors:tasks")}
        key = f"advisors.task.{made.pk}.{person_id}"
        send("task", key, (person.email, person.language), context, at=at)
    return made


@transaction.atomic
def finish_share(*, share_id: int, note: str, at: datetime, actor: User | None) -> AssignmentShare:
    """A share is done. Raises ShareIsDone."""
    share = lock(AssignmentShare.objects.filter(pk=share_id)).get()
    if share.done_at is not None:
        raise ShareIsDone
    share.done_at, share.note = at, note
    share.save(update_fields=["done_at", "note"])
    audit.record(
        "advisors.finish_task", share, actor=actor, at=at, employer_code=share.unit.employer.code, unit=share.unit.code
    )
    return share


@transaction.atomic
def tick_step(*, person_id: int, step: str, done: bool, at: datetime, actor: User | None) -> None:
    """A step of the path is done, or not yet after all. Raises UnknownStep."""
    if step not in queries.step_codes():
        raise UnknownStep
    if not done:
        OnboardingTick.objects.filter(person_id=person_id, step=step).delete()
        return
    tick, fresh = OnboardingTick.objects.get_or_create(person_id=person_id, step=step, defaults={"done_at": at})
    if fresh:
        audit.record("advisors.tick_step", tick, actor=actor, at=at, step=step)
