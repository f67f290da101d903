"""Results of verifications: recorded all or none, annulled with a reason, counted for M5."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.foundation.errors import InputRefused
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment
from kazipot.training import operations as training
from kazipot.training.models import SeatOffer
from kazipot.verification import operations, queries
from kazipot.verification.errors import AlreadyAnnulled
from kazipot.verification.models import Verification
from kazipot.verification.operations import ResultGiven
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in
from tests.factories.training import make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
MAY, TODAY = date(2026, 5, 4), date(2026, 6, 1)
HEAD = "Delodajalec;Kadrovska številka;Dan;Opravljeno;Številka zadeve"


@pytest.fixture
def job() -> Employment:
    return make_employment(person=make_person(), unit=make_unit(), number="11")


@pytest.fixture
def hr(client: Client, settings: Any) -> Client:
    settings.KAZIPOT_TODAY = TODAY.isoformat()
    sign_in(client, Role.HR, make_employer())
    return client


def result(job: Employment, **changes: Any) -> ResultGiven:
    told: dict[str, Any] = {
        "person_id": job.person_id, "employer_id": job.employer_id, "taken_on": MAY, "passed": True,
        "method": "test", "reference": "T-1", **changes,
    }  # fmt: skip
    return ResultGiven(**told)


def record(*results: ResultGiven, at: datetime) -> int:
    return operations.record_verifications(results=results, at=at, actor=None)


def upload(client: Client, *lines: str) -> Any:
    file = SimpleUploadedFile("rezultati.csv", "\r\n".join([HEAD, *lines]).encode())
    return client.post(reverse("verification:import"), {"file": file})


def test_passed_result_counts_from_its_day_and_a_failed_one_does_not(job: Employment, at: datetime) -> None:
    record(result(job), at=at)
    record(result(job, taken_on=date(2026, 5, 20), passed=False), at=at)
    assert queries.last_verified(date(2026, 5, 3)) == {}
    assert queries.last_verified(TODAY) == {job.person_id: MAY}
    assert queries.last_verified(TODAY, counts="taken") == {job.person_id: date(2026, 5, 20)}


def test_one_faulty_result_refuses_all(job: Employment, at: datetime) -> None:
    left = make_employment(person=make_person(), unit=make_unit(), valid_to=date(2026, 1, 1))
    record(result(job, reference="T-0"), at=at)
    with pytest.raises(InputRefused, match="popraviti je treba 4 napake") as refused:
        record(
            result(job),
            result(job, taken_on=date(2026, 6, 2)),
            result(left),
            result(job, reference="T-0"),
            result(job, reference="T-2", method="guess"),
            at=at,
        )
    assert [(fault.row, fault.field) for fault in refused.value.problems] == [
        (2, "taken_on"), (3, "personnel_number"), (4, "reference"), (5, "method"),
    ]  # fmt: skip
    assert Verification.objects.count() == 1


def test_annulled_result_stays_and_counts_no_more(job: Employment, at: datetime) -> None:
    record(result(job), at=at)
    found = Verification.objects.get()
    operations.annul(verification_id=found.pk, because="Zamenjana oseba.", at=at, actor=None)
    assert queries.last_verified(TODAY) == {}
    assert Verification.objects.get().annulled_because == "Zamenjana oseba."
    with pytest.raises(AlreadyAnnulled):
        operations.annul(verification_id=found.pk, because="še enkrat", at=at, actor=None)
    record(result(job), at=at)
    assert queries.last_verified(TODAY) == {job.person_id: MAY}


def test_due_is_who_lacks_training_or_a_passed_result_of_two_years(at: datetime) -> None:
    unit = make_unit()
    both, trained, verified, neither, new = (make_employment(person=make_person(), unit=unit) for _ in range(5))
    Employment.objects.filter(pk=new.pk).update(hired_on=date(2026, 4, 1), valid_from=date(2026, 4, 1))
    session = make_session(make_course(security=True), starts_on=MAY, capacity=5)
    for row in (both, trained):
        made = make_offer(session, row.person, unit)
        training.answer_offer(offer_id=made.pk, accept=True, at=datetime(2026, 5, 1, tzinfo=UTC))
    training.record_attendance(session_id=session.pk, present=[both.person_id, trained.person_id], at=at, actor=None)
    record(result(both), result(verified, reference="T-2"), at=at)
    due = {"months": 24, "grace_months": 3}
    assert queries.due_people(TODAY, **due) == {trained.person_id, verified.person_id, neither.person_id}
    assert new.person_id in queries.due_people(date(2026, 7, 1), **due)
    assert both.person_id in queries.due_people(date(2028, 5, 4), **due)
    (row,) = queries.duties_by_unit(TODAY, **due)
    assert (row.people, row.due) == (5, 3)


def test_result_is_recorded_on_its_page(hr: Client, job: Employment) -> None:
    told = {
        "employer": job.employer_id, "personnel_number": "11", "taken_on": "2026-05-04", "passed": "no",
        "method": "interview", "reference": "T-1",
    }  # fmt: skip
    assert hr.post(reverse("verification:record"), told).status_code == 302
    found = Verification.objects.get()
    assert (found.person_id, found.passed, found.method, found.taken_on) == (job.person_id, False, "interview", MAY)
    for change, field in (
        ({}, "reference"), ({"personnel_number": "12"}, "personnel_number"), ({"taken_on": "2026-06-02"}, "taken_on"),
    ):  # fmt: skip
        response = hr.post(reverse("verification:record"), {**told, **change})
        assert response.status_code == 422
        assert response.context["form"].errors.keys() == {field}
    annul = {**told, "because": "Napačna oseba."}
    assert hr.post(reverse("verification:annul"), {**annul, "reference": "T-9"}).status_code == 422
    assert hr.post(reverse("verification:annul"), annul).status_code == 302
    assert Verification.objects.get().annulled_at is not None


def test_file_of_results_is_recorded(hr: Client, job: Employment) -> None:
    make_employment(person=make_person(), unit=make_unit(), number="12")
    response = upload(hr, "MU;11;4. 5. 2026;da;T-1", "MU;12;4. 5. 2026;ne;T-1")
    assert response.status_code == 302
    assert sorted(Verification.objects.values_list("passed", flat=True)) == [False, True]


def test_file_names_every_faulty_row_and_records_none(hr: Client, job: Employment) -> None:
    make_employment(person=make_person(), unit=make_unit(make_employer("JHL", kind="public_company")), number="7")
    response = upload(
        hr,
        "MU;11;4. 5. 2026;da;T-1",
        "MU;99;4. 5. 2026;da;T-1",
        "MU;11;31. 2. 2026;da;T-2",
        "MU;11;4. 5. 2026;morda;T-3",
        "JHL;7;4. 5. 2026;da;T-1",
    )
    assert response.status_code == 422
    told = [(fault.row, fault.field, fault.value) for fault in response.context["problems"]]
    assert told == [
        (3, "personnel_number", "99"), (4, "taken_on", "31. 2. 2026"), (5, "passed", "morda"), (6, "employer", "JHL"),
    ]  # fmt: skip
    assert not Verification.objects.exists()


def test_same_file_twice_is_refused_row_by_row(hr: Client, job: Employment) -> None:
    upload(hr, "MU;11;4. 5. 2026;da;T-1")
    response = upload(hr, "MU;11;4. 5. 2026;da;T-1")
    assert [(fault.row, fault.field) for fault in response.context["problems"]] == [(2, "reference")]


def test_missing_column_is_named(hr: Client) -> None:
    file = SimpleUploadedFile("r.csv", b"Delodajalec;Dan\r\nMU;4. 5. 2026")
    response = hr.post(reverse("verification:import"), {"file": file})
    assert "Dodajte stolpec »kadrovska številka«" in response.text


def test_seats_go_to_those_who_are_due(client: Client, settings: Any, job: Employment) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()
    sign_in(client, Role.SERVICE, make_employer())
    session = make_session(make_course(security=True), capacity=3)
    make_session(make_course("T-2"))
    page = reverse("verification:offer")
    assert [pk for pk, _text in client.get(page).context["form"].fields["session"].choices] == [session.pk]
    assert client.post(page, {"session": session.pk, "ahead": 2, "limit": 4}).status_code == 422
    assert client.post(page, {"session": session.pk, "ahead": 2, "limit": 3}).status_code == 302
    found = SeatOffer.objects.get()
    assert (found.person_id, found.reason) == (job.person_id, "duty")


def test_duties_take_as_many_queries_for_one_unit_as_for_three(
    hr: Client, job: Employment, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    hr.get(reverse("verification:duties"))
    with django_assert_max_num_queries(16) as few:
        hr.get(reverse("verification:duties"))
    for _ in range(2):
        make_employment(person=make_person(), unit=make_unit())
    with django_assert_num_queries(len(few.captured_queries)):
        hr.get(reverse("verification:duties"))
