"""Accounts are opened, roles granted and ended, by a page and by the rules."""

from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.organisation import operations
from kazipot.organisation.access import actor_of
from kazipot.organisation.errors import AlreadyGranted, GrantEnded, UnitNeeded
from kazipot.organisation.models import Person, RoleGrant
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2026, 6, 1), date(2026, 7, 1)
PASSWORD = "dolgo-geslo-za-preizkus"


@pytest.fixture
def service(client: Client) -> Client:
    sign_in(client, Role.SERVICE, make_employer())
    return client


def post(client: Client, name: str, told: dict[str, Any], *args: int) -> Any:
    return client.post(reverse(f"organisation:{name}", args=args), told)


def headship() -> dict[str, Any]:
    employer = make_employer().pk
    return {"username": "vodja", "role": "head", "employer": employer, "unit": "TOP", "valid_from": "2026-06-01"}


def test_account_of_an_employee_is_theirs_and_can_sign_in(service: Client) -> None:
    job = make_employment(person=make_person(), unit=make_unit(), number="4711")
    told = {
        "username": "marjeta", "email": "", "language": "sl", "employer": job.employer_id,
        "personnel_number": "4711", "password": PASSWORD,
    }  # fmt: skip
    assert post(service, "new-account", told).status_code == 302
    assert Person.objects.get(pk=job.person_id).user == User.objects.get(username="marjeta")
    assert Client().login(username="marjeta", password=PASSWORD)
    again = post(service, "new-account", told)
    assert again.context["form"].errors.keys() == {"username"}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"password": "1234"}, "password"),
        ({"personnel_number": "9"}, "personnel_number"),
        ({"username": ""}, "username"),
    ],
)
def test_faulty_account_is_refused_at_its_field(service: Client, change: dict[str, str], field: str) -> None:
    told = {"username": "novi", "language": "sl", "employer": make_employer().pk, "password": PASSWORD, **change}
    response = post(service, "new-account", told)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not User.objects.filter(username="novi").exists()


def test_role_reaches_the_unit_and_those_below_it_until_it_ends(service: Client) -> None:
    top = make_unit(code="TOP")
    low, other = make_unit(code="LOW", parent=top), make_unit(code="OTHER")
    user = make_user("vodja")
    assert post(service, "grant-role", headship()).status_code == 302
    reach = actor_of(user, on=JUNE).reach("organisation.see_people")
    assert [reach.covers(unit_id=unit.pk) for unit in (top, low, other)] == [True, True, False]
    grant = RoleGrant.objects.get(user=user)
    assert post(service, "end-role", {"on": "2026-07-01"}, grant.pk).status_code == 302
    assert actor_of(user, on=JUNE).may("organisation.see_people")
    assert not actor_of(user, on=JULY).may("organisation.see_people")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "nihče"}, "username"),
        ({"unit": ""}, "unit"),
        ({"unit": "NOWHERE"}, "unit"),
        ({"role": "employee"}, "role"),
    ],
)
def test_faulty_grant_is_refused_at_its_field(service: Client, change: dict[str, str], field: str) -> None:
    make_user("vodja"), make_unit(code="TOP")
    response = post(service, "grant-role", {**headship(), **change})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}


def test_role_is_held_once_and_ends_once(at: datetime) -> None:
    user, employer = make_user(), make_employer()
    told: dict[str, Any] = {"user_id": user.pk, "role": Role.HR, "employer_id": employer.pk, "unit_id": None}
    grant = operations.grant_role(**told, valid_from=JUNE, at=at, actor=None)
    with pytest.raises(AlreadyGranted):
        operations.grant_role(**told, valid_from=JULY, at=at, actor=None)
    with pytest.raises(GrantEnded):
        operations.end_role(grant_id=grant.pk, on=JUNE, at=at, actor=None)
    operations.end_role(grant_id=grant.pk, on=JULY, at=at, actor=None)
    with pytest.raises(GrantEnded):
        operations.end_role(grant_id=grant.pk, on=JULY, at=at, actor=None)
    operations.grant_role(**told, valid_from=JULY, at=at, actor=None)


def test_head_without_a_unit_is_refused(at: datetime) -> None:
    with pytest.raises(UnitNeeded):
        operations.grant_role(
            user_id=make_user().pk, role=Role.HEAD, employer_id=make_employer().pk, unit_id=None, valid_from=JUNE,
            at=at, actor=None,
        )  # fmt: skip
