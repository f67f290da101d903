"""Accounts of people, and the roles that accounts hold."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.organisation import queries
from kazipot.organisation.errors import (
    AlreadyGranted,
    GrantEnded,
    HasAccount,
    UnitNeeded,
    UnitNotThere,
    UsernameTaken,
)
from kazipot.organisation.models import Person, RoleGrant


@transaction.atomic
def create_account(
    *,
    username: str,
    password: str,
    person_id: int | None = None,
    email: str = "",
    language: str = "sl",
    at: datetime,
    actor: User | None,
) -> User:
    """An account to sign in with, of a person if one is named. Raises UsernameTaken, HasAccount."""
    if User.objects.filter(username=username).exists():
        raise UsernameTaken
    person = lock(Person.objects.filter(pk=person_id)).get() if person_id is not None else None
    if person is not None and person.user_id is not None:
        raise HasAccount
    user = User.objects.create_user(
        username=username,
        password=password,
        email=email,
        language=language,
        first_name=person.first_name if person else "",
        last_name=person.last_name if person else "",
    )
    if person is not None:
        Person.objects.filter(pk=person.pk).update(user=user)
    audit.record("organisation.create_account", user, actor=actor, at=at, person=person.key if person else "")
    return user


@transaction.atomic
def grant_role(
    *,
    user_id: int,
    role: str,
    employer_id: int,
    unit_id: int | None,
    valid_from: date,
    at: datetime,
    actor: User | None,
) -> RoleGrant:
    """An account holds a role from a day on, for an employer or for a unit of it and the units below.

    Raises UnitNeeded, UnitNotThere, AlreadyGranted.
    """
    user = lock(User.objects.filter(pk=user_id)).get()
    if unit_id is None and role in {Role.HEAD, Role.ADVISOR}:
        raise UnitNeeded
    if unit_id is not None:
        unit = queries.unit_by_id(unit_id, on=valid_from)
        if unit is None or unit.employer_id != employer_id:
            raise UnitNotThere(field="unit")
    held = RoleGrant.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=valid_from), user=user, role=role, employer_id=employer_id, unit=unit_id
    )
    if held.exists():
        raise AlreadyGranted
    grant = RoleGrant.objects.create(
        user=user, role=role, employer_id=employer_id, unit_id=unit_id, valid_from=valid_from
    )
    audit.record(
        "organisation.grant_role", grant, actor=actor, at=at, employer_code=grant.employer.code,
        user=user.username, role=str(role), unit=unit_id, valid_from=valid_from.isoformat(),
    )  # fmt: skip
    return grant


@transaction.atomic
def end_role(*, grant_id: int, on: date, at: datetime, actor: User | None) -> None:
    """A role is held no longer from a day on. Raises GrantEnded."""
    grant = lock(RoleGrant.objects.filter(pk=grant_id)).select_related("employer", "user").get()
    if grant.valid_to is not None or on <= grant.valid_from:
        raise GrantEnded
    RoleGrant.objects.filter(pk=grant.pk).update(valid_to=on)
    audit.record(
        "organisation.end_role", grant, actor=actor, at=at, employer_code=grant.employer.code,
        user=grant.user.username, role=grant.role, on=on.isoformat(),
    )  # fmt: skip
