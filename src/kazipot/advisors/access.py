"""From a request to a unit's advisors, or to the same 404 whatever the reason."""

from django.http import Http404

from kazipot.advisors import queries
from kazipot.advisors.choices import AppointmentRole, NominationState
from kazipot.advisors.models import Appointment, Decision, Nomination, RequirementException
from kazipot.organisation.access import Request, unit_for
from kazipot.organisation.queries import UnitOnDay

UnitAppointment = Appointment
UnitNomination = Nomination
"""For the views, which don't import models."""
DEPUTY = AppointmentRole.DEPUTY


def unit_to_see(request: Request, employer_code: str, unit_code: str) -> UnitOnDay:
    """A unit whose advisors the actor may see."""
    return unit_for(request, "advisors.see", employer_code, unit_code)


def unit_to_appoint_in(request: Request, employer_code: str, unit_code: str) -> UnitOnDay:
    """A unit for which the actor may appoint an advisor."""
    return unit_for(request, "advisors.appoint", employer_code, unit_code)


def unit_to_nominate_for(request: Request, employer_code: str, unit_code: str) -> UnitOnDay:
    """A unit for which the actor may propose an advisor."""
    return unit_for(request, "advisors.nominate", employer_code, unit_code)


def nomination_to_see(request: Request, nomination_id: int) -> Nomination:
    """A nomination that the actor may see: the nominee's own, or one of a unit within reach."""
    found = queries.nomination(nomination_id)
    if found is not None and (_is_nominee(request, found) or _within(request, "advisors.nominate", found)):
        return found
    raise Http404


def nomination_to_answer(request: Request, nomination_id: int) -> Nomination:
    """The actor's own nomination, which waits for a yes or a no."""
    found = queries.nomination(nomination_id)
    if found is None or not _is_nominee(request, found) or found.state != NominationState.PROPOSED:
        raise Http404
    return found


def nomination_to_change(request: Request, nomination_id: int) -> Nomination:
    """A nomination that the actor may withdraw, or write down a yes for."""
    found = queries.nomination(nomination_id)
    if found is None or not _within(request, "advisors.nominate", found):
        raise Http404
    return found


def nomination_to_decide(request: Request, nomination_id: int) -> Nomination:
    """A nomination that the actor may confirm or refuse."""
    found = queries.nomination(nomination_id)
    if found is None or not _within(request, "advisors.appoint", found):
        raise Http404
    return found


def decision_to_see(request: Request, appointment_id: int) -> Decision:
    """The decision of an appointment that the actor may see: one's own, or one of a unit within reach."""
    found = queries.decision_of(appointment_id)
    person = request.actor.person
    if found is None:
        raise Http404
    own = person is not None and found.appointment.person_id == person.pk
    unit = found.appointment.unit
    reach = request.actor.reach("advisors.nominate")
    if not own and not reach.covers(employer_id=unit.employer_id, unit_id=unit.pk):
        raise Http404
    return found


def exception_to_end(request: Request, exception_id: int) -> RequirementException:  # noqa: ARG001
    """An exception from the rule; who may change rules may end any."""
    found = queries.exception(exception_id)
    if found is None:
        raise Http404
    return found


def _is_nominee(request: Request, found: Nomination) -> bool:
    person = request.actor.person
    return person is not None and found.person_id == person.pk


def _within(request: Request, capability: str, found: Nomination) -> bool:
    return request.actor.reach(capability).covers(employer_id=found.unit.employer_id, unit_id=found.unit_id)


def appointment_to_change(request: Request, appointment_id: int) -> Appointment:
    """An appointment that the actor may end or hand over."""
    found = queries.appointment(appointment_id)
    reach = request.actor.reach("advisors.appoint")
    if found is None or not reach.covers(employer_id=found.unit.employer_id, unit_id=found.unit_id):
        raise Http404
    return found
