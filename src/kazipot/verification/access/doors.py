"""How somebody comes to the test: signed in, by a code on this device, or as a candidate without a name."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import Http404
from django.urls import reverse

from kazipot.foundation import clock
from kazipot.organisation import queries as organisation
from kazipot.organisation.access import Request
from kazipot.organisation.models import Person
from kazipot.training import queries as training
from kazipot.verification import queries
from kazipot.verification.models import (
    AccessCode,
    CandidateTest,
)

HERE = "verification.here"
CANDIDATE = "verification.candidate"
HERE_LASTS = timedelta(minutes=30)
"""So long may somebody think about a question on a shared device before it closes; the sitting stays."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person at their own pages: signed in (`personal`), or by a code on this device."""

    person: Person
    personal: bool

    def address(self, page: str, *args: object) -> str:
        """The address of "test", "practice", "sitting", "lessons", "certificates" … for who came this way."""
        return reverse(f"verification:{page if self.personal else f'here-{page}'}", args=args)


@dataclass(frozen=True, slots=True)
class Door(Visitor):
    """How a person came to the test, and the employer for whom they take it."""

    employer_id: int


def visitor(request: Request) -> Visitor:
    """The person who is signed in, employed today or not."""
    if request.actor.person is None:
        raise Http404
    return Visitor(request.actor.person, personal=True)


def trial_to_take(token: str, *, at: datetime) -> tuple[queries.Trial, list[int]]:
    """The trial of knowledge behind a personal link, with its questions; 404 for a wrong link or without questions."""
    trial = queries.trial_of(token)
    session = training.session_by_id(trial.session_id) if trial else None
    versions = queries.questions_of(trial, queries.questions_about(session, at=at)) if trial and session else []
    if trial is None or not versions:
        raise Http404
    return trial, versions


@dataclass(frozen=True, slots=True)
class CandidateDoor:
    """How a candidate came to the test: by a code, under no name."""

    test: CandidateTest
    personal: bool = False

    def address(self, page: str, *args: object) -> str:  # noqa: ARG002
        """The one address of the candidate's test, whatever page is meant."""
        return reverse("verification:candidate-test")


AnyDoor = Door | CandidateDoor


def own_door(request: Request) -> Door:
    """The test of the person who is signed in; 404 for who has no employment today."""
    person = request.actor.person
    jobs = organisation.employments_of(person, on=request.today) if person else []
    if person is None or not jobs:
        raise Http404
    first = min(jobs, key=lambda job: (job.hired_on, job.pk))
    return Door(person, personal=True, employer_id=first.employer_id)


def enter_here(request: Request, code: str) -> bool:
    """Open the test of a typed code, or of a link, on this device; False when nobody holds it (any more)."""
    found = queries.access_by_code(code, on=request.today)
    if found is None:
        return False
    _remember(request, HERE, found)
    return True


def enter_as_candidate(request: Request, code: str) -> bool:
    """Open the test of a candidate's code on this device; False when no candidate holds it (any more)."""
    found = queries.candidate_test_by_code(code, on=request.today)
    if found is None:
        return False
    _remember(request, CANDIDATE, found)
    return True


def _remember(request: Request, place: str, found: AccessCode | CandidateTest) -> None:
    request.session.cycle_key()
    for other in (HERE, CANDIDATE):
        request.session.pop(other, None)
    request.session[place] = (found.pk, found.token_digest, clock.monotonic_now().isoformat())


def is_held(request: Request, token: str) -> bool:
    """Whether a link or code opens somebody's test today."""
    return queries.access_by_code(token, on=request.today) is not None


def door_here(request: Request) -> Door | None:
    """The test whose code was typed on this device, until it is left, replaced, or not touched for a while."""
    held = _held(request, HERE)
    found = queries.access_by_id(*held, on=request.today) if held else None
    if found is None:
        return None
    _touch(request, HERE, found)
    return Door(found.person, personal=False, employer_id=found.employer_id)


def candidate_door(request: Request) -> CandidateDoor | None:
    """The same of a candidate's code."""
    held = _held(request, CANDIDATE)
    found = queries.candidate_test_by_id(*held, on=request.today) if held else None
    if found is None:
        return None
    _touch(request, CANDIDATE, found)
    return CandidateDoor(found)


def _held(request: Request, place: str) -> tuple[int, str] | None:
    """What was remembered of a code, unless nobody has touched the device for too long."""
    code_id, kept, touched = request.session.get(place, (None, "", ""))
    if code_id is None or clock.monotonic_now() - datetime.fromisoformat(touched) > HERE_LASTS:
        request.session.pop(place, None)
        return None
    return code_id, kept


def _touch(request: Request, place: str, found: AccessCode | CandidateTest) -> None:
    request.session[place] = (found.pk, found.token_digest, clock.monotonic_now().isoformat())
