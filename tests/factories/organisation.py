"""Employers, units, people and accounts for tests. Everything has a plain default; counters make it unique."""

from datetime import date
from itertools import count
from typing import Any

from django.test import Client

from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employer, Employment, JobProfile, Person, Post, RoleGrant, Unit, UnitVersion

_numbers = count(1)
SINCE = date(2020, 1, 1)


def make_employer(code: str = "MU", kind: str = "city_administration", **kwargs: Any) -> Employer:
    """The employer with this code, made when it isn't there yet."""
    names = {"name_sl": f"Delodajalec {code}", "name_en": f"Employer {code}", **kwargs}
    employer, _ = Employer.objects.get_or_create(code=code, defaults={"kind": kind, **names})
    return employer


def make_unit(
    employer: Employer | None = None,
    code: str | None = None,
    parent: Unit | None = None,
    kind: str = "department",
    must_have_advisor: bool = True,
    valid_from: date = SINCE,
    valid_to: date | None = None,
    name_sl: str = "",
    name_en: str = "",
) -> Unit:
    """A unit with one version; by default of the city administration."""
    code = code or f"U{next(_numbers)}"
    unit = Unit.objects.create(employer=employer or make_employer(), code=code)
    UnitVersion.objects.create(
        unit=unit,
        parent=parent,
        name_sl=name_sl or f"Oddelek {code}",
        name_en=name_en or f"Department {code}",
        kind=kind,
        must_have_advisor=must_have_advisor,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return unit


def make_person(**kwargs: Any) -> Person:
    """A person without an e-mail address and without a job."""
    number = next(_numbers)
    defaults = {"key": f"key-{number}", "first_name": "Ana", "last_name": f"Novak{number}"}
    return Person.objects.create(**{**defaults, **kwargs})


def make_profile(code: str | None = None, **kwargs: Any) -> JobProfile:
    """A job profile."""
    code = code or f"P{next(_numbers)}"
    return JobProfile.objects.create(code=code, **{"name_sl": f"Profil {code}", "name_en": f"Profile {code}", **kwargs})


def make_post(employer: Employer | None = None, code: str | None = None, profile: JobProfile | None = None) -> Post:
    """The employer's post with this code, made when it isn't there yet."""
    code = code or "OFFICIAL"
    post, _ = Post.objects.get_or_create(
        employer=employer or make_employer(), code=code, defaults={"title": f"Delovno mesto {code}", "profile": profile}
    )
    return post


def make_employment(
    person: Person | None = None,
    unit: Unit | None = None,
    valid_from: date = SINCE,
    hired_on: date | None = None,
    valid_to: date | None = None,
    post: Post | None = None,
    number: str | None = None,
) -> Employment:
    """A person works in a unit; by default since 2020."""
    unit = unit or make_unit()
    return Employment.objects.create(
        person=person or make_person(),
        employer=unit.employer,
        personnel_number=number or f"{next(_numbers):06}",
        unit=unit,
        post=post or make_post(unit.employer),
        hired_on=hired_on or valid_from,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def make_user(username: str | None = None, person: Person | None = None, language: str = "sl") -> User:
    """An account, of a person if one is given."""
    user = User.objects.create_user(
        username=username or f"user{next(_numbers)}", password="a long password", language=language
    )
    if person is not None:
        person.user = user
        person.save(update_fields=["user"])
    return user


def grant(user: User, role: Role, employer: Employer, unit: Unit | None = None, valid_from: date = SINCE) -> RoleGrant:
    """The account holds the role for the employer, or for a unit of it."""
    return RoleGrant.objects.create(user=user, role=role, employer=employer, unit=unit, valid_from=valid_from)


def sign_in(client: Client, role: Role, employer: Employer, unit: Unit | None = None) -> User:
    """Sign somebody in who has the role (an employee: who works in the unit, or in a new one)."""
    person = make_person()
    user = make_user(person=person)
    if role is Role.EMPLOYEE:
        make_employment(person=person, unit=unit or make_unit(employer=employer))
    else:
        grant(user, role, employer, unit)
    client.force_login(user)
    return user
