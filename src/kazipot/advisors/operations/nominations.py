"""A head proposes an advisor, the nominee agrees or declines, the Service confirms or refuses."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kazipot.advisors import queries
from kazipot.advisors.choices import OPEN_STATES, AppointmentRole, NominationState
from kazipot.advisors.errors import (
    AdvisorOfTooMany,
    AlreadyAppointed,
    AlreadyNominated,
    NominationIsOver,
    NotEmployedHere,
    NotYetAgreed,
    UnitNotThere,
)
from kazipot.advisors.models import Appointment, Nomination
from kazipot.advisors.operations.appointments import appoint, end
from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Unit


@transaction.atomic
def nominate(
    *,
    unit_id: int,
    person_id: int,
    first_day: date,
    role: str = AppointmentRole.ADVISOR,
    note: str = "",
    trained: str = "",
    agreed_how: str = "",
    replaces_id: int | None = None,
    at: datetime,
    actor: User | None,
) -> Nomination:
    """Propose a person for a unit. `agreed_how` says how they agreed (who has no account can't do it here).

    Raises UnitNotThere, NotEmployedHere, AlreadyAppointed, AlreadyNominated, AdvisorOfTooMany.
    """
    unit = lock(Unit.objects.filter(pk=unit_id)).select_related("employer").get()
    if organisation.unit_by_id(unit_id, on=first_day) is None:
        raise UnitNotThere
    if not organisation.employments_on(first_day).filter(person_id=person_id, employer=unit.employer).exists():
        raise NotEmployedHere
    held = queries.active_appointments(first_day).filter(unit=unit, person_id=person_id)
    if held.filter(role__in={AppointmentRole.ADVISOR, role}).exists():
        raise AlreadyAppointed
    if Nomination.objects.filter(unit=unit, person_id=person_id, state__in=OPEN_STATES).exists():
        raise AlreadyNominated
    _refuse_too_many(person_id, role, first_day, leaving=replaces_id)
    nomination = Nomination.objects.create(
        unit=unit, person_id=person_id, role=role, first_day=first_day, note=note, trained=trained,
        state=NominationState.AGREED if agreed_how else NominationState.PROPOSED,
        agreed_at=at if agreed_how else None, agreed_how=agreed_how, replaces_id=replaces_id,
        nominated_by=actor, nominated_at=at,
    )  # fmt: skip
    audit.record(
        "advisors.nominate", nomination, actor=actor, at=at, employer_code=unit.employer.code,
        unit=unit.code, person=nomination.person.key, role=role, first_day=first_day.isoformat(),
    )  # fmt: skip
    if agreed_how:
        _tell_service(nomination, at)
    elif nomination.person.email:
        _mail("proposed", nomination, [(nomination.person.email, nomination.person.language)], at)
    return nomination


def _refuse_too_many(person_id: int, role: str, on: date, *, leaving: int | None) -> None:
    held = queries.active_appointments(on).filter(person_id=person_id, role=AppointmentRole.ADVISOR)
    if role == AppointmentRole.ADVISOR and held.exclude(pk=leaving or 0).count() >= queries.MOST_UNITS:
        raise AdvisorOfTooMany(queries.MOST_UNITS)


@transaction.atomic
def agree(*, nomination_id: int, how: str, at: datetime, actor: User | None) -> Nomination:
    """The nominee says yes (or somebody writes down how they did). Raises NominationIsOver."""
    nomination = _open(nomination_id)
    if nomination.state == NominationState.AGREED:
        return nomination
    nomination.state, nomination.agreed_at, nomination.agreed_how = NominationState.AGREED, at, how
    nomination.save(update_fields=["state", "agreed_at", "agreed_how"])
    _note("advisors.agree", nomination, at, actor)
    _tell_service(nomination, at)
    return nomination


@transaction.atomic
def close(*, nomination_id: int, state: NominationState, because: str, at: datetime, actor: User | None) -> Nomination:
    """A nomination is declined, refused or withdrawn; who proposed it is told why. Raises NominationIsOver."""
    nomination = _open(nomination_id)
    _decide(nomination, state, because, at)
    _note(f"advisors.nomination_{state}", nomination, at, actor, because=because)
    proposer = nomination.nominated_by
    if proposer is not None and proposer.email and proposer != actor:
        _mail("closed", nomination, [(proposer.email, proposer.language)], at)
    return nomination


@transaction.atomic
def confirm(*, nomination_id: int, decision_reference: str, at: datetime, actor: User | None) -> Appointment:
    """The Service confirms: the person is appointed by a decision, in the place of whom they replace.

    From the day proposed, or from today if that has passed: who had no advisor had none, whatever is confirmed later.

    Raises NominationIsOver, NotYetAgreed, AdvisorOfTooMany, and what `appoint` raises.
    """
    nomination = _open(nomination_id)
    if nomination.state != NominationState.AGREED:
        raise NotYetAgreed
    nomination.first_day = max(nomination.first_day, timezone.localtime(at).date())
    _refuse_too_many(nomination.person_id, nomination.role, nomination.first_day, leaving=nomination.replaces_id)
    former = nomination.replaces
    if former is not None and former.valid_to is None:
        with translation.override("sl"):
            because = translation.gettext("handed over to a successor")
        end(appointment_id=former.pk, on=nomination.first_day, because=because, at=at, actor=actor)
    appointment = appoint(
        unit_id=nomination.unit_id, person_id=nomination.person_id, valid_from=nomination.first_day,
        decision_reference=decision_reference, role=nomination.role, at=at, actor=actor,
    )  # fmt: skip
    nomination.appointment = appointment
    _decide(nomination, NominationState.CONFIRMED, "", at)
    _note("advisors.confirm", nomination, at, actor, decision=decision_reference)
    people = [(person.email, person.language) for person in (nomination.person, nomination.nominated_by) if person]
    _mail("confirmed", nomination, people, at)
    return appointment


def _open(nomination_id: int) -> Nomination:
    nomination = lock(Nomination.objects.filter(pk=nomination_id)).get()
    if nomination.state not in OPEN_STATES:
        raise NominationIsOver
    return nomination


def _decide(nomination: Nomination, state: NominationState, because: str, at: datetime) -> None:
    nomination.state, nomination.decided_at, nomination.decided_because = state, at, because
    nomination.save(update_fields=["state", "decided_at", "decided_because", "appointment", "first_day"])


def _note(verb: str, nomination: Nomination, at: datetime, actor: User | None, **detail: Any) -> None:
    unit = nomination.unit
    audit.record(
        verb, nomination, actor=actor, at=at, employer_code=unit.employer.code,
        unit=unit.code, person=nomination.person.key, **detail,
    )  # fmt: skip


def _tell_service(nomination: Nomination, at: datetime) -> None:
    service = organisation.users_with_role(Role.SERVICE, on=timezone.localtime(at).date())
    _mail("agreed", nomination, [(user.email, user.language) for user in service], at)


def _mail(what: str, nomination: Nomination, recipients: list[tuple[str, str]], at: datetime) -> None:
    unit = organisation.unit_by_id(nomination.unit_id, on=nomination.first_day)
    for email, language in {pair for pair in recipients if pair[0]}:
        with translation.override(language):
            context = {
                "what": what, "nomination": nomination, "unit": unit,
                "address": f"{settings.KAZIPOT_ADDRESS}{reverse('advisors:nomination', args=[nomination.pk])}",
            }  # fmt: skip
            subject = " ".join(render_to_string("advisors/mail/nomination_subject.txt", context).split())
            body = render_to_string("advisors/mail/nomination.txt", context)
        key = f"advisors.nomination.{nomination.pk}.{what}.{email}"
        outbox.enqueue(key=key, recipient=email, subject=subject, body=body, at=at)
