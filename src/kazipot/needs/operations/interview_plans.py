"""Interviews are planned, people are invited without their names being kept, and a plan may be cancelled."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.needs.choices import InterviewMode
from kazipot.needs.errors import InterviewInThePast, InterviewIsOver, OneAtATime, PeopleNotFound, UnitNotThere
from kazipot.needs.models import Interview, PlannedInterview
from kazipot.needs.operations.guides import settle_consent, settle_guide
from kazipot.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class InterviewLetter:
    """An invitation to print for somebody without an e-mail address. It is told here once and kept nowhere.

    `employer_id` and `unit_id` say where the person works, for whoever decides whether the name may be seen;
    `called` is the number or address by which the person was named. A head's letter has neither number nor place.
    """

    name: str
    called: str
    language: str
    employer_id: int | None
    unit_id: int | None
    subject: str
    body: str


@transaction.atomic
def plan_interview(
    *,
    unit_id: int,
    starts_at: datetime,
    minutes: int,
    place: str,
    form: str,
    people: int,
    language: str,
    contact: str,
    at: datetime,
    actor: User | None,
) -> PlannedInterview:
    """A talk with people of a unit is planned, with the guide and the consent text that are in use.

    Raises InterviewInThePast, OneAtATime, UnitNotThere.
    """
    if starts_at <= at:
        raise InterviewInThePast
    if form == InterviewMode.INDIVIDUAL and people != 1:
        raise OneAtATime
    day = timezone.localtime(starts_at).date()
    unit = organisation.unit_by_id(unit_id, on=day)
    if unit is None:
        raise UnitNotThere
    plan = PlannedInterview.objects.create(
        unit_id=unit_id,
        starts_at=starts_at,
        minutes=minutes,
        place=place,
        form=form,
        people=people,
        language=language,
        contact=contact,
        guide=settle_guide(year=day.year, at=at),
        consent_text=settle_consent(at=at),
        planned_at=at,
    )
    audit.record("needs.plan_interview", plan, actor=actor, at=at, employer_code=unit.employer_code)
    return plan


@transaction.atomic
def invite_people(*, plan_id: int, called: Sequence[str], at: datetime, actor: User | None) -> list[InterviewLetter]:
    """Invite people by personnel number (at the unit's employer) or e-mail address; all of them, or nobody.

    Mail goes to those with an address; for the others letters to print are returned. Only how many were invited
    is kept. Raises InterviewIsOver, PeopleNotFound.
    """
    plan = _open_plan(plan_id)
    on = timezone.localtime(at).date()
    words = list(dict.fromkeys(called))
    jobs = organisation.employments_called(words, plan.unit.employer_id, on=on)
    unknown = [word for word in words if word not in jobs]
    if unknown or not jobs:
        raise PeopleNotFound(unknown)
    letters, mails = [], []
    texts = {
        language: invitation_text(plan, language, on_behalf=False)
        for language in sorted({job.person.language for job in jobs.values()})
    }
    for word in {jobs[word].person_id: word for word in words}.values():
        job = jobs[word]
        subject, body = texts[job.person.language]
        if job.person.email:
            mails.append(outbox.Message(_key(), job.person.email, subject, body))
        else:
            letters.append(
                InterviewLetter(job.person.name, word, job.person.language, job.employer_id, job.unit_id, subject, body)
            )
    _sent(plan, mails, len(mails) + len(letters), at=at, actor=actor)
    return letters


@transaction.atomic
def ask_head(*, plan_id: int, at: datetime, actor: User | None) -> list[InterviewLetter]:
    """Ask whoever heads the unit (or the nearest unit above) to choose the people and to pass the invitation on.

    As many count as invited as are wanted. Without a head's e-mail address a letter to print is returned. Raises
    InterviewIsOver.
    """
    plan = _open_plan(plan_id)
    heads = organisation.heads_of_unit(plan.unit_id, on=timezone.localtime(at).date())
    reachable = [head for head in heads if head.email]
    mails, letters = [], []
    for head in reachable[:1]:
        subject, body = invitation_text(plan, head.language, on_behalf=True)
        mails.append(outbox.Message(_key(), head.email, subject, body))
    if not mails:
        subject, body = invitation_text(plan, "sl", on_behalf=True)
        letters.append(InterviewLetter("", "", "sl", None, None, subject, body))
    _sent(plan, mails, plan.people, at=at, actor=actor)
    return letters


@transaction.atomic
def cancel_interview(*, plan_id: int, reason: str, at: datetime, actor: User | None) -> None:
    """The talk won't be held. Who was invited is not known: whoever heads the unit is told, and tells them.

    Raises InterviewIsOver.
    """
    plan = _open_plan(plan_id)
    plan.cancelled_at, plan.reason = at, reason
    plan.save(update_fields=["cancelled_at", "reason"])
    heads = organisation.heads_of_unit(plan.unit_id, on=timezone.localtime(at).date())
    mails = []
    for head in [head for head in heads if head.email][:1]:
        with translation.override(head.language):
            context = {"plan": plan}
            subject = " ".join(render_to_string("needs/mail/interview_cancelled_subject.txt", context).split())
            body = render_to_string("needs/mail/interview_cancelled.txt", context)
        mails.append(outbox.Message(_key(), head.email, subject, body))
    outbox.enqueue_many(mails, at=at)
    audit.record("needs.cancel_interview", plan, actor=actor, at=at, employer_code=plan.unit.employer.code)


@transaction.atomic
def reschedule_interview(
    *, plan_id: int, starts_at: datetime, minutes: int, place: str, at: datetime, actor: User | None
) -> PlannedInterview:
    """The talk is held at another time or place. Who was invited is not known: whoever heads the unit is told.

    Raises InterviewIsOver, InterviewInThePast.
    """
    plan = _open_plan(plan_id)
    if starts_at <= at:
        raise InterviewInThePast
    before = plan.starts_at
    plan.starts_at, plan.minutes, plan.place = starts_at, minutes, place
    plan.save(update_fields=["starts_at", "minutes", "place"])
    heads = organisation.heads_of_unit(plan.unit_id, on=timezone.localtime(at).date())
    mails = []
    for head in [head for head in heads if head.email][:1]:
        with translation.override(head.language):
            context = {"plan": plan, "before": before}
            subject = " ".join(render_to_string("needs/mail/interview_moved_subject.txt", context).split())
            body = render_to_string("needs/mail/interview_moved.txt", context)
        mails.append(outbox.Message(_key(), head.email, subject, body))
    outbox.enqueue_many(mails, at=at)
    audit.record("needs.reschedule_interview", plan, actor=actor, at=at, employer_code=plan.unit.employer.code)
    return plan


def invitation_text(plan: PlannedInterview, language: str, *, on_behalf: bool) -> tuple[str, str]:
    """Subject and body of the invitation in a language; `on_behalf`: for the head who chooses the people."""
    day = timezone.localtime(plan.starts_at).date()
    unit = organisation.unit_by_id(plan.unit_id, on=day)
    with translation.override(language):
        context = {
            "plan": plan,
            "unit_name": unit.name if unit else plan.unit.code,
            "consent": plan.consent_text.text[language],
            "on_behalf": on_behalf,
        }
        subject = render_to_string("needs/mail/interview_subject.txt", context)
        body = render_to_string("needs/mail/interview.txt", context)
    return " ".join(subject.split()), body.strip()


def _open_plan(plan_id: int) -> PlannedInterview:
    rows = PlannedInterview.objects.filter(pk=plan_id).select_related("unit__employer", "consent_text")
    plan = lock(rows).get()
    if plan.cancelled_at or Interview.objects.filter(plan=plan).exists():
        raise InterviewIsOver
    return plan


def _sent(
    plan: PlannedInterview, mails: Sequence[outbox.Message], invited: int, *, at: datetime, actor: User | None
) -> None:
    """The mail leaves under keys of chance and the beginning of the day, so that it doesn't point to the plan."""
    day = timezone.make_aware(datetime.combine(timezone.localtime(at).date(), time.min))
    outbox.enqueue_many(mails, at=day)
    PlannedInterview.objects.filter(pk=plan.pk).update(invited=F("invited") + invited)
    audit.record(
        "needs.invite_to_interview", plan, actor=actor, at=at, employer_code=plan.unit.employer.code, invited=invited
    )


def _key() -> str:
    return f"needs.interview.{secrets.token_hex(16)}"
