"""Pages of the duty: what a person, a head and the Service see, and what they never see."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment
from kazipot.verification.models import Appeal, Exemption, LongLeave, Terms, TrainingDone, Verification
from tests.factories.duty import exempt, make_result, make_training
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, make_user, sign_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


@pytest.fixture(autouse=True)
def calendar(settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()


@pytest.fixture
def job() -> Employment:
    return make_employment(person=make_person(last_name="Zupan"), unit=make_unit(code="OGDP"), number="11")


@pytest.fixture
def me(client: Client, job: Employment) -> Client:
    client.force_login(make_user(person=job.person, language="en"))
    return client


@pytest.fixture
def service(client: Client) -> Client:
    user = sign_in(client, Role.SERVICE, make_employer())
    user.language = "en"
    user.save()
    return client


def test_the_person_is_told_you_are_done(me: Client, job: Employment) -> None:
    make_training(job, date(2026, 3, 1))
    make_result(job, date(2026, 3, 10))
    page = me.get(reverse("verification:own")).text
    assert "You are done. Everything counts until 29 February 2028" in page
    assert "You passed the verification on 10 March 2026, and it counts for 24 months." in page
    assert reverse("verification:test") not in page.partition("<main")[2]


def test_person_sees_why_this_date_and_what_to_do(me: Client, job: Employment) -> None:
    make_training(job, date(2026, 3, 1))
    page = me.get(reverse("verification:own")).text
    assert "Take the verification." in page
    assert "It was to be done by 31 March 2020." in page
    assert "You were hired on 1 January 2020, and newcomers have 3 months." in page
    assert reverse("verification:test") in page.partition("<main")[2]


def test_after_failing_twice_the_person_is_led_to_help(me: Client, job: Employment) -> None:
    make_training(job, date(2026, 1, 1))
    for day in (date(2026, 4, 1), date(2026, 5, 1)):
        make_result(job, day, passed=False)
    page = me.get(reverse("verification:own")).text
    assert "Before the next attempt, do a short lesson, or ask your digital advisor for help." in page
    assert reverse("verification:practice") in page


def test_head_sees_until_when_and_never_a_result(client: Client, job: Employment) -> None:
    passed, failed = job, make_employment(person=make_person(last_name="Kos"), unit=job.unit)
    make_training(passed, date(2026, 3, 1))
    make_result(passed, date(2026, 3, 10))
    make_result(failed, date(2026, 5, 10), passed=False, reference="PADLO")
    sign_in(client, Role.HEAD, job.employer, job.unit)
    page = client.get(reverse("verification:people")).text.partition("<main")[2]
    assert "29.\xa02.\xa02028" in page
    assert page.index("Kos") < page.index("Zupan"), "who is late stands first"
    for word in ("PADLO", "opravljen", "padel", "10.\xa05.\xa02026", "10.\xa03.\xa02026", "točk"):
        assert word not in page


def test_head_of_another_unit_sees_nobody(client: Client, job: Employment) -> None:
    sign_in(client, Role.HEAD, job.employer, make_unit(code="OTHER"))
    assert "Zupan" not in client.get(reverse("verification:people")).text


def test_exemption_is_recorded_and_ended_on_its_page(client: Client, job: Employment) -> None:
    sign_in(client, Role.HR, job.employer)
    told = {
        "employer": job.employer_id, "personnel_number": "11", "first_day": "2026-01-01", "last_day": "2026-12-31",
        "evidence": "0141-7/2026",
    }  # fmt: skip
    assert client.post(reverse("verification:exempt"), told).status_code == 302
    made = Exemption.objects.get()
    assert (made.valid_from, made.valid_to) == (date(2026, 1, 1), date(2027, 1, 1))
    again = client.post(reverse("verification:exempt"), told)
    assert (again.status_code, list(again.context["form"].errors)) == (422, ["first_day"])
    end = reverse("verification:end-exemption", args=[made.pk])
    assert client.post(end, {"last_day": "2026-05-31"}).status_code == 302
    made.refresh_from_db()
    assert made.ended_on == TODAY
    assert "0141-7/2026" in client.get(reverse("verification:exemptions")).text


def test_leave_is_recorded_on_its_page(client: Client, job: Employment) -> None:
    sign_in(client, Role.HR, job.employer)
    told = {"employer": job.employer_id, "personnel_number": "11", "first_day": "2026-02-01", "last_day": ""}
    assert client.post(reverse("verification:record-leave"), told).status_code == 302
    assert LongLeave.objects.get().valid_to is None
    assert "Zupan" in client.get(reverse("verification:leaves")).text
    nobody = client.post(reverse("verification:record-leave"), {**told, "personnel_number": "99"})
    assert list(nobody.context["form"].errors) == ["personnel_number"]


def upload(client: Client, *lines: str) -> Any:
    head = "Delodajalec;Kadrovska številka;Kaj;Dan;Oznaka"
    file = SimpleUploadedFile("zgodovina.csv", "\r\n".join([head, *lines]).encode())
    return client.post(reverse("verification:history"), {"file": file})


def test_earlier_completions_come_from_a_file_and_twice_adds_nothing(client: Client, job: Employment) -> None:
    sign_in(client, Role.HR, job.employer)
    lines = ("MU;11;usposabljanje;1. 9. 2025;UA-1", "MU;11;preverjanje;2. 9. 2025;UA-2")
    for _ in range(2):
        assert upload(client, *lines).status_code == 302
    assert (TrainingDone.objects.get().done_on, Verification.objects.get().taken_on) == (
        date(2025, 9, 1), date(2025, 9, 2),
    )  # fmt: skip


def test_faulty_rows_of_earlier_completions_are_named_and_nothing_is_written(client: Client, job: Employment) -> None:
    sign_in(client, Role.HR, job.employer)
    response = upload(
        client,
        "MU;11;preverjanje;2. 9. 2025;UA-2",
        "MU;99;preverjanje;2. 9. 2025;UA-2",
        "MU;11;izlet;2. 9. 2025;UA-2",
        "MU;11;preverjanje;31. 2. 2026;UA-2",
        "JHL;11;preverjanje;2. 9. 2025;UA-2",
        "MU;11;preverjanje;2. 9. 2025;",
    )
    assert response.status_code == 422
    assert [(fault.row, fault.field) for fault in response.context["problems"]] == [
        (3, "personnel_number"), (4, "proof"), (5, "done_on"), (6, "employer"), (7, "reference"),
    ]  # fmt: skip
    old = upload(client, "MU;11;preverjanje;1. 6. 2025;UA-2")
    assert [(fault.row, fault.field) for fault in old.context["problems"]] == [(2, "done_on")]
    assert not Verification.objects.exists()


def test_terms_are_set_on_their_page(service: Client) -> None:
    told = {
        "valid_from": "2026-07-01", "window_days": 60, "return_months": 2, "accept_months": 6, "attempts": 3,
        "waiting_days": 7, "because": "Po pogovoru s svetovalci.",
    }  # fmt: skip
    assert service.post(reverse("verification:set-terms"), told).status_code == 302
    assert Terms.objects.get().window_days == 60
    assert "Po pogovoru s svetovalci." in service.get(reverse("verification:terms")).text
    past = service.post(reverse("verification:set-terms"), {**told, "valid_from": "2026-05-31"})
    assert list(past.context["form"].errors) == ["valid_from"]


def test_objection_goes_from_the_person_to_a_decision_with_a_reason(client: Client, job: Employment) -> None:
    user = make_user(person=job.person, language="en")
    result = make_result(job, date(2026, 5, 10), passed=False)
    client.force_login(user)
    assert client.post(reverse("verification:appeal", args=[result.pk]), {"text": "The link broke."}).status_code == 302
    assert "being decided" in client.get(reverse("verification:own")).text
    sign_in(client, Role.SERVICE, job.employer)
    found = Appeal.objects.get()
    page = reverse("verification:decide", args=[found.pk])
    assert "The link broke." in client.get(page).text
    assert client.post(page, {"outcome": "stands", "reason": "The log is complete."}).status_code == 302
    client.force_login(user)
    assert "The log is complete." in client.get(reverse("verification:own")).text


def test_impossible_records_are_listed_by_name_only_where_names_may_be_seen(client: Client, job: Employment) -> None:
    Employment.objects.filter(pk=job.pk).update(valid_to=date(2026, 1, 1))
    make_result(job, date(2026, 3, 10))
    sign_in(client, Role.HR, job.employer)
    assert "Zupan" in client.get(reverse("verification:audit")).text
    sign_in(client, Role.AUDITOR, job.employer)
    page = client.get(reverse("verification:audit")).text
    assert "Zupan" not in page
    assert job.person.key in page
    sign_in(client, Role.HR, make_employer(code="JHL", kind="public_company"))
    assert job.person.key not in client.get(reverse("verification:audit")).text


def test_forecast_hides_small_numbers_from_who_may_not_see_names(client: Client, job: Employment) -> None:
    for number in range(6):
        row = make_employment(person=make_person(), unit=job.unit)
        make_result(row, date(2024, 8, 1) if number < 2 else date(2025, 6, 10))
    small = make_employment(person=make_person(), unit=make_unit(code="SMALL", name_sl="Mali oddelek"))
    sign_in(client, Role.AUDITOR, job.employer)
    response = client.get(reverse("verification:forecast"))
    outlook = response.context["outlook"]
    assert (outlook.exact, outlook.hidden, len(outlook.units)) == (False, 1, 1)
    row = outlook.units[0]
    assert (row.people, row.missing, row.lapsing[2], row.lapsing[12]) == (5, None, None, None)
    assert "Mali oddelek" not in response.text
    sign_in(client, Role.HR, job.employer)
    exact = client.get(reverse("verification:forecast")).context["outlook"]
    found = {one.unit.code: one for one in exact.units}
    assert (exact.exact, found["OGDP"].missing, found["OGDP"].lapsing[2], found["OGDP"].lapsing[12]) == (True, 1, 2, 4)
    assert found["SMALL"].people == 1
    assert small.unit.code == "SMALL"


def test_plan_is_even_and_nobody_is_invited_after_lapsing(service: Client, job: Employment) -> None:
    for _ in range(12):
        make_result(make_employment(person=make_person(), unit=job.unit), date(2025, 6, 10))
    response = service.get(reverse("verification:forecast"), {"asked": "1", "seats": "3"})
    months = [(before, after) for _name, before, after in response.context["months"]]
    assert (months[12][0], [after for _before, after in months[9:13]]) == (12, [3, 3, 3, 3])
    assert months[13:] == [(0, 0)] * 11
    assert response.context["beyond"] == {}
    fewer = service.get(reverse("verification:forecast"), {"asked": "1", "seats": "2"})
    assert sum(fewer.context["beyond"].values()) == 4
    drawing = service.get(reverse("verification:forecast-chart"), {"asked": "1", "seats": "3"})
    assert drawing["Content-Type"] == "image/svg+xml"
    assert b"People by month" in drawing.content


def test_pages_take_as_many_queries_for_one_person_as_for_three(
    client: Client, job: Employment, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, Role.HR, job.employer)
    exempt(job, date(2026, 1, 1))
    pages = [reverse(f"verification:{name}") for name in ("people", "exemptions", "leaves", "forecast", "audit")]
    counts = {}
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(30) as taken:
            client.get(page)
        counts[page] = len(taken.captured_queries)
    for _ in range(2):
        more = make_employment(person=make_person(), unit=job.unit)
        make_result(more, date(2025, 6, 10))
        exempt(more, date(2026, 1, 1))
    for page, number in counts.items():
        with django_assert_num_queries(number):
            client.get(page)


def test_nobody_objects_to_somebody_elses_result(me: Client, job: Employment) -> None:
    other = make_result(make_employment(person=make_person(), unit=job.unit), date(2026, 5, 10), passed=False)
    assert me.get(reverse("verification:appeal", args=[other.pk])).status_code == 404
