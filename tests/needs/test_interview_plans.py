"""Interviews are planned and invited to; who was invited is kept nowhere."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kazipot.foundation import audit
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.needs import operations, queries
from kazipot.needs.errors import InterviewInThePast, InterviewIsOver, OneAtATime, PeopleNotFound, UnitNotThere
from kazipot.needs.models import Interview, PlannedInterview
from kazipot.organisation.models import Unit
from tests.factories.needs import make_framework
from tests.factories.organisation import (
    grant,
    make_employer,
    make_employment,
    make_person,
    make_unit,
    make_user,
    sign_in,
)

pytestmark = pytest.mark.django_db
PLACE = "Mestni trg 1, soba 12"


def plan(at: datetime, **changes: Any) -> PlannedInterview:
    told: dict[str, Any] = {
        "starts_at": at + timedelta(days=3), "minutes": 45, "place": PLACE, "form": "group", "people": 3,
        "language": "sl", "contact": "Služba, 01 234 56 78", **changes,
    }  # fmt: skip
    if "unit_id" not in told:
        told["unit_id"] = make_unit().pk
    return operations.plan_interview(**told, at=at, actor=None)


def record(at: datetime, found: PlannedInterview, **changes: Any) -> Interview:
    told: dict[str, Any] = {
        "unit_id": found.unit_id, "held_on": at.date(), "people": 2, "consent": "quote", "text": "Gesla pišem.",
        "guide_id": found.guide_id, "plan_id": found.pk, **changes,
    }  # fmt: skip
    return operations.record_interview(**told, at=at, actor=None)


@pytest.fixture
def unit() -> Unit:
    return make_unit(make_employer("MU"), code="OGDP")


def test_plan_takes_the_guide_and_the_consent_text_in_use(at: datetime) -> None:
    found = plan(at)
    assert str(found.guide) == "2026/1"
    assert found.consent_text.version == 1
    operations.write_consent(text_sl="Novo.", text_en="New.", at=at, actor=None)
    assert plan(at).consent_text.version == 2
    found.refresh_from_db()
    assert found.consent_text.version == 1


def test_impossible_plans_are_refused(at: datetime) -> None:
    with pytest.raises(InterviewInThePast):
        plan(at, starts_at=at)
    with pytest.raises(OneAtATime):
        plan(at, form="individual", people=2)
    with pytest.raises(UnitNotThere):
        plan(at, unit_id=make_unit(valid_to=at.date()).pk)
    assert not PlannedInterview.objects.exists()


def test_people_are_invited_by_number_or_address_and_letters_are_for_the_others(at: datetime, unit: Unit) -> None:
    found = plan(at, unit_id=unit.pk)
    english = make_person(email="Joe@city.example", language="en")
    make_employment(english, make_unit(make_employer("JHL", kind="public_company")), number="7")
    both = make_person(email="both@city.example")
    make_employment(both, unit, number="000012")
    make_employment(make_person(first_name="Ivan", last_name="Brez"), unit, number="000034")
    letters = operations.invite_people(
        plan_id=found.pk, called=["joe@city.example", "000012", "both@city.example", "000034"], at=at, actor=None
    )
    assert [(letter.name, letter.called) for letter in letters] == [("Ivan Brez", "000034")]
    assert PLACE in letters[0].body
    mails = {row.recipient: row for row in OutgoingMessage.objects.all()}
    assert mails.keys() == {"Joe@city.example", "both@city.example"}
    assert mails["Joe@city.example"].subject == "Invitation to a talk about digital work"
    assert mails["both@city.example"].subject == "Vabilo na pogovor o digitalnem delu"
    for part in ("Kdaj: 4.\u00a06.\u00a02026", PLACE, "Trajanje: 45 minut", "Pogovor je prostovoljen", "01 234 56 78"):
        assert part in mails["both@city.example"].body
    assert "The talk is voluntary" in mails["Joe@city.example"].body
    found.refresh_from_db()
    assert found.invited == 3


def test_unknown_people_stop_the_whole_invitation(at: datetime, unit: Unit) -> None:
    found = plan(at, unit_id=unit.pk)
    make_employment(make_person(email="here@city.example"), unit, number="1")
    make_employment(make_person(email="gone@city.example"), unit, number="2", valid_to=date(2026, 5, 1))
    make_employment(make_person(), make_unit(make_employer("JHL", kind="public_company")), number="3")
    with pytest.raises(PeopleNotFound) as refused:
        operations.invite_people(
            plan_id=found.pk, called=["1", "2", "3", "gone@city.example", "here@city.example"], at=at, actor=None
        )
    assert "2, 3, gone@city.example." in str(refused.value)
    assert not OutgoingMessage.objects.exists()
    with pytest.raises(PeopleNotFound):
        operations.invite_people(plan_id=found.pk, called=[], at=at, actor=None)


def test_nothing_that_is_kept_says_who_was_invited_to_which_interview(at: datetime, unit: Unit) -> None:
    person = make_person(email="ana@city.example", first_name="Anamarija")
    make_employment(person, unit, number="777123")
    first, second = plan(at, unit_id=unit.pk), plan(at, unit_id=unit.pk)
    for found in (first, second):
        operations.invite_people(plan_id=found.pk, called=["777123"], at=at, actor=None)
    make_framework()
    record(at, first)
    mails = list(OutgoingMessage.objects.all())
    OutgoingMessage.objects.update(sent_at=at, body="")  # what a worker leaves
    keys = {mail.key.removeprefix("needs.interview.") for mail in mails}
    assert all(len(key) == 32 and set(key) <= set("0123456789abcdef") for key in keys)
    assert len({(mail.subject, mail.created_at) for mail in mails}) == 1
    assert mails[0].created_at != at
    kept = [str(event.detail) + event.target_id for event in audit.events()]
    kept += [str(row) for row in PlannedInterview.objects.values()] + [str(row) for row in Interview.objects.values()]
    assert not [row for row in kept if any(word in row for word in ("777123", "ana@city", "Anamarija"))]


def test_head_is_asked_to_choose_and_the_nearest_one_above_when_there_is_none(at: datetime, unit: Unit) -> None:
    below = make_unit(unit.employer, code="OGDP-1", parent=unit)
    head = make_user(person=make_person(email="head@city.example"))
    grant(head, Role.HEAD, unit.employer, unit)
    found = plan(at, unit_id=below.pk, people=3)
    assert operations.ask_head(plan_id=found.pk, at=at, actor=None) == []
    mail = OutgoingMessage.objects.get()
    assert mail.recipient == "head@city.example"
    assert "bi radi povabili 3 osebe iz enote Oddelek OGDP-1" in mail.body
    assert "vabimo vas na skupinski pogovor" in mail.body
    found.refresh_from_db()
    assert found.invited == 3


def test_head_without_an_address_gets_a_letter(at: datetime, unit: Unit) -> None:
    found = plan(at, unit_id=unit.pk, form="individual", people=1)
    letters = operations.ask_head(plan_id=found.pk, at=at, actor=None)
    assert "bi radi povabili 1 osebo" in letters[0].body
    assert letters[0].name == ""
    assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize(
    ("people", "words"), [(1, "1 osebo"), (2, "2 osebi"), (3, "3 osebe"), (4, "4 osebe"), (5, "5 oseb")]
)
def test_number_of_people_is_said_in_the_right_form(at: datetime, people: int, words: str) -> None:
    _subject, body = operations.invitation_text(plan(at, people=people), "sl", on_behalf=True)
    assert words in body


def test_cancelled_interview_has_a_reason_and_the_head_is_told(at: datetime, unit: Unit) -> None:
    grant(make_user(person=make_person(email="head@city.example", language="en")), Role.HEAD, unit.employer, unit)
    make_framework()
    found = plan(at, unit_id=unit.pk)
    operations.cancel_interview(plan_id=found.pk, reason="Bolezen", at=at, actor=None)
    mail = OutgoingMessage.objects.get()
    assert mail.recipient == "head@city.example"
    assert "will not be held" in mail.body
    assert "Bolezen" in mail.body
    for work in (
        lambda: operations.cancel_interview(plan_id=found.pk, reason="Še enkrat", at=at, actor=None),
        lambda: operations.ask_head(plan_id=found.pk, at=at, actor=None),
        lambda: record(at, found),
    ):
        with pytest.raises(InterviewIsOver):
            work()
    assert list(queries.planned_interviews()) == []
    assert [row.reason for row in queries.cancelled_interviews(2026)] == ["Bolezen"]


def test_recorded_plan_is_held_once_and_goes_with_the_interview(at: datetime) -> None:
    make_framework()
    found = plan(at)
    with pytest.raises(UnitNotThere):
        record(at, found, unit_id=make_unit().pk)
    interview = record(at, found)
    assert (interview.guide, interview.consent_text) == (found.guide, found.consent_text)
    assert list(queries.planned_interviews()) == []
    assert queries.interview_of_plan(found.pk) == interview.pk
    with pytest.raises(InterviewIsOver):
        record(at, found)
    operations.withdraw_interview(interview_id=interview.pk, at=at, actor=None)
    assert not PlannedInterview.objects.exists()


def test_coverage_counts_interviews_and_people_by_unit(
    at: datetime, unit: Unit, django_assert_num_queries: Any
) -> None:
    make_framework()
    other = make_unit(unit.employer, code="A")
    make_unit(unit.employer, code="B")
    held = plan(at, unit_id=unit.pk)
    operations.ask_head(plan_id=held.pk, at=at, actor=None)
    record(at, held, people=2)
    record(at, held, people=4, plan_id=None)
    plan(at, unit_id=unit.pk)
    operations.cancel_interview(plan_id=plan(at, unit_id=other.pk).pk, reason="Ne", at=at, actor=None)
    with django_assert_num_queries(2):
        found = queries.interview_coverage(2026)
    assert [(row.unit_code, row.held, row.people, row.invited, row.planned) for row in found] == [("OGDP", 2, 6, 3, 1)]
    plan(at, unit_id=other.pk)
    assert [row.unit_code for row in queries.interview_coverage(2026)] == ["A", "OGDP"]
    assert queries.interview_coverage(2025) == []


def test_service_plans_invites_and_records_on_pages(client: Client, settings: Any, unit: Unit) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    make_framework()
    sign_in(client, Role.SERVICE, unit.employer)
    make_employment(make_person(first_name="Ivan", last_name="Doma"), unit, number="12")
    far = make_unit(make_employer("JHL", kind="public_company"), code="JHL-1")
    make_employment(make_person(first_name="Tuja", last_name="Oseba"), far, number="34")
    told = {
        "unit": unit.pk, "day": "2026-06-09", "hour": "13:30", "minutes": "60", "place": PLACE, "form": "individual",
        "people": "1", "language": "sl", "contact": "Služba",
    }  # fmt: skip
    assert client.post(reverse("needs:plan-interview"), {**told, "people": "2"}).context["form"].errors.keys() == {
        "people"
    }
    assert client.post(reverse("needs:plan-interview"), told).status_code == 302
    found = PlannedInterview.objects.get()
    assert found.starts_at == datetime(2026, 6, 9, 11, 30, tzinfo=UTC)
    invite = reverse("needs:invite-to-interview", args=[found.pk])
    assert client.post(invite, {"who": "people", "called": ""}).context["form"].errors.keys() == {"called"}
    assert client.post(invite, {"who": "people", "called": "12, 99"}).context["form"].errors.keys() == {"called"}
    letters = client.post(invite, {"who": "people", "called": "12"})
    assert letters.status_code == 200
    assert "Ivan Doma" in letters.text
    assert "1 vabilo je treba natisniti" in letters.text
    assert "Ivan" not in client.get(reverse("needs:planned-interview", args=[found.pk])).text
    listed = client.get(reverse("needs:interviews")).text
    assert "Načrtovani" in listed
    record_page = reverse("needs:record-planned", args=[found.pk])
    shown = client.get(record_page)
    assert "Pogovor je prostovoljen" in shown.text
    assert shown.context["form"]["held_on"].value() == date(2026, 6, 9)
    notes = {"unit": unit.pk, "held_on": "2026-06-01", "people": 1, "consent": "quote", "text": "Gesla pišem.",
             "guide": found.guide_id, "told": "on"}  # fmt: skip
    assert client.post(record_page, notes).status_code == 302
    page = client.get(reverse("needs:interview", args=[Interview.objects.get().pk])).text
    assert "2026/1" in page
    coverage = client.get(reverse("needs:interviews"))
    assert "Enote z intervjujem: 1 od 2." in coverage.text


def test_names_at_another_employer_are_not_told(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    sign_in(client, Role.SERVICE, make_employer("MU"))
    far = make_unit(make_employer("JHL", kind="public_company"), code="JHL-1")
    make_employment(make_person(first_name="Tuja", last_name="Oseba"), far, number="34")
    found = plan(datetime(2026, 6, 1, 9, tzinfo=UTC), unit_id=far.pk)
    letters = client.post(reverse("needs:invite-to-interview", args=[found.pk]), {"who": "people", "called": "34"}).text
    assert "Kadrovska številka 34" in letters
    assert "Tuja" not in letters


def test_invitation_is_printed_in_either_language_without_a_name(client: Client, at: datetime) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    found = plan(at)
    address = reverse("needs:print-invitation", args=[found.pk])
    with translation.override("sl"):
        assert "Invitation to a talk" in client.get(address, {"language": "en"}).text
        assert "Vabilo na pogovor" in client.get(address, {"language": "xx"}).text


def test_planned_interviews_take_as_many_queries_for_one_as_for_three(
    client: Client, at: datetime, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    sign_in(client, Role.SERVICE, make_employer())
    make_framework()
    record(at, plan(at))
    first = plan(at)
    addresses = [reverse("needs:interviews"), reverse("needs:planned-interview", args=[first.pk])]
    for address in addresses:
        client.get(address)
        with django_assert_max_num_queries(20) as few:
            client.get(address)
        for _ in range(2):
            plan(at)
            record(at, plan(at))
        with django_assert_num_queries(len(few.captured_queries)):
            client.get(address)


def test_inviting_many_takes_as_many_queries_as_inviting_one(
    at: datetime, unit: Unit, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(1, 5):
        make_employment(make_person(email=f"p{number}@city.example"), unit, number=str(number))
    found = plan(at, unit_id=unit.pk)
    with django_assert_max_num_queries(12) as few:
        operations.invite_people(plan_id=found.pk, called=["1"], at=at, actor=None)
    with django_assert_num_queries(len(few.captured_queries)):
        operations.invite_people(plan_id=found.pk, called=["2", "3", "4"], at=at, actor=None)
