"""From a request to the records of M5 that the actor may see or change; what isn't yours isn't there."""

from dataclasses import dataclass

from django.http import Http404

from kazipot.core.duty.audit import Finding
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Reach, Request
from kazipot.organisation.models import Employer, Person
from kazipot.verification import queries
from kazipot.verification.models import Appeal, Exemption, LearningSource, Verification, Week


def employers_to_record(request: Request) -> list[Employer]:
    """Employers within reach, by code."""
    reach = request.actor.reach("verification.record")
    return [employer for employer in organisation.employers() if reach.covers(employer_id=employer.pk)]


def names(request: Request) -> Reach:
    """Where the actor sees people by name."""
    return request.actor.reach("organisation.see_people")


def name_of(request: Request, person: Person, employer_id: int) -> str:
    """The person's name, or their pseudonym where the actor may not see names."""
    return person.name if names(request).covers(employer_id=employer_id) else person.key


def exemption_to_end(request: Request, exemption_id: int) -> Exemption:
    """An exemption at an employer within reach."""
    found = queries.exemption_by_id(exemption_id)
    if found is None or not request.actor.reach("verification.record").covers(employer_id=found.employer_id):
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A finding of the audit, and how the person is called here."""

    name: str
    finding: Finding


def audit_to_see(request: Request) -> list[FoundRow]:
    """Findings about people of employers within reach; people are named where the actor may see names."""
    reach = request.actor.reach("verification.see_audit")
    found = queries.audit_of(request.today)
    people, employers = queries.people_called(found), queries.employers_of(found)
    rows = []
    for person_id, findings in found.items():
        theirs = employers.get(person_id, frozenset())
        if reach.everywhere or any(reach.covers(employer_id=pk) for pk in theirs):
            named = any(names(request).covers(employer_id=pk) for pk in theirs)
            name = people[person_id].name if named else people[person_id].key
            rows.extend(FoundRow(name, finding) for finding in findings)
    return rows


def own_result(request: Request, verification_id: int) -> Verification:
    """The actor's own result."""
    person = request.actor.person
    found = queries.own_result(person.pk, verification_id) if person else None
    if found is None:
        raise Http404
    return found


def appeal_to_decide(request: Request, appeal_id: int) -> Appeal:
    """An appeal at an employer within reach."""
    found = queries.appeal_by_id(appeal_id)
    reach = request.actor.reach("verification.decide")
    if found is None or not reach.covers(employer_id=found.verification.employer_id):
        raise Http404
    return found


def week_to_run(week_id: int) -> Week:
    """A verification week."""
    found = queries.week_by_id(week_id)
    if found is None:
        raise Http404
    return found


def source_to_end(source_id: int) -> LearningSource:
    """A learning platform."""
    found = queries.source_by_id(source_id)
    if found is None:
        raise Http404
    return found


AWeek = Week
"""For the views, which don't import models."""
