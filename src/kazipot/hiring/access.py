"""From a request to a posting, or to the same 404 whatever the reason."""

from django.http import Http404

from kazipot.foundation.sealing import CannotUnseal, unseal
from kazipot.hiring import queries
from kazipot.hiring.models import Candidate, FamilyProfile, Posting
from kazipot.hiring.operations import sealing_keys
from kazipot.organisation.access import Request

JobPosting = Posting
"""For the views, which don't import models."""


def posting_for(request: Request, capability: str, posting_id: int) -> Posting:
    """A posting that the actor's capability reaches."""
    found = queries.posting_by_id(posting_id)
    reach = request.actor.reach(capability)
    if found is None or not reach.covers(employer_id=found.employer_id, unit_id=found.unit_id):
        raise Http404
    return found


def candidate_for(request: Request, capability: str, candidate_id: int) -> Candidate:
    """A candidate of a posting that the actor's capability reaches."""
    found = queries.candidate(candidate_id)
    if found is None:
        raise Http404
    posting = found.posting
    if not request.actor.reach(capability).covers(employer_id=posting.employer_id, unit_id=posting.unit_id):
        raise Http404
    return found


FamilyVersion = FamilyProfile


def version_for(request: Request, capability: str, version_id: int) -> FamilyProfile:
    """A version of a family's demands, at an employer that the capability reaches."""
    found = queries.family_version(version_id)
    if found is None or not request.actor.reach(capability).covers(employer_id=found.employer_id):
        raise Http404
    return found


def name_of(candidate: Candidate) -> str:
    """A candidate's name, once it may be seen; empty when it has been deleted."""
    if candidate.sealed_name is None or not queries.names_are_open(candidate.posting):
        return ""
    for key in sealing_keys():
        try:
            return str(unseal(bytes(candidate.sealed_name), key))
        except CannotUnseal:
            continue
    return ""
