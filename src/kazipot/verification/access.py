"""From a request to the employers whose results the actor may record."""

from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request
from kazipot.organisation.models import Employer


def employers_to_record(request: Request) -> list[Employer]:
    """Employers within reach, by code."""
    reach = request.actor.reach("verification.record")
    return [employer for employer in organisation.employers() if reach.covers(employer_id=employer.pk)]
