"""A candidate's test: by a code and under no name; the commission sees a number and a result; nothing of it stays."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.framework.operations import install_shipped_frameworks
from kazipot.hiring import operations as hiring
from kazipot.hiring.errors import AlreadyDecided
from kazipot.hiring.models import Candidate
from kazipot.organisation.models import Person
from kazipot.verification import operations, queries
from kazipot.verification.errors import CandidateTested
from kazipot.verification.models import CandidateTest, Sitting, Step, Verification
from tests.factories.hiring import AT, make_candidate, make_published
from tests.factories.organisation import make_unit, sign_in
from tests.factories.verification import last_step, make_bank, right_form, sit_through

pytestmark = pytest.mark.django_db
LATER, OVER = AT + timedelta(days=20), AT + timedelta(days=400)
ENTER, TEST = reverse("verification:enter"), reverse("verification:candidate-test")


@pytest.fixture
def candidate(at: datetime, settings: Any) -> Candidate:
    settings.KAZIPOT_TODAY = AT.date().isoformat()
    install_shipped_frameworks(at=at)
    make_bank()
    return make_candidate(make_published(make_unit()), "Marjeta Zupanc")


def code_of(candidate: Candidate) -> str:
    return operations.make_candidate_code(candidate_id=candidate.pk, today=AT.date(), at=AT, actor=None)


def begin(candidate: Candidate, at: datetime = AT) -> Sitting:
    code_of(candidate)
    test = CandidateTest.objects.get()
    return operations.start_candidate_test(test_id=test.pk, language="sl", at=at, seed=1)


@pytest.mark.parametrize("right", [True, False])
def test_result_of_a_candidate_reaches_the_commission_and_no_verification_is_recorded(
    candidate: Candidate, right: bool
) -> None:
    people = Person.objects.count()
    sitting = sit_through(begin(candidate), lambda _number: right, at=AT)
    candidate.refresh_from_db()
    assert (sitting.person_id, sitting.passed, candidate.test_passed) == (None, right, right)
    assert candidate.tested_on == AT.date()
    assert (Verification.objects.count(), Person.objects.count()) == (0, people)


def test_code_opens_the_test_without_an_account_from_the_start_to_the_result(
    candidate: Candidate, client: Client
) -> None:
    answer = client.post(ENTER, {"code": code_of(candidate).upper()})
    assert (answer.status_code, answer.headers["Location"]) == (302, TEST)
    assert client.get(TEST).context["least"] > 0
    assert client.post(TEST, {"step": "start", "more_time": "100"}).status_code == 302
    sitting = Sitting.objects.get()
    while sitting.ended_at is None:
        step = last_step(sitting)
        assert f'name="token" value="{step.token}"' in client.get(TEST).text
        form = {"sitting": sitting.pk, "number": step.number, "token": step.token, "step": "answer"}
        assert client.post(TEST, {**form, **right_form(sitting, step)}).status_code == 302
        sitting.refresh_from_db()
    page = client.get(TEST)
    assert (page.templates[0].name, page.context["sitting"].passed) == ("verification/candidate_result.html", True)
    assert "Zupanc" not in page.text


def test_wrong_code_opens_nothing(candidate: Candidate, client: Client) -> None:
    code_of(candidate)
    assert client.post(ENTER, {"code": "abcd-efgh-2345"}).status_code == 422
    assert client.get(TEST).headers["Location"] == ENTER


def test_newer_code_takes_the_place_of_the_older_one_and_the_test_goes_on(candidate: Candidate) -> None:
    older = code_of(candidate)
    test = CandidateTest.objects.get()
    sitting = operations.start_candidate_test(test_id=test.pk, language="sl", at=AT, seed=1)
    newer = code_of(candidate)
    assert queries.candidate_test_by_code(older, on=AT.date()) is None
    assert queries.candidate_test_by_code(newer, on=AT.date()) == test
    assert operations.start_candidate_test(test_id=test.pk, language="sl", at=AT, seed=2) == sitting


def test_code_is_valid_for_a_fortnight(candidate: Candidate) -> None:
    code, last = code_of(candidate), AT.date() + operations.CODE_LASTS
    assert queries.candidate_test_by_code(code, on=last) is not None
    assert queries.candidate_test_by_code(code, on=last + timedelta(days=1)) is None


def test_test_is_taken_once(candidate: Candidate) -> None:
    sit_through(begin(candidate), lambda _number: True, at=AT)
    with pytest.raises(CandidateTested):
        code_of(candidate)
    with pytest.raises(CandidateTested):
        operations.start_candidate_test(test_id=CandidateTest.objects.get().pk, language="sl", at=AT, seed=2)


def test_broken_off_test_begins_anew_and_its_answers_are_deleted(candidate: Candidate) -> None:
    first = begin(candidate)
    days = first.rules["open_days"]
    later = AT + timedelta(days=days + 1)
    operations.close_forgotten(at=later)
    first.refresh_from_db()
    assert (first.state, first.passed) == ("broken_off", None)
    second = operations.start_candidate_test(test_id=CandidateTest.objects.get().pk, language="sl", at=later, seed=2)
    assert list(Sitting.objects.all()) == [second]


def test_nobody_is_tested_once_the_commission_has_decided(candidate: Candidate) -> None:
    sitting = begin(candidate)
    hiring.choose(posting_id=candidate.posting_id, candidate_id=None, at=LATER, actor=None)
    with pytest.raises(AlreadyDecided):
        code_of(candidate)
    sit_through(sitting, lambda _number: True, at=AT)
    candidate.refresh_from_db()
    assert candidate.test_passed is None


def test_commission_sees_number_and_result_until_it_has_decided_and_then_the_name(
    candidate: Candidate, client: Client
) -> None:
    sit_through(begin(candidate), lambda _number: True, at=AT)
    unit = candidate.posting.unit
    sign_in(client, Role.HEAD, unit.employer, unit)
    page = reverse("hiring:candidates", args=[candidate.posting_id])
    before = client.get(page)
    assert ("Zupanc" in before.text, [row.test_passed for row in before.context["page"]]) == (False, [True])
    hiring.choose(posting_id=candidate.posting_id, candidate_id=candidate.pk, at=LATER, actor=None)
    assert "Marjeta Zupanc" in client.get(page).text


def test_human_resources_hand_over_a_code_that_is_shown_once(candidate: Candidate, client: Client) -> None:
    sign_in(client, Role.HR, candidate.posting.employer)
    page = reverse("hiring:test-code", args=[candidate.pk])
    assert client.get(page).status_code == 200
    answer = client.post(page)
    found = queries.candidate_test_by_code(answer.context["code"], on=AT.date())
    assert found is not None
    assert (found.candidate, "Zupanc" in answer.text, "no-store" in answer.headers["Cache-Control"]) == (
        candidate, False, True,
    )  # fmt: skip
    assert answer.context["code"] not in client.get(page).text


def test_answers_and_code_of_a_candidate_are_deleted_when_the_term_is_over(candidate: Candidate) -> None:
    sit_through(begin(candidate), lambda _number: True, at=AT)
    hiring.choose(posting_id=candidate.posting_id, candidate_id=None, at=LATER, actor=None)
    assert operations.forget_candidate_tests() == 0
    assert hiring.forget_candidates(at=OVER) == 1
    assert operations.forget_candidate_tests() == 1
    candidate.refresh_from_db()
    assert (candidate.sealed_name, candidate.test_passed, candidate.tested_on) == (None, None, None)
    assert [model.objects.count() for model in (CandidateTest, Step, Sitting)] == [0, 0, 0]


def test_audit_trail_of_a_test_names_nobody(candidate: Candidate) -> None:
    sit_through(begin(candidate), lambda _number: True, at=AT)
    said = " ".join(str(vars(row)) for row in AuditEvent.objects.all())
    assert "Zupanc" not in said
    assert "verification.make_candidate_code" in said
