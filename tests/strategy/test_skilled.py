"""Context: the share of digitally skilled employees, told of groups of five and more only."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kazipot.core.indicators.skilled import SkillFact, confirmed, is_skilled, skilled
from kazipot.foundation.roles import Role
from kazipot.framework.models import ProfileTarget
from kazipot.hiring.models import FamilyDemand, FamilyProfile
from kazipot.organisation.models import Unit
from kazipot.strategy import queries
from kazipot.strategy.queries.skilled import kinds
from tests.factories import needs, organisation, strategy

DAY, PUBLISHED = date(2026, 6, 20), date(2026, 6, 30)


def fact(person: int, own: dict[int, int], *, unit: int = 1, verified: bool = False) -> SkillFact:
    return SkillFact(person, unit, {7: 2, 8: 1}, own, verified)


def test_skilled_is_who_reaches_every_demanded_level_that_was_asked_about() -> None:
    people = [fact(1, {7: 2, 8: 1}), fact(2, {7: 3, 8: 0}), fact(3, {7: 2}), fact(4, {9: 4}), fact(5, {})]
    count = skilled(people)
    assert (count.met, count.all_) == ({1, 3}, {1, 2, 3})


def test_confirmed_are_the_skilled_who_passed_a_verification() -> None:
    people = [fact(1, {7: 2, 8: 1}, verified=True), fact(2, {7: 2, 8: 1}), fact(3, {7: 0}, verified=True)]
    assert (confirmed(people).met, confirmed(people).all_) == ({1}, {1, 2, 3})


LEVELS = st.lists(st.integers(0, 4), max_size=4).map(lambda levels: dict(enumerate(levels)))


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(LEVELS, LEVELS)
def test_more_skill_never_makes_anybody_less_skilled(demanded: dict[int, int], own: dict[int, int]) -> None:
    better = {pk: min(4, level + 1) for pk, level in own.items()}
    before, after = (SkillFact(1, 1, demanded, levels, verified=False) for levels in (own, better))
    assert is_skilled(after) >= is_skilled(before)


def crowd(unit: int, met: int, rest: int) -> list[SkillFact]:
    first = unit * 1000
    return [fact(first + n, {7: 2 if n < met else 1, 8: 1}, unit=unit) for n in range(met + rest)]


KIND_OF = {1: "department", 2: "public_company", 3: "primary_school"}


def told(*crowds: list[SkillFact]) -> dict[str, tuple[int | None, int | None]]:
    rows = kinds([one for people in crowds for one in people], KIND_OF, DAY)
    return {row.label: (row.counted, row.met) for row in rows}


def test_kind_of_unit_is_told_only_where_both_parts_have_five_people() -> None:
    found = told(crowd(1, 6, 7), crowd(2, 9, 8), crowd(3, 10, 12))
    assert sorted(found.values(), key=str) == [(13, 6), (17, 9), (22, 10)]


def test_kind_that_would_follow_from_the_whole_is_hidden_with_the_small_one() -> None:
    found = told(crowd(1, 6, 7), crowd(2, 9, 8), crowd(3, 2, 12))
    assert sorted(found.values(), key=str) == [(17, 9), (None, None), (None, None)]


@pytest.fixture
def city() -> Unit:
    """Twelve people of whom seven reach what the work needs, six of these verified, and a published analysis."""
    framework = needs.make_framework()
    competence = needs.competences_of(framework)[0]
    ProfileTarget.objects.create(competence=competence, from_level=2, to_level=4, valid_from=date(2020, 1, 1))
    unit, campaign = organisation.make_unit(), needs.make_campaign(framework=framework)
    post = organisation.make_post(profile=organisation.make_profile("CLERK", family="uprava"))
    for number in range(12):
        person = organisation.make_person()
        organisation.make_employment(person=person, unit=unit, post=post)
        answer = needs.Answered(2 if number < 7 else 1, 3, False)
        needs.make_response(needs.make_invitation(campaign, person, unit), {competence.pk: answer})
        if number in {0, 1, 2, 3, 4, 11}:
            strategy.make_verification(person, unit, date(2026, 6, 1))
    needs.make_analysis(2026, published_on=PUBLISHED, as_of=DAY.isoformat())
    return unit


def over_time(on: date = PUBLISHED) -> list[Any]:
    return [
        (row.label, row.on, row.counted, row.met, row.confirmed) for row in queries.skilled_over_time(on, months=24)
    ]


@pytest.mark.django_db
def test_share_is_told_of_the_day_of_the_years_analysis(city: Unit) -> None:
    assert over_time() == [("2026", DAY, 12, 7, None)]
    assert over_time(date(2026, 6, 29)) == []


@pytest.mark.django_db
def test_confirmed_are_told_where_nobody_would_be_told_apart(city: Unit) -> None:
    for person in organisation.Person.objects.order_by("pk")[5:7]:
        strategy.make_verification(person, city, date(2026, 6, 1))
    assert over_time() == [("2026", DAY, 12, 7, 7)]


@pytest.mark.django_db
def test_approved_demands_of_the_family_go_before_what_the_work_needs(city: Unit, at: Any) -> None:
    version = FamilyProfile.objects.create(
        employer=city.employer, family="uprava", number=1, status="approved", written_at=at, approved_at=at,
        valid_from=date(2026, 1, 1),
    )  # fmt: skip
    competence = ProfileTarget.objects.get().competence
    FamilyDemand.objects.create(profile=version, competence=competence, level=1, required=True)
    assert over_time() == [("2026", DAY, 12, None, None)]


@pytest.mark.django_db
def test_page_says_that_it_is_context_and_gives_the_definition(city: Unit, client: Client) -> None:
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.EMPLOYEE, organisation.make_employer())
    page = client.get(reverse("strategy:skilled"))
    assert "it has no target and nothing is due by it" in page.text
    assert [(row.counted, row.met) for row in page.context["rows"]] == [(12, 7)]


@pytest.mark.django_db
@pytest.mark.parametrize("more", [0, 3])
def test_page_needs_the_same_queries_however_many_people(city: Unit, client: Client, more: int) -> None:
    for _ in range(more):
        organisation.make_employment(unit=city)
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("strategy:skilled"))
    assert len(captured) == 38
