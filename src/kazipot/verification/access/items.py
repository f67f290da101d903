"""From a request to an item of the bank, or to the same 404 whatever the reason.

Who runs the bank sees every item with its key. Authors and reviewers see what nobody has been asked yet, and what they
wrote themselves.
"""

from django.db.models import QuerySet
from django.http import Http404

from kazipot.organisation.access import Request
from kazipot.verification import queries
from kazipot.verification.choices import ItemState
from kazipot.verification.models import (
    ItemVersion,
)


def item_versions_for(request: Request, **wanted: str) -> QuerySet[ItemVersion]:
    """Versions that the actor may see, by key; `wanted` as in `queries.item_versions`."""
    rows = queries.item_versions(**wanted)
    if request.actor.may("verification.run_bank") or request.actor.user is None:
        return rows
    return queries.in_work_or_own(rows, request.actor.user.pk)


def item_version_for(request: Request, version_id: int) -> ItemVersion:
    """A version that the actor may see; 404 for all others."""
    version = queries.version_of(version_id)
    if version is None:
        raise Http404
    own = request.actor.user is not None and version.author_id == request.actor.user.pk
    if not (own or version.state in queries.IN_WORK or request.actor.may("verification.run_bank")):
        raise Http404
    return version


def draft_for(request: Request, version_id: int) -> ItemVersion:
    """A draft that the actor may write; 404 for what is no draft."""
    version = item_version_for(request, version_id)
    if version.state != ItemState.DRAFT:
        raise Http404
    return version
