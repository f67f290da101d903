"""From a request to the employers whose results the actor may record, and to items of the bank.

Who runs the bank sees every item with its key. Authors and reviewers see what nobody has been asked yet, and what they
wrote themselves.
"""

from django.db.models import QuerySet
from django.http import Http404

from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request
from kazipot.organisation.models import Employer
from kazipot.verification import queries
from kazipot.verification.choices import ItemState
from kazipot.verification.models import Certificate, ItemVersion, Verification


def employers_to_record(request: Request) -> list[Employer]:
    """Employers within reach, by code."""
    reach = request.actor.reach("verification.record")
    return [employer for employer in organisation.employers() if reach.covers(employer_id=employer.pk)]


def own_result(request: Request, verification_id: int) -> Verification:
    """A result of the person who is signed in; anybody else's is not there."""
    person = request.actor.person
    found = queries.verifications_of(person.pk).filter(pk=verification_id).first() if person else None
    if found is None:
        raise Http404
    return found


def own_certificate(request: Request, certificate_id: int) -> Certificate:
    """A certificate of the person who is signed in."""
    person = request.actor.person
    found = queries.certificate_of(person.pk, certificate_id) if person else None
    if found is None:
        raise Http404
    return found


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
