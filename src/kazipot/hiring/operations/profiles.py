"""Demands of a family of posts: proposed, corrected by people, approved by somebody else, and kept in versions."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.hiring import queries
from kazipot.hiring.choices import ProfileStatus
from kazipot.hiring.errors import (
    DemandedTwice,
    LaterVersion,
    NoDraftOfTheFamily,
    NothingDemanded,
    NothingToPropose,
    ProfileApprovedByTheAuthor,
)
from kazipot.hiring.models import FamilyDemand, FamilyProfile
from kazipot.hiring.operations.postings import Demand
from kazipot.organisation.models import Employer


@transaction.atomic
def propose_family(
    *,
    employer_id: int,
    family: str,
    told: Collection[queries.Told],
    analysis: Mapping[str, Any] | None,
    on: date,
    at: datetime,
    actor: User | None,
) -> FamilyProfile:
    """A draft of a family's demands by the rule, with what asked for each; one that waits is written anew.

    `told`: what the needs analysis tells of the family; `analysis`: which one it was. Raises NothingToPropose.
    """
    employer = lock(Employer.objects.filter(pk=employer_id)).get()
    sources, similar = queries.known_of(employer_id, family, told, on=on)
    proposed = queries.propose_demands(sources)
    if not proposed:
        raise NothingToPropose
    draft = _draft(employer, family, at, actor)
    draft.basis = {"rule": queries.RULE_VERSION, "analysis": dict(analysis) if analysis else None, "similar": similar}
    draft.save()
    draft.demands.all().delete()
    FamilyDemand.objects.bulk_create(
        FamilyDemand(
            profile=draft, competence_id=row.competence_id, level=row.level, required=row.required,
            because=[list(pair) for pair in row.because],
        )
        for row in proposed
    )  # fmt: skip
    _recorded("propose_family", draft, at, actor, demands=len(proposed))
    return draft


@transaction.atomic
def start_family(*, employer_id: int, family: str, on: date, at: datetime, actor: User | None) -> FamilyProfile:
    """A draft that begins with what holds on the day (or with nothing); one that waits stays as it is."""
    employer = lock(Employer.objects.filter(pk=employer_id)).get()
    waiting = FamilyProfile.objects.filter(employer=employer, family=family, status=ProfileStatus.DRAFT).first()
    if waiting is not None:
        return waiting
    before = queries.holding(employer_id, family, on=on)
    draft = _draft(employer, family, at, actor)
    draft.save()
    rows = FamilyDemand.objects.filter(profile=before) if before else ()
    FamilyDemand.objects.bulk_create(
        FamilyDemand(
            profile=draft, competence_id=row.competence_id, level=row.level, required=row.required, because=row.because
        )
        for row in rows
    )
    _recorded("start_family", draft, at, actor)
    return draft


def _draft(employer: Employer, family: str, at: datetime, actor: User | None) -> FamilyProfile:
    """The draft that waits, or a new one, written now by the actor; not saved yet."""
    rows = FamilyProfile.objects.filter(employer=employer, family=family)
    draft = rows.filter(status=ProfileStatus.DRAFT).first()
    if draft is None:
        last = rows.aggregate(last=Max("number"))["last"] or 0
        draft = FamilyProfile(employer=employer, family=family, number=last + 1)
    draft.author, draft.written_at = actor, at
    return draft


@transaction.atomic
def change_family(*, version_id: int, demands: Collection[Demand], at: datetime, actor: User | None) -> FamilyProfile:
    """What a draft demands is set; what asked for a demand stays with it. Raises NoDraftOfTheFamily, DemandedTwice."""
    draft = _draft_of(version_id)
    ids = [demand.competence_id for demand in demands]
    if len(ids) != len(set(ids)) or not all(1 <= demand.level <= 4 for demand in demands):
        raise DemandedTwice
    because = dict(draft.demands.values_list("competence_id", "because"))
    draft.demands.all().delete()
    FamilyDemand.objects.bulk_create(
        FamilyDemand(
            profile=draft, competence_id=row.competence_id, level=row.level, required=row.required,
            because=because.get(row.competence_id, []),
        )
        for row in demands
    )  # fmt: skip
    draft.author, draft.written_at = actor, at
    draft.save(update_fields=["author", "written_at"])
    _recorded("change_family", draft, at, actor, demands=len(ids))
    return draft


@transaction.atomic
def approve_family(*, version_id: int, valid_from: date, at: datetime, actor: User | None) -> FamilyProfile:
    """Somebody else than the author approves a draft; it holds from a day on.

    Raises NoDraftOfTheFamily, ProfileApprovedByTheAuthor, NothingDemanded, LaterVersion.
    """
    draft = _draft_of(version_id)
    if actor is not None and draft.author_id == actor.pk:
        raise ProfileApprovedByTheAuthor
    if not draft.demands.filter(required=True).exists():
        raise NothingDemanded
    rows = FamilyProfile.objects.filter(employer_id=draft.employer_id, family=draft.family)
    last = rows.aggregate(last=Max("valid_from"))["last"]
    if last is not None and valid_from < last:
        raise LaterVersion(last)
    draft.status, draft.approved_by, draft.approved_at = ProfileStatus.APPROVED, actor, at
    draft.valid_from = valid_from
    draft.save()
    _recorded("approve_family", draft, at, actor, valid_from=valid_from.isoformat())
    return draft


def _draft_of(version_id: int) -> FamilyProfile:
    draft = lock(FamilyProfile.objects.filter(pk=version_id)).select_related("employer").get()
    if draft.status != ProfileStatus.DRAFT:
        raise NoDraftOfTheFamily
    return draft


def _recorded(verb: str, draft: FamilyProfile, at: datetime, actor: User | None, **detail: Any) -> None:
    audit.record(
        f"hiring.{verb}", draft, actor=actor, at=at, employer_code=draft.employer.code, family=draft.family,
        version=draft.number, **detail,
    )  # fmt: skip
