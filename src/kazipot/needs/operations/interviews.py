"""Interviews come in, are coded by each coder alone, agreed on, and withdrawn when somebody takes back the consent."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from kazipot.core.language.sentences import sentences
from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.framework import queries as frameworks
from kazipot.framework.models import Competence, Framework
from kazipot.needs.choices import PassageKind
from kazipot.needs.errors import (
    InterviewInTheFuture,
    InterviewIsOver,
    KindMissing,
    NoActiveFramework,
    NothingSaid,
    OtherFramework,
    PassagesChanged,
    UnitNotThere,
)
from kazipot.needs.models import Coding, CodingCompetence, Interview, Passage, PlannedInterview
from kazipot.needs.operations.guides import settle_consent
from kazipot.organisation import queries as organisation

BATCH = 500


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody heard in a passage: competences and of what kind it is; no competences is an answer too."""

    competence_ids: frozenset[int]
    kind: str = ""
    end: int | None = None
    """Where the passage ended when it was looked at, if that is to be checked."""


@transaction.atomic
def record_interview(
    *,
    unit_id: int,
    held_on: date,
    people: int,
    consent: str,
    text: str,
    guide_id: int | None = None,
    plan_id: int | None = None,
    at: datetime,
    actor: User | None,
) -> Interview:
    """Notes or a transcript, cut into passages. The trail says that it was recorded, not what was said.

    With a plan, the plan is held and says which consent text was shown; without one it is the text in use. Raises
    InterviewInTheFuture, UnitNotThere, NoActiveFramework, NothingSaid, InterviewIsOver.
    """
    plan = _plan_to_hold(plan_id)
    if held_on > timezone.localtime(at).date():
        raise InterviewInTheFuture
    unit = organisation.unit_by_id(unit_id, on=held_on)
    if unit is None or (plan and plan.unit_id != unit_id):
        raise UnitNotThere
    framework = _framework(held_on)
    places = sentences(text)
    if not places:
        raise NothingSaid
    interview = Interview.objects.create(
        unit_id=unit_id,
        framework=framework,
        held_on=held_on,
        people=people,
        consent=consent,
        text=text,
        recorded_at=at,
        plan=plan,
        guide_id=guide_id,
        consent_text=plan.consent_text if plan else settle_consent(at=at),
    )
    _cut(interview, places)
    audit.record(
        "needs.record_interview", interview, actor=actor, at=at, employer_code=unit.employer_code, passages=len(places)
    )
    return interview


@transaction.atomic
def code_passages(*, interview_id: int, heard: Mapping[int, Heard], at: datetime, actor: User) -> None:
    """What a coder heard in some passages ({passage id: Heard}); replaces what the same coder said of them before.

    Raises OtherFramework, KindMissing, PassagesChanged.
    """
    _write(interview_id, heard, at, actor)


@transaction.atomic
def agree_on_passages(*, interview_id: int, heard: Mapping[int, Heard], at: datetime, actor: User) -> None:
    """What the coders agreed on for some passages; their own codings stay.

    Raises OtherFramework, KindMissing, PassagesChanged.
    """
    _write(interview_id, heard, at, None)
    interview = Interview.objects.select_related("unit__employer").get(pk=interview_id)
    audit.record(
        "needs.agree_on_passages", interview, actor=actor, at=at, employer_code=interview.unit.employer.code,
        passages=len(heard),
    )  # fmt: skip


@transaction.atomic
def withdraw_interview(*, interview_id: int, at: datetime, actor: User | None) -> None:
    """The text, its passages, codings, quotes and plan are deleted; the trail keeps that there was an interview."""
    interview = lock(Interview.objects.filter(pk=interview_id)).select_related("unit__employer").get()
    audit.record("needs.withdraw_interview", interview, actor=actor, at=at, employer_code=interview.unit.employer.code)
    plan = interview.plan
    interview.delete()
    if plan is not None:
        plan.delete()


def _framework(on: date) -> Framework:
    found = frameworks.active_framework(on)
    if found is None:
        raise NoActiveFramework
    return found


def _cut(interview: Interview, places: Sequence[tuple[int, int]]) -> None:
    Passage.objects.bulk_create(
        (
            Passage(interview=interview, position=position, start=start, end=end)
            for position, (start, end) in enumerate(places, start=1)
        ),
        batch_size=BATCH,
    )


def _plan_to_hold(plan_id: int | None) -> PlannedInterview | None:
    if plan_id is None:
        return None
    plan = lock(PlannedInterview.objects.filter(pk=plan_id).select_related("consent_text")).get()
    if plan.cancelled_at or Interview.objects.filter(plan=plan).exists():
        raise InterviewIsOver
    return plan


def _write(interview_id: int, heard: Mapping[int, Heard], at: datetime, coder: User | None) -> None:
    interview = lock(Interview.objects.filter(pk=interview_id)).get()
    passages = dict(Passage.objects.filter(interview=interview, pk__in=heard).values_list("pk", "end"))
    if any(said.end not in {None, passages.get(pk)} for pk, said in heard.items()):
        raise PassagesChanged
    _check(interview, heard.values())
    Coding.objects.filter(passage__in=passages, coder=coder).delete()
    codings = Coding.objects.bulk_create(
        Coding(passage_id=pk, coder=coder, kind=heard[pk].kind if heard[pk].competence_ids else "", coded_at=at)
        for pk in passages
    )
    CodingCompetence.objects.bulk_create(
        CodingCompetence(coding=coding, competence_id=one)
        for coding in codings
        for one in sorted(heard[coding.passage_id].competence_ids)
    )


def _check(interview: Interview, heard: Collection[Heard]) -> None:
    ids = {competence_id for said in heard for competence_id in said.competence_ids}
    known = Competence.objects.filter(framework_id=interview.framework_id, pk__in=ids).count()
    if known != len(ids):
        raise OtherFramework
    if any(said.competence_ids and said.kind not in PassageKind.values for said in heard):
        raise KindMissing
