"""Who heads a unit, who is called by a number or an address, and how many people worked in a unit on a day."""

from datetime import date
from typing import Any

import pytest

from kazipot.foundation.roles import Role
from kazipot.organisation import queries
from tests.factories.organisation import grant, make_employer, make_employment, make_person, make_unit, make_user

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)


def test_head_is_of_the_unit_or_the_nearest_above() -> None:
    top = make_unit(code="TOP")
    middle = make_unit(code="MIDDLE", parent=top)
    below = make_unit(code="BELOW", parent=middle)
    assert queries.heads_of_unit(below.pk, on=ON) == []
    account = make_user("chief", language="en")
    grant(account, Role.HEAD, top.employer, top)
    assert queries.heads_of_unit(below.pk, on=ON) == [queries.Addressee("chief", "", "en")]
    person = make_person(first_name="Eva", last_name="Zupan", email="eva@city.example")
    grant(make_user(person=person), Role.HEAD, top.employer, middle, valid_from=date(2026, 6, 1))
    assert queries.heads_of_unit(below.pk, on=ON) == [queries.Addressee("Eva Zupan", "eva@city.example", "sl")]
    assert [head.name for head in queries.heads_of_unit(below.pk, on=date(2026, 5, 31))] == ["chief"]


def test_people_are_called_by_number_at_one_employer_and_by_address_at_any(django_assert_num_queries: Any) -> None:
    unit = make_unit()
    other = make_unit(make_employer("JHL", kind="public_company"))
    ana = make_employment(make_person(email="Ana@city.example"), unit, number="01")
    ben = make_employment(make_person(email="ben@jhl.example"), other, number="02")
    make_employment(make_person(email="old@city.example"), unit, number="03", valid_to=ON)
    words = ["01", "02", "03", "ANA@city.example", "ben@jhl.example", "old@city.example", ""]
    with django_assert_num_queries(1):
        found = queries.employments_called(words, unit.employer_id, on=ON)
    assert found == {"01": ana, "ANA@city.example": ana, "ben@jhl.example": ben}


def test_people_without_an_address_are_not_called_by_an_empty_one() -> None:
    unit = make_unit()
    make_employment(make_person(email=""), unit, number="01")
    assert queries.employments_called(["@"], unit.employer_id, on=ON) == {}
    assert queries.employments_called([""], unit.employer_id, on=ON) == {}


def test_headcounts_are_of_each_day(django_assert_num_queries: Any) -> None:
    unit, other, empty = make_unit(), make_unit(), make_unit()
    make_employment(unit=unit, valid_to=ON)
    make_employment(unit=unit, valid_from=ON)
    make_employment(unit=unit)
    make_employment(unit=other)
    earlier = date(2026, 5, 31)
    places = {(unit.pk, earlier), (unit.pk, ON), (other.pk, ON), (empty.pk, ON)}
    with django_assert_num_queries(1):
        found = queries.headcounts(places)
    assert found == {(unit.pk, earlier): 2, (unit.pk, ON): 2, (other.pk, ON): 1, (empty.pk, ON): 0}
