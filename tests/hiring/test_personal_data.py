"""Personal data of candidates: only what the measure needs, never searchable, deleted by rule."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.framework.operations import install_shipped_frameworks
from kazipot.hiring import access, operations, queries
from kazipot.hiring.choices import Showing
from kazipot.hiring.models import Candidate, CandidateShowing
from kazipot.project.cli.arguments import parser
from kazipot.project.cli.commands import run
from kazipot.verification.operations import make_candidate_code
from tests.factories.hiring import AT, make_candidate, make_published
from tests.factories.organisation import make_employment, make_person, make_unit, sign_in

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=20)
NAME = "Marjeta Zupanc-Hočevar"
CLOSED = date(2026, 5, 15)


@pytest.fixture
def candidate(at: datetime) -> Candidate:
    """A candidate who showed everything, has a code for the test, and was chosen."""
    install_shipped_frameworks(at=at)
    made = make_candidate(make_published(make_unit()), NAME)
    show(made)
    make_candidate_code(candidate_id=made.pk, today=AT.date(), at=AT, actor=None)
    return made


def show(made: Candidate) -> None:
    (demand,) = queries.demands_of(made.posting_id)
    shown = {demand.pk: (Showing.SHOWN, "naloga v preglednici")}
    operations.record_showing(candidate_id=made.pk, shown=shown, at=AT, actor=None)


def choose(made: Candidate) -> None:
    operations.choose(posting_id=made.posting_id, candidate_id=made.pk, at=LATER, actor=None)


def everything_kept() -> str:
    """Every value of every record in the database."""
    rows = (row for model in apps.get_models() for row in model._base_manager.values_list())
    return " ".join(
        bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
        for row in rows
        for value in row
    )


def test_name_of_a_candidate_stands_readable_nowhere_in_the_database(candidate: Candidate) -> None:
    choose(candidate)
    kept = everything_kept()
    assert [part in kept for part in ("Zupanc", "Marjeta", "Hočevar", "naloga v preglednici")] == [
        False, False, False, True,
    ]  # fmt: skip


def test_same_name_is_sealed_differently_each_time_so_that_nobody_can_look_for_it(candidate: Candidate) -> None:
    other = make_candidate(candidate.posting, NAME)
    candidate.refresh_from_db()
    assert bytes(candidate.sealed_name or b"") != bytes(other.sealed_name or b"")


def test_record_of_a_candidate_holds_only_what_the_measure_needs() -> None:
    fields = {field.name for field in Candidate._meta.get_fields() if field.concrete}
    assert fields == {
        "id", "posting", "number", "sealed_name", "test_passed", "tested_on", "chosen", "person", "added_at",
        "forgotten_at",
    }  # fmt: skip
    assert {field.name for field in CandidateShowing._meta.get_fields() if field.concrete} == {
        "id", "candidate", "demand", "showing", "how", "recorded_at",
    }  # fmt: skip


@pytest.mark.parametrize("page", ["hiring:postings", "organisation:people", "organisation:audit"])
def test_no_page_finds_a_candidate_by_name(candidate: Candidate, client: Client, page: str) -> None:
    choose(candidate)
    sign_in(client, Role.SERVICE if page.endswith("audit") else Role.HR, candidate.posting.employer)
    answer = client.get(reverse(page), {"q": NAME, "search": NAME, "name": NAME, "text": NAME})
    assert answer.status_code == 200
    assert "naloga v preglednici" not in answer.text
    assert f">{NAME}<" not in answer.text


def test_candidates_are_read_by_the_commission_alone(candidate: Candidate, client: Client) -> None:
    choose(candidate)
    answers = {}
    for role in Role:
        sign_in(client, role, candidate.posting.employer, candidate.posting.unit)
        answer = client.get(reverse("hiring:candidates", args=[candidate.posting_id]))
        answers[role] = NAME in answer.text
    assert {role for role, told in answers.items() if told} == {Role.HR, Role.HEAD}


def test_name_that_was_sealed_with_an_earlier_secret_is_still_read(candidate: Candidate, settings: Any) -> None:
    choose(candidate)
    candidate.refresh_from_db()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret that is long enough for a key"
    assert access.name_of(candidate) == NAME
    settings.SECRET_KEY_FALLBACKS = []
    assert access.name_of(candidate) == ""


def test_what_those_who_were_not_chosen_showed_goes_with_their_names(candidate: Candidate) -> None:
    other = make_candidate(candidate.posting, "Bor Kos")
    show(other)
    choose(candidate)
    person = make_person()
    make_employment(person=person, unit=candidate.posting.unit)
    operations.hire(candidate_id=candidate.pk, person_id=person.pk, at=LATER, actor=None)
    over = datetime.combine(CLOSED, AT.timetz()) + operations.KEPT + timedelta(days=1)
    assert operations.forget_candidates(at=over) == 2
    assert list(CandidateShowing.objects.values_list("candidate", flat=True)) == [candidate.pk]
    assert list(Candidate.objects.values_list("sealed_name", flat=True)) == [None, None]


def test_worker_deletes_names_when_the_term_is_over(candidate: Candidate, settings: Any) -> None:
    choose(candidate)
    for day, kept in ((CLOSED + operations.KEPT, True), (CLOSED + operations.KEPT + timedelta(days=1), False)):
        settings.KAZIPOT_TODAY = day.isoformat()
        run(parser().parse_args(["worker", "--once"]))
        candidate.refresh_from_db()
        assert (candidate.sealed_name is not None) is kept
