"""From a request to a unit's advisors, or to the same 404 whatever the reason."""

from django.http import Http404

from kazipot.advisors import queries
from kazipot.advisors.choices import AppointmentRole, NominationState
from kazipot.advisors.models import (
    Appointment,
    Assignment,
    AssignmentShare,
    Decision,
    Handover,
    Meeting,
    Nomination,
    RequirementException,
    Thread,
    WatchDigest,
    WatchNote,
)
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request, unit_for
from kazipot.organisation.models import Person
from kazipot.organisation.queries import UnitOnDay

UnitAppointment = Appointment
UnitNomination = Nomination
AdvisorsNote = WatchNote
OwnThread = Thread
CalledMeeting = Meeting
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


def me(request: Request) -> Person:
    """The person behind the account; who has an account alone has no things of their own."""
    if request.actor.person is None:
        raise Http404
    return request.actor.person


def units_to_write_for(request: Request) -> list[UnitOnDay]:
    """Units for which the actor writes notes: those they advise, else those for which they hold the role."""
    person = request.actor.person
    advised = queries.units_advised_by(person.pk, on=request.today) if person is not None else []
    reach = request.actor.reach("advisors.advise")
    return advised or [
        unit for unit in organisation.units_on(request.today) if unit.id in reach.unit_ids
    ]  # fmt: skip


def note_to_see(note_id: int) -> WatchNote:
    """A note; who sees the watch sees every note."""
    found = queries.note(note_id)
    if found is None:
        raise Http404
    return found


def note_to_change(request: Request, note_id: int) -> WatchNote:
    """The actor's own note."""
    found = note_to_see(note_id)
    if request.actor.person is None or found.author_id != request.actor.person.pk:
        raise Http404
    return found


def note_to_decide(note_id: int) -> WatchNote:
    """A note with a proposal."""
    found = note_to_see(note_id)
    if queries.proposal(found.pk) is None:
        raise Http404
    return found


def digest_to_see(year: int, quarter: int) -> WatchDigest:
    """A digest that was published."""
    found = queries.digest_of(quarter_to_gather(year, quarter))
    if found is None:
        raise Http404
    return found


def quarter_to_gather(year: int, quarter: int) -> queries.Quarter:
    """A quarter that there is."""
    if not (2000 <= year <= 2100 and 1 <= quarter <= 4):
        raise Http404
    return queries.Quarter(year, quarter)


def is_service(request: Request) -> bool:
    """Whether the actor answers for the Service."""
    return request.actor.may("advisors.lead")


def thread_to_see(request: Request, thread_id: int) -> Thread:
    """A thread of which the actor is a party: who asked, who holds it, the Service if it holds it."""
    found = queries.thread(thread_id)
    if found is None or not (is_asker(request, found) or is_holder(request, found)):
        raise Http404
    return found


def is_asker(request: Request, thread: Thread) -> bool:
    """Whether the actor asked."""
    return request.actor.person is not None and thread.asker_id == request.actor.person.pk


def is_holder(request: Request, thread: Thread) -> bool:
    """Whether the actor answers."""
    if thread.holder_id is None:
        return is_service(request)
    return request.actor.person is not None and thread.holder_id == request.actor.person.pk


def thread_to_pass_on(request: Request, thread_id: int) -> Thread:
    """An open thread of a unit that the actor holds."""
    found = thread_to_see(request, thread_id)
    if not is_holder(request, found) or found.closed_at is not None or found.unit_id is None:
        raise Http404
    return found


def share_to_finish(request: Request, share_id: int) -> AssignmentShare:
    """A share that the actor holds (or nobody, for the Service) and that is still to be done."""
    found = queries.share(share_id)
    person = request.actor.person
    mine = found is not None and person is not None and found.holder_id == person.pk
    if found is None or found.done_at is not None or not (mine or is_service(request)):
        raise Http404
    return found


def assignment_to_see(assignment_id: int) -> Assignment:
    """A task that was given."""
    found = queries.assignment(assignment_id)
    if found is None:
        raise Http404
    return found


def handover_to_see(request: Request, handover_id: int) -> Handover:
    """What was handed over to the actor, or to the Service."""
    found = queries.handover(handover_id)
    if found is None:
        raise Http404
    person = request.actor.person
    mine = person is not None and found.taker_id == person.pk
    if not mine and not (found.taker_id is None and is_service(request)):
        raise Http404
    return found


def meeting_to_see(request: Request, meeting_id: int) -> Meeting:
    """A meeting to which the actor is invited; the Service sees all."""
    found = queries.meeting(meeting_id)
    person = request.actor.person
    invited = person is not None and queries.is_guest(meeting_id, person.pk)
    if found is None or not (invited or is_service(request)):
        raise Http404
    return found


def meeting_to_change(meeting_id: int) -> Meeting:
    """A meeting that was not cancelled."""
    found = queries.meeting(meeting_id)
    if found is None or found.cancelled_at is not None:
        raise Http404
    return found
