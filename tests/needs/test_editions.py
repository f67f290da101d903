"""A new analysis tells nothing small to whoever subtracts those that are out: versions of the year, earlier years."""

from datetime import date
from typing import Any

import pytest

from kazipot.core.survey.stated_need import Answered
from kazipot.needs import operations, queries
from kazipot.needs.models import Campaign
from kazipot.organisation.models import Person, Unit
from tests.factories import needs, organisation

AT = needs.moment(date(2026, 4, 10))
WANTS, CONTENT = Answered(1, 3, True), Answered(3, 2, False)

pytestmark = pytest.mark.django_db


def answer(campaign: Campaign, unit: Unit, people: list[Person], wanting: int) -> None:
    """The people answer, the first of them want the first competence."""
    first = needs.competences_of(campaign.framework)[0].pk
    for number, person in enumerate(people):
        invitation = needs.make_invitation(campaign, person=person, unit=unit)
        needs.make_response(invitation, {first: WANTS if number < wanting else CONTENT}, default=CONTENT)


def people(number: int, unit: Unit) -> list[Person]:
    found = [organisation.make_person() for _ in range(number)]
    for person in found:
        organisation.make_employment(person=person, unit=unit)
    return found


def needs_of(content: Any, key: str) -> list[int | None]:
    return list(content["tables"]["need"][key][str(content["competences"][0]["id"])])


def make(year: int, at: Any) -> dict[str, Any]:
    found = queries.make(year, at.date())
    assert found is not None
    return dict(found.content)


def test_versions_that_differ_by_few_states_hide_the_count() -> None:
    campaign, units = needs.make_campaign(), [organisation.make_unit() for _ in range(3)]
    for unit in units:
        answer(campaign, unit, people(20, unit), 8)
    told = operations.publish_analysis(year=2026, at=AT, actor=None)
    assert needs_of(told.content, f"unit:{units[0].pk}") == [8, 12]
    for unit in units:
        answer(campaign, unit, people(8, unit), 2 if unit == units[0] else 8)
    later = make(2026, AT)
    assert needs_of(later, f"unit:{units[0].pk}") == [None, None]
    assert needs_of(later, "whole") == [42, 42]


def test_what_any_earlier_version_told_is_compared_with() -> None:
    campaign, units = needs.make_campaign(), [organisation.make_unit() for _ in range(2)]
    for unit in units:
        answer(campaign, unit, people(20, unit), 8)
    operations.publish_analysis(year=2026, at=AT, actor=None)
    for step in range(2):
        for unit in units:
            answer(campaign, unit, people(6, unit), 6 if step else 1)
        operations.publish_analysis(year=2026, at=AT, actor=None, changes="" if step > 5 else "More answers")
    told = [needs_of(version.content, f"unit:{units[0].pk}") for version in reversed(queries.versions(2026))]
    assert told[0] == [8, 12]
    assert told[1] == [None, None]  # one of six: 9 beside 8
    assert told[2] == [None, None]  # else 15 − 6 new ones tell 9 again


def test_two_years_of_the_same_people_and_one_more_hide_the_count() -> None:
    framework, units = needs.make_framework(), [organisation.make_unit() for _ in range(3)]
    staff = [people(20, unit) for unit in units]
    before, now = needs.make_campaign(2025, framework), needs.make_campaign(2026, framework)
    for unit, those in zip(units, staff, strict=True):
        answer(before, unit, those, 8)
    operations.publish_analysis(year=2025, at=needs.moment(date(2025, 6, 1)), actor=None)
    answer(now, units[0], people(1, units[0]) + staff[0], 9)
    answer(now, units[1], staff[1], 12)
    answer(now, units[2], staff[2], 8)
    told = make(2026, AT)
    assert needs_of(told, f"unit:{units[0].pk}") == [None, None]
    assert needs_of(told, "whole") == [29, 32]


def test_two_years_in_which_others_changed_too_tell_both_counts() -> None:
    framework, units = needs.make_framework(), [organisation.make_unit() for _ in range(2)]
    staff = [people(20, unit) for unit in units]
    before, now = needs.make_campaign(2025, framework), needs.make_campaign(2026, framework)
    for unit, those in zip(units, staff, strict=True):
        answer(before, unit, those, 8)
    operations.publish_analysis(year=2025, at=needs.moment(date(2025, 6, 1)), actor=None)
    answer(now, units[0], staff[0] + people(1, units[0]), 9)
    answer(now, units[1], staff[1], 9)
    assert needs_of(make(2026, AT), f"unit:{units[0].pk}") == [9, 12]


def test_unit_in_which_nobody_answered_last_year_and_nobody_is_asked_this_year_is_no_fault() -> None:
    framework, (unit, gone) = needs.make_framework(), [organisation.make_unit() for _ in range(2)]
    staff = people(20, unit)
    before, now = needs.make_campaign(2025, framework), needs.make_campaign(2026, framework)
    answer(before, unit, staff, 8)
    needs.make_invitation(before, person=people(1, gone)[0], unit=gone)
    operations.publish_analysis(year=2025, at=needs.moment(date(2025, 6, 1)), actor=None)
    answer(now, unit, staff, 12)
    assert needs_of(make(2026, AT), "whole") == [12, 8]
