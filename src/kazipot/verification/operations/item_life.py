"""The life of an item: submitted, reviewed by two others, tried out, calibrated, used, suspended, retired."""

from datetime import datetime

from django.db import transaction

from kazipot.core.items.checking import faults_of
from kazipot.core.items.reading import Fault
from kazipot.foundation.models import User
from kazipot.verification import queries
from kazipot.verification.choices import ItemState, Verdict
from kazipot.verification.errors import (
    CommentMissing,
    ItemFaulty,
    NoParameters,
    OwnItem,
    ReasonMissing,
    ReviewedAlready,
    WrongStep,
)
from kazipot.verification.models import ItemParameters, ItemReview, ItemVersion
from kazipot.verification.operations.items import locked, note

REVIEWERS = 2
STEPS: dict[str, tuple[frozenset[str], str]] = {
    "withdraw": (frozenset({ItemState.IN_REVIEW, ItemState.REVIEWED}), ItemState.DRAFT),
    "try_out": (frozenset({ItemState.REVIEWED}), ItemState.PILOT),
    "suspend": (frozenset({ItemState.LIVE}), ItemState.SUSPENDED),
    "use_again": (frozenset({ItemState.SUSPENDED}), ItemState.LIVE),
    "use": (frozenset({ItemState.CALIBRATED}), ItemState.LIVE),
    "retire": (frozenset(ItemState) - {ItemState.RETIRED}, ItemState.RETIRED),
}
"""What may follow from what: step → (from these states, into this one)."""


@transaction.atomic
def submit_for_review(*, version_id: int, reason: str, at: datetime, actor: User | None) -> ItemVersion:
    """A draft that is whole, in both languages, goes to its reviewers. Raises ItemFaulty, WrongStep, ReasonMissing."""
    version = locked(version_id)
    if version.state != ItemState.DRAFT:
        raise WrongStep
    areas = [area.key for area in queries.blueprint(at)]
    definition = queries.definition_of(version_id)
    faults = faults_of(definition, areas=areas) if areas else faults_of(definition)
    faults += [Fault(definition.key, "picture", "no_picture", name) for name in queries.pictures_missing(definition)]
    if faults:
        raise ItemFaulty(faults)
    return _go(version, ItemState.IN_REVIEW, reason, at, actor)


@transaction.atomic
def review_item(*, version_id: int, verdict: str, comment: str, at: datetime, actor: User) -> ItemReview:
    """What a reviewer says. The second who finds it fit makes it reviewed; who wants a change sends it back to its
    author. Raises WrongStep, OwnItem (of all who wrote drafts of it), ReviewedAlready, CommentMissing."""
    version = locked(version_id)
    if version.state != ItemState.IN_REVIEW:
        raise WrongStep
    if actor.pk in queries.writers_of(version_id):
        raise OwnItem
    same = ItemReview.objects.filter(version=version, digest=version.digest)
    if same.filter(reviewer=actor).exists():
        raise ReviewedAlready
    if verdict == Verdict.CHANGE and not comment.strip():
        raise CommentMissing
    review = ItemReview.objects.create(
        version=version, reviewer=actor, digest=version.digest, verdict=verdict, comment=comment, at=at
    )
    if verdict == Verdict.CHANGE:
        _go(version, ItemState.DRAFT, comment[:500], at, actor)
    elif same.filter(verdict=Verdict.FIT).count() >= REVIEWERS:
        _go(version, ItemState.REVIEWED, comment.strip()[:500] or "–", at, actor)
    else:
        note(version, version.state, reason=comment.strip()[:500], at=at, actor=actor, verb="verification.review_item")
    return review


@transaction.atomic
def take_step(*, version_id: int, step: str, reason: str, at: datetime, actor: User | None) -> ItemVersion:
    """One of STEPS. A version that comes into use retires the one used before. Raises WrongStep, ReasonMissing,
    NoParameters."""
    version = locked(version_id)
    allowed, after = STEPS[step]
    if version.state not in allowed:
        raise WrongStep
    if after == ItemState.LIVE:
        if not ItemParameters.objects.filter(version=version, valid_from__lte=at).exists():
            raise NoParameters
        replace_earlier(version, reason, at, actor)
    return _go(version, after, reason, at, actor)


def replace_earlier(version: ItemVersion, reason: str, at: datetime, actor: User | None) -> None:
    """Other versions of the item that are in use or suspended are retired."""
    states = [ItemState.LIVE, ItemState.SUSPENDED]
    others = ItemVersion.objects.filter(item_id=version.item_id, state__in=states).exclude(pk=version.pk)
    for other in others.select_related("item"):
        _go(other, ItemState.RETIRED, reason, at, actor)


def _go(version: ItemVersion, after: str, reason: str, at: datetime, actor: User | None) -> ItemVersion:
    if not reason.strip() and actor is not None:
        raise ReasonMissing
    before, version.state = version.state, after
    version.save(update_fields=["state"])
    note(version, before, reason=reason.strip(), at=at, actor=actor, verb=f"verification.item_{after}")
    return version
