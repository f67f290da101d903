"""Which competences a kind of work needs: as of a day, changed on a page."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.framework import operations, queries
from kazipot.framework.errors import NotOfThisFramework, TargetsAreLater
from kazipot.framework.models import ProfileTarget
from tests.factories import needs, organisation

AT = datetime(2026, 1, 1, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def put(profile_id: int | None, framework_id: int, targets: dict[int, tuple[int, int]], on: date) -> None:
    operations.set_profile_targets(
        profile_id=profile_id, framework_id=framework_id, targets=targets, on=on, at=AT, actor=None
    )


def test_targets_hold_from_a_day_and_the_past_stays() -> None:
    framework = needs.make_framework()
    first, second, *_rest = needs.competences_of(framework)
    driver = organisation.make_profile()
    put(driver.pk, framework.pk, {first.pk: (1, 2)}, date(2025, 1, 1))
    put(driver.pk, framework.pk, {second.pk: (2, 3)}, date(2026, 1, 1))
    put(None, framework.pk, {first.pk: (1, 1)}, date(2026, 1, 1))
    assert queries.profile_targets(framework.pk, on=date(2025, 12, 31)) == {driver.pk: {first.pk: (1, 2)}}
    assert queries.profile_targets(framework.pk, on=date(2026, 1, 1)) == {
        driver.pk: {second.pk: (2, 3)},
        None: {first.pk: (1, 1)},
    }
    assert AuditEvent.objects.filter(verb="framework.set_profile_targets").count() == 3


def test_targets_set_twice_on_a_day_are_the_last_ones() -> None:
    framework = needs.make_framework()
    first, second, *_rest = needs.competences_of(framework)
    put(None, framework.pk, {first.pk: (1, 2)}, date(2026, 1, 1))
    put(None, framework.pk, {second.pk: (2, 2)}, date(2026, 1, 1))
    assert queries.profile_targets(framework.pk, on=date(2026, 1, 1)) == {None: {second.pk: (2, 2)}}
    assert ProfileTarget.objects.count() == 1


def test_targets_refuse_other_frameworks_impossible_levels_and_earlier_days() -> None:
    framework, other = needs.make_framework(), needs.make_framework()
    mine, foreign = needs.competences_of(framework)[0], needs.competences_of(other)[0]
    for targets in ({foreign.pk: (1, 2)}, {mine.pk: (3, 2)}, {mine.pk: (1, 5)}):
        with pytest.raises(NotOfThisFramework):
            put(None, framework.pk, targets, date(2026, 1, 1))
    put(None, framework.pk, {mine.pk: (1, 2)}, date(2026, 2, 1))
    with pytest.raises(TargetsAreLater):
        put(None, framework.pk, {mine.pk: (1, 2)}, date(2026, 1, 31))


def test_page_shows_and_changes_what_work_needs(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-03-10"
    client.cookies["language"] = "en"
    framework = needs.make_framework(code="small")
    first = needs.competences_of(framework)[0]
    organisation.make_profile("DRIVER", name_en="Bus driver")
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    data = {"on": "2026-03-10", f"levels_{first.pk}": "1-2"}
    page = client.post(f"/framework/small/{framework.version}/work/DRIVER/", data, follow=True)
    assert "What this work needs has been saved." in page.text
    assert f"<td>{first.code}</td>" in page.text
    again = client.get(f"/framework/small/{framework.version}/work/DRIVER/")
    assert '<option value="1-2" selected>levels 1 to 2</option>' in again.text
    unknown = client.get(f"/framework/small/{framework.version}/work/NOBODY/")
    assert unknown.status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_page_takes_the_same_queries_for_many_rows(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    framework = needs.make_framework(code="small")
    for _ in range(rows):
        organisation.make_profile()
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    with django_assert_num_queries(10):
        assert client.get(f"/framework/small/{framework.version}/work/").status_code == 200
