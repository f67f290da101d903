"""From a request to a posting, or to the same 404 whatever the reason."""

from django.http import Http404

from kazipot.hiring import queries
from kazipot.hiring.models import Posting
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
