"""From a request to the employers whose results the actor may record."""

from django.http import Http404

from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request
from kazipot.organisation.models import Employer
from kazipot.verification import queries
from kazipot.verification.models import Certificate, Verification


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
