"""Advisors and deputies are appointed, replaced, and their appointments ended."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone, translation

from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.errors import (
    AlreadyAppointed,
    AlreadyEnded,
    EndsBeforeItBegins,
    NotEmployedHere,
    UnitNotThere,
)
from kazipot.advisors.models import Appointment
from kazipot.advisors.operations.decisions import issue
from kazipot.advisors.operations.handovers import hand_over
from kazipot.advisors.operations.roles import give_role, take_role
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.periods import overlaps
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person, Unit


@transaction.atomic
def appoint(
    *,
    unit_id: int,
    person_id: int,
    valid_from: date,
    decision_reference: str,
    role: str = AppointmentRole.ADVISOR,
    at: datetime,
    actor: User | None,
) -> Appointment:
    """Make a person the unit's digital advisor (or deputy) from a day on, by a decision, which is issued.

    A deputy who becomes the advisor is the deputy no longer. Open questions and tasks of the unit go to the advisor
    when the period has begun.

    Raises UnitNotThere, NotEmployedHere, AlreadyAppointed.
    """
    unit = lock(Unit.objects.filter(pk=unit_id)).select_related("employer").get()
    if organisation.unit_by_id(unit.pk, on=valid_from) is None:
        raise UnitNotThere
    person = Person.objects.get(pk=person_id)
    if not organisation.employments_on(valid_from).filter(person=person, employer=unit.employer).exists():
        raise NotEmployedHere
    held = list(Appointment.objects.filter(overlaps(valid_from, None), unit=unit, person=person))
    for row in held:
        if not _rises(row, role, valid_from):
            raise AlreadyAppointed
    for row in held:
        with translation.override("sl"):
            because = translation.gettext("appointed as advisor")
        end(appointment_id=row.pk, on=valid_from, because=because, at=at, actor=actor)
    appointment = Appointment.objects.create(
        unit=unit, person=person, valid_from=valid_from, decision_reference=decision_reference, role=role
    )
    issue(appointment, at=at)
    give_role(appointment, on=valid_from, at=at, actor=actor)
    audit.record(
        "advisors.appoint", appointment, actor=actor, at=at, employer_code=unit.employer.code,
        unit=unit.code, person=person.key, valid_from=valid_from.isoformat(), decision=decision_reference, role=role,
    )  # fmt: skip
    hand_over(on=timezone.localtime(at).date(), at=at)
    return appointment


def _rises(held: Appointment, role: str, valid_from: date) -> bool:
    """Whether what is held makes way: a deputy's appointment that began before the advisor's and has no end yet."""
    deputy = held.role == AppointmentRole.DEPUTY and role == AppointmentRole.ADVISOR
    return deputy and held.valid_to is None and held.valid_from < valid_from


@transaction.atomic
def end(*, appointment_id: int, on: date, because: str, at: datetime, actor: User | None) -> Appointment:
    """End an appointment: `on` is the first day on which the person is the advisor no longer.

    Raises AlreadyEnded, EndsBeforeItBegins.
    """
    appointment = lock(Appointment.objects.filter(pk=appointment_id)).select_related("unit__employer", "person").get()
    if appointment.valid_to is not None:
        raise AlreadyEnded
    if on <= appointment.valid_from:
        raise EndsBeforeItBegins
    appointment.valid_to = on
    appointment.ended_because = because
    appointment.save(update_fields=["valid_to", "ended_because"])
    audit.record(
        "advisors.end", appointment, actor=actor, at=at, employer_code=appointment.unit.employer.code,
        unit=appointment.unit.code, on=on.isoformat(), because=because,
    )  # fmt: skip
    take_role(appointment, on=on, at=at, actor=actor)
    hand_over(on=timezone.localtime(at).date(), at=at)
    return appointment


@transaction.atomic
def replace(
    *,
    appointment_id: int,
    person_id: int,
    on: date,
    because: str,
    decision_reference: str,
    at: datetime,
    actor: User | None,
) -> Appointment:
    """Put another person in an advisor's place on a day: one ends and the other begins, or neither does."""
    ended = end(appointment_id=appointment_id, on=on, because=because, at=at, actor=actor)
    return appoint(
        unit_id=ended.unit_id,
        person_id=person_id,
        valid_from=on,
        decision_reference=decision_reference,
        role=ended.role,
        at=at,
        actor=actor,
    )
