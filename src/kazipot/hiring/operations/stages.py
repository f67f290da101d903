"""A posting goes its way: submitted, approved by somebody else, published through the gate, filled or not."""

from datetime import date, datetime

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.hiring import queries
from kazipot.hiring.choices import PostingStage
from kazipot.hiring.errors import (
    ApprovedByTheAuthor,
    ClosesBeforeItOpens,
    GateClosed,
    NotAtThisStage,
    OverrideNotNeeded,
)
from kazipot.hiring.models import Override, Posting


@transaction.atomic
def submit(*, posting_id: int, at: datetime, actor: User | None) -> Posting:
    """The author gives a draft to be approved. Raises NotAtThisStage."""
    return _move(posting_id, PostingStage.DRAFT, PostingStage.SUBMITTED, at, actor)


@transaction.atomic
def approve(*, posting_id: int, at: datetime, actor: User | None) -> Posting:
    """Somebody else than the author approves. Raises NotAtThisStage, ApprovedByTheAuthor."""
    posting = _at(posting_id, PostingStage.SUBMITTED)
    if actor is not None and posting.author_id == actor.pk:
        raise ApprovedByTheAuthor
    posting.approved_by, posting.approved_at = actor, at
    posting.save(update_fields=["approved_by", "approved_at"])
    return _move(posting_id, PostingStage.SUBMITTED, PostingStage.APPROVED, at, actor)


@transaction.atomic
def send_back(*, posting_id: int, because: str, at: datetime, actor: User | None) -> Posting:
    """A posting that waits or is approved becomes a draft again, with a reason. Raises NotAtThisStage."""
    posting = _at(posting_id, PostingStage.SUBMITTED, PostingStage.APPROVED)
    posting.returned_because, posting.approved_by, posting.approved_at = because, None, None
    posting.save(update_fields=["returned_because", "approved_by", "approved_at"])
    return _move(posting_id, PostingStage(posting.stage), PostingStage.DRAFT, at, actor)


@transaction.atomic
def override_gate(*, posting_id: int, reason: str, at: datetime, actor: User | None) -> Override:
    """Somebody with the right lets a posting pass without selected requirements; counted and shown with the indicator.

    Raises NotAtThisStage, OverrideNotNeeded.
    """
    posting = _at(posting_id, PostingStage.SUBMITTED, PostingStage.APPROVED)
    if queries.gate(posting).open:
        raise OverrideNotNeeded
    made = Override.objects.create(posting=posting, reason=reason, user=actor, overridden_at=at)
    audit.record("hiring.override", posting, actor=actor, at=at, employer_code=posting.employer.code, reason=reason)
    return made


@transaction.atomic
def publish(*, posting_id: int, published_on: date, closes_on: date, at: datetime, actor: User | None) -> Posting:
    """An approved posting is published, if the gate is open. Raises NotAtThisStage, GateClosed, ClosesBeforeItOpens."""
    posting = _at(posting_id, PostingStage.APPROVED)
    if closes_on < published_on:
        raise ClosesBeforeItOpens
    if not queries.gate(posting).open:
        raise GateClosed
    posting.published_on, posting.closes_on, posting.stage = published_on, closes_on, PostingStage.PUBLISHED
    posting.save(update_fields=["published_on", "closes_on", "stage"])
    audit.record(
        "hiring.publish", posting, actor=actor, at=at, employer_code=posting.employer.code,
        reference=posting.reference, demands=posting.demands.count(),
    )  # fmt: skip
    return posting


def _at(posting_id: int, *stages: PostingStage) -> Posting:
    posting = lock(Posting.objects.filter(pk=posting_id)).select_related("employer").get()
    if posting.stage not in stages or posting.withdrawn_on is not None:
        raise NotAtThisStage
    return posting


def _move(posting_id: int, from_: PostingStage, to: PostingStage, at: datetime, actor: User | None) -> Posting:
    posting = _at(posting_id, from_)
    posting.stage = to
    posting.save(update_fields=["stage"])
    audit.record(f"hiring.{to}", posting, actor=actor, at=at, employer_code=posting.employer.code)
    return posting
