"""From a request to a result, a certificate, a talk or an appeal, or to the same 404 whatever the reason."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from kazipot.core.duty.audit import Finding
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Reach, Request, employer_for
from kazipot.organisation.models import Employer, Person
from kazipot.verification import queries
from kazipot.verification.access.doors import Door, Visitor
from kazipot.verification.models import (
    Appeal,
    Certificate,
    Exemption,
    LearningSource,
    Sitting,
    Talk,
    Verification,
    Week,
)


def employers_to_record(request: Request) -> list[Employer]:
    """Employers within reach, by code."""
    reach = request.actor.reach("verification.record")
    return [employer for employer in organisation.employers() if reach.covers(employer_id=employer.pk)]


def own_sitting(door: Door, sitting_id: int) -> Sitting:
    """A sitting of the person at this door; anybody else's is not there."""
    found = queries.sitting_of(door.person.pk, sitting_id)
    if found is None:
        raise Http404
    return found


def talk_to_hold(request: Request, talk_id: int) -> Talk:
    """A talk with somebody of an employer within reach."""
    found = queries.talk_by_id(talk_id)
    reach = request.actor.reach("verification.hold_talks")
    if found is None or not reach.covers(employer_id=found.sitting.employer_id):
        raise Http404
    return found


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
    rows: list[FoundRow] = []
    for person_id, findings in found.items():
        theirs = employers.get(person_id, frozenset())
        if reach.everywhere or any(reach.covers(employer_id=pk) for pk in theirs):
            named = any(names(request).covers(employer_id=pk) for pk in theirs)
            name = people[person_id].name if named else people[person_id].key
            rows.extend(FoundRow(name, finding) for finding in findings)
    return rows


def own_result(who: Visitor, verification_id: int) -> Verification:
    """A result of a person at their own pages."""
    found = queries.own_result(who.person.pk, verification_id)
    if found is None:
        raise Http404
    return found


def own_advisors(request: Request) -> list[str]:
    """Names of the digital advisors of the actor's unit, or of the nearest unit above it that has any."""
    person = request.actor.person
    return queries.advisors_of(person.pk, request.today) if person else []


def appeal_to_decide(request: Request, appeal_id: int) -> Appeal:
    """An appeal at an employer within reach."""
    found = queries.appeal_by_id(appeal_id)
    reach = request.actor.reach("verification.decide")
    if found is None or not reach.covers(employer_id=found.verification.employer_id):
        raise Http404
    return found


def appeals_to_decide(request: Request) -> QuerySet[Appeal]:
    """Appeals at employers within reach, those that wait first."""
    reach = request.actor.reach("verification.decide")
    rows = queries.appeals()
    return rows if reach.everywhere else rows.filter(verification__employer_id__in=reach.employer_ids)


def employers_to_print(request: Request) -> list[Employer]:
    """Employers for whose people the actor may print slips, by code."""
    reach = request.actor.reach("verification.print_slips")
    return [employer for employer in organisation.employers() if reach.covers(employer_id=employer.pk)]


def slips_to_print(request: Request, week_id: int, employer_code: str) -> tuple[Week, Employer]:
    """A week and an employer for whose people the actor may print slips."""
    return week_to_see(week_id), employer_for(request, "verification.print_slips", employer_code)


def week_to_see(week_id: int) -> Week:
    """A verification week."""
    found = queries.week_by_id(week_id)
    if found is None:
        raise Http404
    return found


def own_certificate(who: Visitor, certificate_id: int) -> Certificate:
    """A certificate of a person at their own pages."""
    found = queries.certificate_of(who.person.pk, certificate_id)
    if found is None:
        raise Http404
    return found


def source_to_end(source_id: int) -> LearningSource:
    """A learning platform."""
    found = queries.source_by_id(source_id)
    if found is None:
        raise Http404
    return found


TheCertificate = Certificate
TheSitting = Sitting
TheTalk = Talk
AWeek = Week
"""For the views, which don't import models."""
