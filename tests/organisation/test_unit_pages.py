"""Whoever may change the organisation does it on pages, from the first employer to the last unit."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.organisation import queries
from kazipot.organisation.models import Employer, Unit
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db
ON = {"on": "2026-05-01"}


@pytest.fixture
def service(client: Client) -> Client:
    sign_in(client, Role.SERVICE, make_employer())
    return client


def address(name: str, *args: str) -> str:
    return reverse(f"organisation:{name}", args=args)


def test_employer_and_its_first_units_are_added_on_pages(service: Client) -> None:
    told = {"code": "LGL", "name_sl": "Lutkovno gledališče", "name_en": "Puppet Theatre", "kind": "public_institute"}
    assert service.post(address("new-employer"), told).status_code == 302
    unit = {
        "code": "LGL-1", "name_sl": "Oder", "name_en": "Stage", "kind": "section", "must_have_advisor": "on",
        "parent": "", "valid_from": "2026-05-01",
    }  # fmt: skip
    assert service.post(address("new-unit", "LGL"), unit).status_code == 302
    parent = Unit.objects.get(code="LGL-1")
    below = {**unit, "code": "LGL-2", "parent": str(parent.pk)}
    assert service.post(address("new-unit", "LGL"), below).status_code == 302
    found = queries.unit_by_code("LGL", "LGL-2", on=date(2026, 5, 1))
    assert found
    assert (found.parent_id, found.must_have_advisor) == (parent.pk, True)
    assert "Lutkovno gledališče" in service.get(address("employers")).text


def test_job_profile_is_added_once(service: Client) -> None:
    told = {"code": "DRIVER", "name_sl": "Voznik", "name_en": "Driver", "family": "promet"}
    assert service.post(address("new-profile"), told).status_code == 302
    assert "Voznik" in service.get(address("profiles")).text
    assert service.post(address("new-profile"), told).context["form"].errors.keys() == {"code"}


def test_taken_code_is_refused_beside_its_field(service: Client) -> None:
    told = {"code": "MU", "name_sl": "x", "name_en": "x", "kind": "public_institute"}
    response = service.post(address("new-employer"), told)
    assert response.status_code == 422
    assert "code" in response.context["form"].errors
    assert Employer.objects.count() == 1


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("change-unit", lambda other: {"name_sl": "Nova", "name_en": "New", "kind": "service"}),
        ("move-unit", lambda other: {"parent": str(other.pk)}),
        ("merge-unit", lambda other: {"into": str(other.pk)}),
        ("close-unit", lambda other: {}),
    ],
)
def test_change_of_a_unit_is_shown_on_its_page(
    service: Client, page: str, told: Callable[[Unit], dict[str, Any]]
) -> None:
    make_unit(code="A")
    other = make_unit(code="B")
    response = service.post(address(page, "MU", "A"), {**told(other), **ON}, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain == [(address("unit", "MU", "A"), 302)]
    assert "1.\N{NO-BREAK SPACE}5.\N{NO-BREAK SPACE}2026" in response.text


def test_unit_is_split_by_marking_who_goes_to_the_second_one(service: Client) -> None:
    old, one, two = (make_unit(code=code) for code in ("OLD", "ONE", "TWO"))
    jobs = [make_employment(person=make_person(), unit=old).pk for _ in range(3)]
    same = {"first": one.pk, "second": one.pk, **ON}
    assert service.post(address("split-unit", "MU", "OLD"), same).status_code == 422
    told = {"first": one.pk, "second": two.pk, "to_second": [jobs[0]], **ON}
    assert service.post(address("split-unit", "MU", "OLD"), told).status_code == 302
    assert queries.headcount_by_unit(date(2026, 5, 1)) == {one.pk: 2, two.pk: 1}


def test_refused_change_is_told_on_the_form(service: Client) -> None:
    top = make_unit(code="TOP")
    low = make_unit(code="LOW", parent=top)
    response = service.post(address("move-unit", "MU", "TOP"), {"parent": str(low.pk), **ON})
    assert response.status_code == 422
    assert "Enota bi bila podrejena sami sebi" in response.text


def test_unit_that_is_no_more_keeps_its_page(service: Client) -> None:
    make_unit(code="GONE", valid_to=date(2024, 1, 1))
    response = service.get(address("unit", "MU", "GONE"))
    assert response.status_code == 200
    assert "Enote danes ni" in response.text


@pytest.mark.parametrize("name", ["employers", "units", "roles", "people"])
def test_lists_take_as_many_queries_for_one_row_as_for_three(
    service: Client, name: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def add(number: int) -> None:
        unit = make_unit(make_employer(f"E{number}", kind="public_institute"), code=f"U{number}")
        make_employment(person=make_person(), unit=unit)
        make_employment(person=make_person(), unit=make_unit(code=f"M{number}"))
        sign_in(Client(), Role.HR, unit.employer)

    add(1)
    service.get(address(name))
    with django_assert_max_num_queries(20) as few:
        service.get(address(name))
    add(2), add(3)
    with django_assert_num_queries(len(few.captured_queries)):
        service.get(address(name))
