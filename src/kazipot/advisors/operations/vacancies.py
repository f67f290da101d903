"""The watch over vacancies: noticed on the day they arise, told to the head at once and further up as days pass."""

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation

from kazipot.advisors import queries
from kazipot.advisors.choices import VacancyCause
from kazipot.advisors.models import EscalationStep, Vacancy, VacancyNotice
from kazipot.advisors.operations.appointments import end
from kazipot.advisors.operations.handovers import hand_over
from kazipot.advisors.operations.roles import give_missing_roles
from kazipot.advisors.queries import UnitCoverage
from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.organisation import queries as organisation


@transaction.atomic
def watch(*, at: datetime) -> tuple[int, int]:
    """What workers do in every round, any number of times: notice vacancies that arose and those that are over, end
    the appointments of people who left, hand over what they had open, and tell who is to be told.

    Returns (noticed, told)."""
    on = timezone.localtime(at).date()
    rows = {row.unit.id: row for row in queries.coverage(on)}
    known = {vacancy.unit_id: vacancy for vacancy in lock(Vacancy.objects.filter(closed_on=None))}
    for unit_id, vacancy in known.items():
        if unit_id not in rows or not rows[unit_id].vacant:
            vacancy.closed_on = max(on, vacancy.since)
            vacancy.save(update_fields=["closed_on"])
    _end_of_leavers(on, at)
    give_missing_roles(on=on, at=at)
    hand_over(on=on, at=at)
    fresh = [_notice(row, on, at) for row in rows.values() if row.vacant and row.unit.id not in known]
    open_ones = [vacancy for unit_id, vacancy in known.items() if vacancy.closed_on is None]
    told = sum(_tell(vacancy, rows[vacancy.unit_id], on, at) for vacancy in [*open_ones, *fresh])
    return len(fresh), told


def _end_of_leavers(on: date, at: datetime) -> None:
    with translation.override("sl"):
        because = translation.gettext("left the employer")
    for appointment, last in queries.appointments_of_leavers(on):
        if last > appointment.valid_from:
            end(appointment_id=appointment.pk, on=last, because=because, at=at, actor=None)


def _notice(row: UnitCoverage, on: date, at: datetime) -> Vacancy:
    last = queries.last_covered(row.unit.id, before=on)
    if last is None:
        since, cause = on, VacancyCause.NEVER
    else:
        since, cause = last.day, VacancyCause.LEFT if last.left else VacancyCause.ENDED
    vacancy = Vacancy.objects.create(unit_id=row.unit.id, since=since, cause=cause, noticed_at=at)
    audit.record(
        "advisors.vacancy", vacancy, actor=None, at=at, employer_code=row.unit.employer_code,
        unit=row.unit.code, since=since.isoformat(), cause=cause,
    )  # fmt: skip
    return vacancy


def _tell(vacancy: Vacancy, row: UnitCoverage, on: date, at: datetime) -> int:
    """Mails to whom the vacancy's age concerns and who wasn't told yet; how many."""
    already = set(vacancy.notices.values_list("office", "recipient"))
    days = (on - vacancy.since).days
    due = [("", head.email, head.language) for head in organisation.heads_of_unit(vacancy.unit_id, on=on)]
    due += [("", user.email, user.language) for user in organisation.users_with_role(Role.SERVICE, on=on)]
    due += [(step.title, step.email, "sl") for step in EscalationStep.objects.all() if days >= step.after_days]
    told = 0
    for office, email, language in due:
        if not email or (office, email) in already:
            continue
        already.add((office, email))
        VacancyNotice.objects.create(vacancy=vacancy, office=office, recipient=email, told_at=at)
        _mail(vacancy, row, office, email, language, at)
        told += 1
    return told


def _mail(vacancy: Vacancy, row: UnitCoverage, office: str, email: str, language: str, at: datetime) -> None:
    with translation.override(language):
        place = reverse("advisors:unit", args=(row.unit.employer_code, row.unit.code))
        context = {
            "unit": row.unit, "vacancy": vacancy, "office": office, "address": f"{settings.KAZIPOT_ADDRESS}{place}",
        }  # fmt: skip
        subject = " ".join(render_to_string("advisors/mail/vacancy_subject.txt", context).split())
        body = render_to_string("advisors/mail/vacancy.txt", context)
    key = f"advisors.vacancy.{vacancy.pk}.{office}.{email}"
    outbox.enqueue(key=key, recipient=email, subject=subject, body=body, at=at)


@transaction.atomic
def set_steps(*, steps: list[tuple[str, str, int]], at: datetime, actor: User | None) -> list[EscalationStep]:
    """Who is told after the head: (office, e-mail, days), in place of what was set. Nobody is told twice."""
    EscalationStep.objects.all().delete()
    made = [EscalationStep.objects.create(title=title, email=email, after_days=days) for title, email, days in steps]
    target = made[0] if made else EscalationStep(pk=0)
    audit.record("advisors.set_steps", target, actor=actor, at=at, steps=len(made))
    return made
