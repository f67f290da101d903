"""Candidates are numbers until the commission has decided; names go when their time is over."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.framework.operations import install_shipped_frameworks
from kazipot.hiring import errors, operations, queries
from kazipot.hiring.choices import PostingStage, Showing
from kazipot.hiring.models import Candidate
from tests.factories.hiring import AT, make_candidate, make_draft, make_published
from tests.factories.organisation import make_employment, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=20)


@pytest.fixture(autouse=True)
def shipped(at: datetime) -> None:
    install_shipped_frameworks(at=at)


def choose(candidate: Candidate, at: datetime = LATER) -> None:
    operations.choose(posting_id=candidate.posting_id, candidate_id=candidate.pk, at=at, actor=None)


def test_name_cannot_be_read_or_searched_in_the_database() -> None:
    make_candidate(make_published(make_unit()), "Marjeta Zupanc")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_name FROM hiring_candidate")
        (sealed,) = cursor.fetchone()
    assert b"Marjeta" not in bytes(sealed)


def test_commission_sees_numbers_until_it_has_decided(client: Client) -> None:
    unit = make_unit()
    posting = make_published(unit)
    candidate = make_candidate(posting, "Marjeta Zupanc")
    sign_in(client, Role.HEAD, unit.employer, unit)
    page = reverse("hiring:candidates", args=[posting.pk])
    assert "Zupanc" not in client.get(page).text
    choose(candidate)
    assert "Marjeta Zupanc" in client.get(page).text


def test_commission_decides_after_the_last_day_only() -> None:
    candidate = make_candidate(make_published(make_unit()))
    with pytest.raises(errors.StillOpen, match="15"):
        choose(candidate, AT)
    choose(candidate)
    with pytest.raises(errors.AlreadyDecided):
        make_candidate(candidate.posting)


def test_candidates_belong_to_published_postings() -> None:
    with pytest.raises(errors.NotAtThisStage):
        make_candidate(make_draft(make_unit()))


def test_nobody_is_chosen() -> None:
    posting = make_published(make_unit())
    operations.choose(posting_id=posting.pk, candidate_id=None, at=LATER, actor=None)
    posting.refresh_from_db()
    assert posting.stage == PostingStage.UNFILLED


@pytest.mark.parametrize(
    ("showing", "expected"), [(Showing.SHOWN, []), (Showing.PARTLY, ["partly"]), (None, ["not_shown"])]
)
def test_what_was_demanded_and_not_shown_is_learnt_in_the_first_year(showing: Any, expected: list[str]) -> None:
    unit = make_unit()
    candidate = make_candidate(make_published(unit))
    (demand,) = queries.demands_of(candidate.posting_id)
    shown = {demand.pk: (showing, "naloga v preglednici")} if showing else {}
    operations.record_showing(candidate_id=candidate.pk, shown=shown, at=AT, actor=None)
    choose(candidate)
    person = make_person()
    with pytest.raises(errors.NotEmployed):
        operations.hire(candidate_id=candidate.pk, person_id=person.pk, at=LATER, actor=None)
    make_employment(person=person, unit=unit)
    found = operations.hire(candidate_id=candidate.pk, person_id=person.pk, at=LATER, actor=None)
    assert [need.showing for need in queries.first_year_needs(found)] == expected
    assert [need.showing for need in queries.needs_of_new_people([person.pk])[person.pk]] == expected


def test_names_are_deleted_half_a_year_after_the_last_day() -> None:
    candidate = make_candidate(make_published(make_unit()))
    last = datetime.combine(date(2026, 5, 15), AT.timetz())
    assert operations.forget_candidates(at=last + operations.KEPT) == 0
    assert operations.forget_candidates(at=last + operations.KEPT + timedelta(days=1)) == 1
    candidate.refresh_from_db()
    assert candidate.sealed_name is None
    assert operations.forget_candidates(at=last + operations.KEPT + timedelta(days=2)) == 0
