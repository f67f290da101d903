"""From a request to the records of M5 that the actor may see or change, to items of the bank, and to own sittings.

Who runs the bank sees every item with its key. Authors and reviewers see what nobody has been asked yet, and what they
wrote themselves.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from kazipot.core.duty.audit import Finding
from kazipot.foundation import clock
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Reach, Request, employer_for
from kazipot.organisation.models import Employer, Person
from kazipot.training import queries as training
from kazipot.verification import queries
from kazipot.verification.choices import ItemState
from kazipot.verification.models import (
    Appeal,
    Certificate,
    Exemption,
    ItemVersion,
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


HERE = "verification.here"
HERE_LASTS = timedelta(minutes=30)
"""So long may somebody think about a question on a shared device before it closes; the sitting stays."""


@dataclass(frozen=True, slots=True)
class Door:
    """How a person came to the test: signed in (`personal`), or by a code on this device."""

    person: Person
    employer_id: int
    personal: bool

    def address(self, page: str, *args: object) -> str:
        """The address of "test", "practice" or "sitting" for who came this way."""
        return reverse(f"verification:{page if self.personal else f'here-{page}'}", args=args)


def trial_to_take(token: str, *, at: datetime) -> tuple[queries.Trial, list[int]]:
    """The trial of knowledge behind a personal link, with its questions; 404 for a wrong link or without questions."""
    trial = queries.trial_of(token)
    session = training.session_by_id(trial.session_id) if trial else None
    versions = queries.questions_of(trial, queries.questions_about(session, at=at)) if trial and session else []
    if trial is None or not versions:
        raise Http404
    return trial, versions


def own_door(request: Request) -> Door:
    """The test of the person who is signed in; 404 for who has no employment today."""
    person = request.actor.person
    jobs = organisation.employments_of(person, on=request.today) if person else []
    if person is None or not jobs:
        raise Http404
    first = min(jobs, key=lambda job: (job.hired_on, job.pk))
    return Door(person, first.employer_id, personal=True)


def enter_here(request: Request, code: str) -> bool:
    """Open the test of a typed code, or of a link, on this device; False when nobody holds it (any more)."""
    found = queries.access_by_code(code, on=request.today)
    if found is None:
        return False
    request.session.cycle_key()
    request.session[HERE] = (found.pk, found.token_digest, clock.monotonic_now().isoformat())
    return True


def is_held(request: Request, token: str) -> bool:
    """Whether a link or code opens somebody's test today."""
    return queries.access_by_code(token, on=request.today) is not None


def door_here(request: Request) -> Door | None:
    """The test whose code was typed on this device, until it is left, replaced, or not touched for a while."""
    code_id, kept, touched = request.session.get(HERE, (None, "", ""))
    if code_id is None or clock.monotonic_now() - datetime.fromisoformat(touched) > HERE_LASTS:
        request.session.pop(HERE, None)
        return None
    found = queries.access_by_id(code_id, kept, on=request.today)
    if found is None:
        return None
    request.session[HERE] = (code_id, kept, clock.monotonic_now().isoformat())
    return Door(found.person, found.employer_id, personal=False)


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


def own_result(request: Request, verification_id: int) -> Verification:
    """The actor's own result."""
    person = request.actor.person
    found = queries.own_result(person.pk, verification_id) if person else None
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


def own_certificate(request: Request, certificate_id: int) -> Certificate:
    """A certificate of the person who is signed in."""
    person = request.actor.person
    found = queries.certificate_of(person.pk, certificate_id) if person else None
    if found is None:
        raise Http404
    return found


def source_to_end(source_id: int) -> LearningSource:
    """A learning platform."""
    found = queries.source_by_id(source_id)
    if found is None:
        raise Http404
    return found


TheSitting = Sitting
TheTalk = Talk
AWeek = Week
"""For the views, which don't import models."""


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
