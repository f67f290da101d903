"""Postings that are published already are recorded; what a posting demands is corrected; one is withdrawn."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.hiring.errors import (
    ClosesBeforeItOpens,
    DemandedTwice,
    ReferenceTaken,
    UnitNotThere,
    Withdrawn,
    WithdrawnBeforePublished,
)
from kazipot.hiring.models import Posting, PostingDemand
from kazipot.organisation import queries as organisation


@dataclass(frozen=True, slots=True)
class Demand:
    """A competence at a level of 1 to 4, required or only desired."""

    competence_id: int
    level: int
    required: bool


@transaction.atomic
def publish_posting(
    *,
    unit_id: int,
    reference: str,
    title: str,
    kind: str,
    published_on: date,
    closes_on: date,
    demands: Collection[Demand],
    profile_id: int | None = None,
    at: datetime,
    actor: User | None,
) -> Posting:
    """A posting that was published elsewhere, and what it demands.

    Raises UnitNotThere, ClosesBeforeItOpens, ReferenceTaken, DemandedTwice.
    """
    unit = organisation.unit_by_id(unit_id, on=published_on)
    if unit is None:
        raise UnitNotThere
    if closes_on < published_on:
        raise ClosesBeforeItOpens
    if Posting.objects.filter(employer_id=unit.employer_id, reference=reference).exists():
        raise ReferenceTaken
    posting = Posting.objects.create(
        employer_id=unit.employer_id,
        unit_id=unit_id,
        reference=reference,
        title=title,
        kind=kind,
        published_on=published_on,
        closes_on=closes_on,
        profile_id=profile_id,
    )
    write_demands(posting, demands)
    audit.record(
        "hiring.publish", posting, actor=actor, at=at, employer_code=unit.employer_code,
        reference=reference, demands=len(demands),
    )  # fmt: skip
    return posting


@transaction.atomic
def change_demands(*, posting_id: int, demands: Collection[Demand], at: datetime, actor: User | None) -> Posting:
    """What a posting demands is corrected. Raises Withdrawn, DemandedTwice."""
    posting = lock(Posting.objects.filter(pk=posting_id)).select_related("employer").get()
    if posting.withdrawn_on is not None:
        raise Withdrawn
    PostingDemand.objects.filter(posting=posting).delete()
    write_demands(posting, demands)
    audit.record(
        "hiring.change_demands", posting, actor=actor, at=at, employer_code=posting.employer.code, demands=len(demands)
    )
    return posting


@transaction.atomic
def withdraw_posting(*, posting_id: int, on: date, because: str, at: datetime, actor: User | None) -> Posting:
    """A posting is withdrawn on a day and counts no more. Raises Withdrawn, WithdrawnBeforePublished."""
    posting = lock(Posting.objects.filter(pk=posting_id)).select_related("employer").get()
    if posting.withdrawn_on is not None:
        raise Withdrawn
    if posting.published_on is None or on < posting.published_on:
        raise WithdrawnBeforePublished
    posting.withdrawn_on, posting.withdrawn_because = on, because
    posting.save(update_fields=["withdrawn_on", "withdrawn_because"])
    audit.record(
        "hiring.withdraw", posting, actor=actor, at=at, employer_code=posting.employer.code,
        on=on.isoformat(), because=because,
    )  # fmt: skip
    return posting


def write_demands(posting: Posting, demands: Collection[Demand]) -> None:
    """Add demands to a posting that has none. Raises DemandedTwice."""
    ids = [demand.competence_id for demand in demands]
    if len(ids) != len(set(ids)) or not all(1 <= demand.level <= 4 for demand in demands):
        raise DemandedTwice
    PostingDemand.objects.bulk_create(
        PostingDemand(posting=posting, competence_id=demand.competence_id, level=demand.level, required=demand.required)
        for demand in demands
    )
