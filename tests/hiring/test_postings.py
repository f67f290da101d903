"""A posting is published with what it demands, corrected, withdrawn, and counted for M4."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.framework import queries as framework
from kazipot.framework.operations import install_shipped_frameworks
from kazipot.hiring import operations, queries
from kazipot.hiring.errors import (
    ClosesBeforeItOpens,
    DemandedTwice,
    ReferenceTaken,
    UnitNotThere,
    Withdrawn,
    WithdrawnBeforePublished,
)
from kazipot.hiring.models import Posting, PostingDemand
from kazipot.hiring.operations import Demand
from kazipot.organisation.models import Unit
from tests.factories.organisation import make_employer, make_unit, sign_in

pytestmark = pytest.mark.django_db
MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


@pytest.fixture(autouse=True)
def competences(at: datetime) -> list[int]:
    install_shipped_frameworks(at=at)
    active = framework.active_framework(MAY)
    assert active
    return [row.id for row in framework.competences(active.pk)]


def publish(unit: Unit, at: datetime, demands: Collection[Demand] = (), **changes: Any) -> Posting:
    told: dict[str, Any] = {
        "reference": "110-1/2026", "title": "Referent", "kind": "posting", "published_on": MAY,
        "closes_on": date(2026, 5, 15), **changes,
    }  # fmt: skip
    return operations.publish_posting(unit_id=unit.pk, demands=demands, **told, at=at, actor=None)


def counted(as_of: date) -> dict[int, int]:
    return {fact.posting_id: fact.demands for fact in queries.posting_facts(date(2026, 1, 1), as_of)}


def test_only_required_competences_count_not_desired_ones(at: datetime, competences: list[int]) -> None:
    unit, (first, second) = make_unit(), competences[:2]
    both = publish(unit, at, [Demand(first, 2, True), Demand(second, 1, False)])
    desired = publish(unit, at, [Demand(first, 4, False)], reference="110-2/2026")
    assert counted(MAY) == {both.pk: 1, desired.pk: 0}


def test_posting_counts_from_its_day_until_it_is_withdrawn(at: datetime) -> None:
    posting = publish(make_unit(), at)
    operations.withdraw_posting(posting_id=posting.pk, on=JUNE, because="Ni sredstev.", at=at, actor=None)
    assert [posting.pk in counted(day) for day in (date(2026, 4, 30), MAY, date(2026, 5, 31), JUNE)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_m4_counts_the_city_administration_only(at: datetime) -> None:
    publish(make_unit(make_employer("JHL", kind="public_company")), at)
    assert counted(JULY) == {}


def test_corrected_demands_replace_the_old_ones(at: datetime, competences: list[int]) -> None:
    posting = publish(make_unit(), at, [Demand(competences[0], 2, True)])
    operations.change_demands(posting_id=posting.pk, demands=[Demand(competences[1], 3, False)], at=at, actor=None)
    rows = PostingDemand.objects.values_list("competence_id", "level", "required")
    assert list(rows) == [(competences[1], 3, False)]


def test_faulty_demands_leave_the_old_ones(at: datetime, competences: list[int]) -> None:
    posting = publish(make_unit(), at, [Demand(competences[0], 2, True)])
    twice = [Demand(competences[1], 2, True), Demand(competences[1], 3, True)]
    for demands in (twice, [Demand(competences[1], 5, True)]):
        with pytest.raises(DemandedTwice):
            operations.change_demands(posting_id=posting.pk, demands=demands, at=at, actor=None)
    assert PostingDemand.objects.get().competence_id == competences[0]


def test_reference_is_used_once_by_an_employer(at: datetime) -> None:
    publish(make_unit(), at)
    with pytest.raises(ReferenceTaken):
        publish(make_unit(), at)
    publish(make_unit(make_employer("JHL", kind="public_company")), at)


def test_impossible_days_are_refused(at: datetime) -> None:
    with pytest.raises(ClosesBeforeItOpens):
        publish(make_unit(), at, closes_on=date(2026, 4, 30))
    with pytest.raises(UnitNotThere):
        publish(make_unit(valid_from=JULY), at)
    posting = publish(make_unit(), at)
    with pytest.raises(WithdrawnBeforePublished):
        operations.withdraw_posting(posting_id=posting.pk, on=date(2026, 4, 30), because="x", at=at, actor=None)
    assert Posting.objects.get().withdrawn_on is None


def test_withdrawn_posting_is_neither_withdrawn_again_nor_changed(at: datetime) -> None:
    posting = publish(make_unit(), at)
    told: dict[str, Any] = {"posting_id": posting.pk, "at": at, "actor": None}
    operations.withdraw_posting(on=JUNE, because="x", **told)
    with pytest.raises(Withdrawn):
        operations.withdraw_posting(on=JUNE, because="x", **told)
    with pytest.raises(Withdrawn):
        operations.change_demands(demands=[], **told)


def test_hr_publishes_corrects_and_withdraws_on_pages(client: Client, settings: Any, competences: list[int]) -> None:
    settings.KAZIPOT_TODAY = "2026-05-02"
    unit = make_unit()
    sign_in(client, Role.HR, unit.employer)
    told = {
        "unit": unit.pk, "reference": "110-9/2026", "title": "Vrtnar", "kind": "posting", "published_on": "2026-05-02",
        "closes_on": "2026-05-16", "level": 2,
    }  # fmt: skip
    assert client.post(reverse("hiring:new-posting"), told).status_code == 302
    posting = Posting.objects.get()
    page = reverse("hiring:posting", args=[posting.pk])
    assert "Ta objava ni skladna" in client.get(page).text
    demands = {f"demand_{competences[0]}": "1-1", f"demand_{competences[1]}": "3-0"}
    assert client.post(reverse("hiring:change-demands", args=[posting.pk]), demands).status_code == 302
    assert "Ta objava ni skladna" not in client.get(page).text
    rows = PostingDemand.objects.order_by("competence__position").values_list("level", "required")
    assert list(rows) == [(1, True), (3, False)]
    form = client.get(reverse("hiring:change-demands", args=[posting.pk])).context["form"]
    assert form.fields[f"demand_{competences[1]}"].initial == "3-0"
    wrong = {f"demand_{competences[0]}": "9-1"}
    assert client.post(reverse("hiring:change-demands", args=[posting.pk]), wrong).status_code == 422
    assert client.post(reverse("hiring:withdraw", args=[posting.pk]), {"because": "Napaka."}).status_code == 302
    assert Posting.objects.get().withdrawn_on == date(2026, 5, 2)


def test_list_takes_as_many_queries_for_one_row_as_for_three(
    client: Client, at: datetime, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    unit = make_unit()
    sign_in(client, Role.SERVICE, unit.employer)
    publish(unit, at, reference="1")
    client.get(reverse("hiring:postings"))
    with django_assert_max_num_queries(15) as few:
        client.get(reverse("hiring:postings"))
    publish(unit, at, reference="2"), publish(make_unit(), at, reference="3")
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(reverse("hiring:postings"))
