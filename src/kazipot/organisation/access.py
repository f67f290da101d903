"""The only way from a request to what its sender may see: actors, capabilities and how far they reach.

Every room asks here. What a role may do stands in `project/roles.py`; this module turns it into answers
for one person on one day.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from kazipot.foundation.models import User
from kazipot.foundation.roles import Role, Scope, scope_of
from kazipot.organisation import queries
from kazipot.organisation.models import Employer, Person

P = ParamSpec("P")
R = TypeVar("R", bound=HttpResponseBase)


class Request(HttpRequest):
    """A request after the middleware: it has a moment, a day and an actor."""

    now: datetime
    today: date
    actor: "Actor"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held today: for an employer, or for a unit with the units below it (`unit_ids`)."""

    role: Role
    employer_id: int
    unit_ids: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an actor's capability reaches: everything, some employers whole, some units."""

    everywhere: bool
    employer_ids: frozenset[int]
    unit_ids: frozenset[int]

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.employer_ids) or bool(self.unit_ids)

    def covers(self, *, employer_id: int | None = None, unit_id: int | None = None) -> bool:
        """Whether the reach takes in this employer, or this unit (name both to test a unit of an employer)."""
        if self.everywhere:
            return True
        if employer_id is not None and employer_id in self.employer_ids:
            return True
        return unit_id is not None and unit_id in self.unit_ids


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: the account, the person behind it, and the roles held today."""

    user: User | None
    person: Person | None
    grants: tuple[Grant, ...]

    @property
    def roles(self) -> frozenset[Role]:
        """Every role held today."""
        return frozenset(grant.role for grant in self.grants)

    def may(self, capability: str) -> bool:
        """Whether the actor has the capability at all, however far it reaches."""
        return any(scope_of(capability, role) is not None for role in self.roles)

    def reach(self, capability: str) -> Reach:
        """How far the capability reaches over employers and units (`OWN` reaches over neither)."""
        everywhere = False
        employers: set[int] = set()
        units: set[int] = set()
        for grant in self.grants:
            scope = scope_of(capability, grant.role)
            if scope is Scope.PROGRAMME:
                everywhere = True
            elif scope is Scope.EMPLOYER:
                employers.add(grant.employer_id)
            elif scope is Scope.UNIT and grant.unit_ids is not None:
                units |= grant.unit_ids
        return Reach(everywhere, frozenset(employers), frozenset(units))


NOBODY = Actor(None, None, ())


def actor_of(user: User | None, *, on: date) -> Actor:
    """The actor behind an account on a day; NOBODY when nobody is signed in."""
    if user is None:
        return NOBODY
    person = queries.person_of_user(user)
    grants = [
        Grant(
            Role(row.role),
            row.employer_id,
            queries.unit_ids_below(row.unit_id, on=on) if row.unit_id else None,
        )
        for row in queries.grants_of(user, on=on)
    ]
    if person is not None:
        grants.extend(
            Grant(Role.EMPLOYEE, employment.employer_id, frozenset({employment.unit_id}))
            for employment in queries.employments_of(person, on=on)
        )
    return Actor(user, person, tuple(grants))


def actor_middleware(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sets `request.actor`; needs the authentication and the clock middleware before it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        asked = cast(Request, request)
        asked.actor = actor_of(request.user if request.user.is_authenticated else None, on=asked.today)
        return get_response(request)

    return middleware


def requires(
    capability: str,
) -> Callable[[Callable[Concatenate[Request, P], R]], Callable[Concatenate[HttpRequest, P], R | HttpResponse]]:
    """A page that needs a capability: others are asked to sign in, or told that they may not (403)."""

    def decorate(
        view: Callable[Concatenate[Request, P], R],
    ) -> Callable[Concatenate[HttpRequest, P], R | HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> R | HttpResponse:
            asked = cast(Request, request)
            if asked.actor.user is None:
                return redirect_to_login(request.get_full_path())
            if not asked.actor.may(capability):
                raise PermissionDenied
            return view(asked, *args, **kwargs)

        guarded.capability = capability  # type: ignore[attr-defined]
        return cast(Callable[Concatenate[HttpRequest, P], R | HttpResponse], guarded)

    return decorate


def employer_for(request: Request, capability: str, code: str) -> Employer:
    """The employer with this code if the actor's capability reaches it; otherwise the same 404 as if it weren't."""
    employer = queries.employer_by_code(code)
    if employer is None or not request.actor.reach(capability).covers(employer_id=employer.pk):
        raise Http404
    return employer


def unit_for(request: Request, capability: str, employer_code: str, unit_code: str) -> queries.UnitOnDay:
    """The unit as it stands today if the actor's capability reaches it; otherwise 404."""
    unit = queries.unit_by_code(employer_code, unit_code, on=request.today)
    if unit is None or not request.actor.reach(capability).covers(employer_id=unit.employer_id, unit_id=unit.id):
        raise Http404
    return unit


def unit_to_see(request: Request, employer_code: str, unit_code: str) -> queries.UnitOnDay:
    """The unit as it stands today, or as it last was if it is no more; otherwise 404."""
    unit = queries.unit_by_code(employer_code, unit_code, on=request.today) or queries.last_of_unit(
        employer_code, unit_code
    )
    if unit is None:
        raise Http404
    return unit


def user_of(request: Request) -> User:
    """The account that asks; pages behind `requires` have one."""
    if request.actor.user is None:
        raise PermissionDenied
    return request.actor.user


def may_see_name(actor: Actor, *, employer_id: int, unit_id: int) -> bool:
    """Whether the actor sees people of this employer's unit by name; others see a pseudonym (`Person.key`)."""
    return actor.reach("organisation.see_people").covers(employer_id=employer_id, unit_id=unit_id)
