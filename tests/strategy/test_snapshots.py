"""Snapshots: kept, never changed, and compared with what comes out now."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.needs import operations as publishing
from kazipot.needs import queries as analyses
from kazipot.strategy import operations, queries
from kazipot.strategy.errors import NotYetOver
from kazipot.strategy.models import IndicatorSnapshot
from tests.factories import needs, organisation, strategy

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 8, tzinfo=UTC)
DAY = date(2026, 6, 30)


def take(as_of: date = DAY) -> int:
    return operations.take_snapshots(as_of=as_of, at=AT, actor=None)


def test_take_snapshots_keeps_the_whole_kinds_and_units_and_notes_it():
    unit = organisation.make_unit(code="A")
    person = organisation.make_person()
    organisation.make_employment(person, unit)
    strategy.make_appointment(unit, person, date(2025, 1, 1))
    made = take()
    rows = {(row.indicator, row.scope): (row.numerator, row.denominator) for row in IndicatorSnapshot.objects.all()}
    assert rows["M1", "whole"] == rows["M1", "kind:department"] == rows["M1", "unit:MU/A"] == (1, 1)
    assert AuditEvent.objects.get().detail == {"as_of": "2026-06-30", "rows": made}


def test_take_snapshots_refuses_a_day_that_has_not_come():
    with pytest.raises(NotYetOver):
        take(date(2026, 7, 2))


def test_verify_is_silent_while_nothing_changed_and_names_what_did():
    unit = organisation.make_unit(code="A")
    person = organisation.make_person()
    organisation.make_employment(person, unit)
    take()
    assert queries.verify() == []
    strategy.make_appointment(unit, person, date(2025, 1, 1))
    assert [str(difference) for difference in queries.verify(DAY)] == [
        "M1 kind:department 2026-06-30: 0/1 → 1/1",
        "M1 unit:MU/A 2026-06-30: 0/1 → 1/1",
        "M1 whole 2026-06-30: 0/1 → 1/1",
    ]
    take()
    assert queries.verify() == []


def test_verify_finds_other_things_behind_the_same_number():
    units = [organisation.make_unit(code=code, valid_from=date(2025, 1, 1)) for code in ("A", "B")]
    person = organisation.make_person()
    organisation.make_employment(person, units[0])
    appointment = strategy.make_appointment(units[0], person, date(2025, 1, 1))
    take()
    appointment.unit = units[1]
    appointment.save()
    assert "M1 whole 2026-06-30: 1/2 → 1/2" in [str(difference) for difference in queries.verify()]


def test_history_takes_past_quarters_from_snapshots_and_the_day_itself_now():
    unit = organisation.make_unit()
    person = organisation.make_person()
    organisation.make_employment(person, unit)
    take(date(2026, 3, 31))
    strategy.make_appointment(unit, person, date(2023, 2, 1))
    points = queries.history(DAY, "M1")
    assert [(point.on, point.numerator, point.from_snapshot) for point in points[-3:]] == [
        (date(2025, 12, 31), 1, False),
        (date(2026, 3, 31), 0, True),
        (date(2026, 6, 30), 1, False),
    ]
    assert (len(points), points[0].on) == (14, date(2023, 3, 31))


def test_history_of_a_long_time_is_bounded():
    assert len(queries.history(date(2032, 6, 30), "M1")) == 16


def test_published_comes_from_the_latest_snapshot_and_from_records_before_there_is_one(
    django_assert_max_num_queries,
):
    organisation.make_unit()
    live = queries.published(date(2026, 7, 1))
    assert (live.as_of, live.kept_at, live.figures[0].whole.denominator) == (date(2026, 7, 1), None, 1)
    take()
    organisation.make_unit()
    with django_assert_max_num_queries(2):
        kept = queries.published(date(2026, 7, 1))
    assert (kept.as_of, kept.kept_at, kept.figures[0].whole.denominator) == (DAY, AT, 1)


def test_history_takes_a_part_that_was_not_kept_on_a_kept_day_as_nothing_to_count():
    organisation.make_unit(code="A", must_have_advisor=False)
    organisation.make_unit(code="B")
    take(date(2026, 3, 31))
    points = queries.history(DAY, "M1", scope=queries.scope_from("unit:MU/A"))
    assert (points[-2].denominator, points[-2].from_snapshot) == (0, True)


def test_history_of_kept_days_only_leaves_the_others_out():
    organisation.make_unit()
    take(date(2026, 3, 31))
    assert [point.on for point in queries.history(DAY, "M1", only_kept=True)] == [date(2026, 3, 31), DAY]


def test_take_missing_snapshots_makes_up_the_latest_quarters_first_and_then_stops():
    organisation.make_unit()
    days = operations.take_missing_snapshots(today=date(2026, 7, 1), at=AT, actor=None, most=2)
    assert days == [DAY, date(2026, 3, 31)]
    rest = operations.take_missing_snapshots(today=date(2026, 7, 1), at=AT, actor=None, most=50)
    assert (len(rest), rest[-1], queries.missing_quarters(date(2026, 7, 1))) == (12, date(2023, 3, 31), [])


def test_deleted_answers_change_neither_the_published_analysis_nor_the_snapshot_and_the_page_says_so(
    client: Client,
) -> None:
    campaign, unit = needs.make_campaign(2026, status="closed"), organisation.make_unit()
    first = needs.competences_of(campaign.framework)[0].pk
    invitations = []
    for _ in range(12):
        person = organisation.make_person()
        organisation.make_employment(person, unit)
        invitations.append(needs.make_invitation(campaign, person, unit))
        needs.make_response(invitations[-1], {first: Answered(1, 3, True)}, default=Answered(3, 2, False))
    published = publishing.publish_analysis(year=2026, at=needs.moment(date(2026, 4, 10)), actor=None)
    take(date(2026, 6, 30))
    publishing.delete_answers(invitation_id=invitations[0].pk, at=needs.moment(date(2026, 7, 1)), actor=None)

    kept = IndicatorSnapshot.objects.get(indicator="M3", scope="whole", as_of=date(2026, 6, 30))
    assert (kept.numerator, kept.denominator) == (0, 12)
    [difference] = [one for one in queries.verify(date(2026, 6, 30)) if (one.indicator, one.scope) == ("M3", "whole")]
    assert (difference.kept, difference.now) == ((0, 12), (0, 11))
    again = analyses.published_version(2026, None)
    assert again is not None
    assert (again.content["response"]["answered"], analyses.is_untouched(again)) == (12, True)
    assert again.content == published.content
    organisation.sign_in(client, Role.SERVICE, unit.employer)
    page = client.get("/indicators/M3/", {"on": "2026-06-30"}).text
    assert "Posnetek stanja na ta dan ostane, kakršen je bil: 0 od 12." in page
    assert "Posnetek stanja na ta dan ostane" not in client.get("/indicators/M3/", {"on": "2026-07-02"}).text
