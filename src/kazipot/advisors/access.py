"""From a request to a unit's advisors, or to the same 404 whatever the reason."""

from django.http import Http404

from kazipot.advisors import queries
from kazipot.advisors.models import Appointment
from kazipot.organisation.access import Request, unit_for
from kazipot.organisation.queries import UnitOnDay

UnitAppointment = Appointment
"""For the views, which don't import models."""


def unit_to_see(request: Request, employer_code: str, unit_code: str) -> UnitOnDay:
    """A unit whose advisors the actor may see."""
    return unit_for(request, "advisors.see", employer_code, unit_code)


def unit_to_appoint_in(request: Request, employer_code: str, unit_code: str) -> UnitOnDay:
    """A unit for which the actor may appoint an advisor."""
    return unit_for(request, "advisors.appoint", employer_code, unit_code)


def appointment_to_change(request: Request, appointment_id: int) -> Appointment:
    """An appointment that the actor may end or hand over."""
    found = queries.appointment(appointment_id)
    reach = request.actor.reach("advisors.appoint")
    if found is None or not reach.covers(employer_id=found.unit.employer_id, unit_id=found.unit_id):
        raise Http404
    return found
