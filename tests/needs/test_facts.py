"""What the indicators and the planning of training count with."""

from datetime import date, datetime
from typing import Any

import pytest

from kazipot.core.indicators.needs import AnalysisFact, InvitationFact
from kazipot.core.indicators.training import NeedFact, Span
from kazipot.core.survey.stated_need import Answered
from kazipot.framework.models import Crosswalk
from kazipot.needs import queries
from tests.factories import needs, organisation

AS_OF = date(2026, 6, 30)
WANTS = Answered(1, 3, True)

pytestmark = pytest.mark.django_db


def test_analysis_facts_are_the_versions_published_by_the_day() -> None:
    first = needs.make_analysis(2026, 1, date(2026, 6, 30))
    needs.make_analysis(2026, 2, date(2026, 7, 1))
    assert queries.analysis_facts(AS_OF) == [AnalysisFact(first.pk, date(2026, 6, 30))]


def test_invitation_facts_tell_who_had_answered_by_the_day() -> None:
    campaign = needs.make_campaign(closes_on=date(2026, 12, 31))
    answered, late, silent = (needs.make_invitation(campaign) for _ in range(3))
    needs.make_invitation(campaign, invited_at=needs.moment(date(2026, 7, 1)))
    needs.make_invitation(needs.make_campaign(2025))
    needs.make_response(answered, submitted_at=needs.moment(AS_OF))
    needs.make_response(late, submitted_at=needs.moment(date(2026, 7, 1)))
    assert queries.invitation_facts(2026, AS_OF) == [
        InvitationFact(answered.pk, answered.unit_id, True),
        InvitationFact(late.pk, late.unit_id, False),
        InvitationFact(silent.pk, silent.unit_id, False),
    ]


def test_need_facts_take_the_latest_response_of_two_years() -> None:
    framework = needs.make_framework()
    competence = needs.competences_of(framework)[0]
    campaigns = {year: needs.make_campaign(year, framework) for year in (2024, 2025, 2026)}
    unit = organisation.make_unit()
    people = [organisation.make_employment(unit=unit).person for _ in range(4)]
    states = {competence.pk: WANTS}
    both, no_more, last_year, long_ago = people
    needs.make_response(needs.make_invitation(campaigns[2025], both, unit), states)
    needs.make_response(needs.make_invitation(campaigns[2026], both, unit), {competence.pk: Answered(2, 2, True)})
    needs.make_response(needs.make_invitation(campaigns[2025], no_more, unit), states)
    needs.make_response(needs.make_invitation(campaigns[2026], no_more, unit))
    needs.make_response(needs.make_invitation(campaigns[2025], last_year, unit), states)
    needs.make_response(needs.make_invitation(campaigns[2024], long_ago, unit), states)
    assert queries.need_facts(2026, AS_OF) == [
        NeedFact(both.pk, unit.pk, frozenset({Span(competence.pk, 2, 3)})),
        NeedFact(last_year.pk, unit.pk, frozenset({Span(competence.pk, 1, 3)})),
    ]


def test_need_facts_leave_out_answers_after_the_day() -> None:
    campaign = needs.make_campaign()
    competence = needs.competences_of(campaign.framework)[0]
    needs.make_response(
        needs.make_invitation(campaign), {competence.pk: WANTS}, submitted_at=needs.moment(date(2026, 7, 1))
    )
    assert queries.need_facts(2026, AS_OF) == []


def test_need_facts_count_people_where_they_work_on_the_day() -> None:
    campaign = needs.make_campaign()
    competence = needs.competences_of(campaign.framework)[0]
    before, after = organisation.make_unit(), organisation.make_unit()
    moved, left = organisation.make_person(), organisation.make_person()
    organisation.make_employment(moved, before, valid_to=date(2026, 5, 1), hired_on=date(2020, 1, 1))
    organisation.make_employment(moved, after, valid_from=date(2026, 5, 1), hired_on=date(2020, 1, 1))
    organisation.make_employment(left, before, valid_to=date(2026, 5, 1))
    for person in (moved, left):
        needs.make_response(needs.make_invitation(campaign, person, before), {competence.pk: WANTS})
    assert queries.need_facts(2026, AS_OF) == [NeedFact(moved.pk, after.pk, frozenset({Span(competence.pk, 1, 3)}))]


def test_need_facts_are_told_in_another_framework_and_never_lost() -> None:
    old, new = needs.make_framework(), needs.make_framework()
    followed, dropped, *_ = needs.competences_of(old)
    successor = needs.competences_of(new)[0]
    Crosswalk.objects.create(source=followed, target_framework=new, target=successor, relation="exact")
    Crosswalk.objects.create(source=dropped, target_framework=new, target=None, relation="none")
    invitation = needs.make_invitation(needs.make_campaign(framework=old))
    needs.make_response(invitation, {followed.pk: WANTS, dropped.pk: WANTS})
    assert queries.need_facts(2026, AS_OF, expressed_in=new.pk) == [
        NeedFact(
            invitation.person_id, invitation.unit_id, frozenset({Span(successor.pk, 1, 3), Span(dropped.pk, 1, 3)})
        )
    ]


@pytest.mark.parametrize("people", [1, 3])
def test_need_facts_take_three_queries(people: int, django_assert_num_queries: Any) -> None:
    campaign = needs.make_campaign()
    competence = needs.competences_of(campaign.framework)[0]
    for _ in range(people):
        needs.make_response(needs.make_invitation(campaign), {competence.pk: WANTS})
    with django_assert_num_queries(3):
        assert len(queries.need_facts(2026, AS_OF)) == people


@pytest.mark.parametrize(("hour", "expected"), [(datetime(2026, 6, 30, 21, 59), 1), (datetime(2026, 6, 30, 22, 0), 0)])
def test_invitation_facts_end_the_day_when_it_ends_in_the_city(hour: datetime, expected: int) -> None:
    moment = needs.moment(hour.date()).replace(hour=hour.hour, minute=hour.minute)
    needs.make_invitation(invited_at=moment)
    assert len(queries.invitation_facts(2026, AS_OF)) == expected
