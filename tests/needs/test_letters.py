"""Fresh codes: who gets them, in which order, what happens to the older ones; and the pages that ask for them."""

import io
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import digest
from kazipot.needs import operations, queries
from kazipot.needs.errors import AnsweringIsOver, NobodyToWriteTo, NotOpen
from kazipot.needs.models import Campaign, Invitation, Response
from kazipot.needs.operations import Letter
from kazipot.organisation.models import Employer, Post
from tests.factories import needs, organisation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
CODE = re.compile(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b")


@pytest.fixture
def campaign(settings: Any) -> Campaign:
    settings.KAZIPOT_TODAY = "2026-03-10"
    return needs.make_campaign()


def ask(campaign: Campaign, unit: Any, first: str = "Ana", last: str = "Kos", title: str = "", **kwargs: Any) -> Any:
    """Somebody asked who works in the unit on a post with this title."""
    post = Post.objects.create(employer=unit.employer, code=f"P{Post.objects.count()}", title=title)
    person = organisation.make_person(first_name=first, last_name=last, **kwargs.pop("person", {}))
    organisation.make_employment(person, unit, post=post)
    return needs.make_invitation(campaign, person, unit, **kwargs)


def renew(campaign: Campaign, *employers: Employer) -> list[Letter]:
    ids = [employer.pk for employer in employers or [organisation.make_employer()]]
    return operations.renew_links(campaign_id=campaign.pk, employer_ids=ids, at=AT, actor=None)


def codes_of(response: Any) -> list[str]:
    """The codes in a PDF."""
    return [
        code for page in PdfReader(io.BytesIO(response.content)).pages for code in CODE.findall(page.extract_text())
    ]


def test_letters_are_sorted_by_unit_workplace_and_name(campaign: Campaign) -> None:
    second, first = organisation.make_unit(code="02"), organisation.make_unit(code="01")
    for unit, title, name in (
        (second, "", "Kos"), (first, "Šofer", "Kos"), (first, "Serviser", "Žagar"), (first, "Serviser", "Zupan"),
        (first, "Serviser", "Čuk"), (first, "Serviser", "Cvetko"), (first, "", "Kos"),
    ):  # fmt: skip
        ask(campaign, unit, last=name, title=title)
    told = [(letter.unit_code, letter.workplace.title, letter.name) for letter in renew(campaign)]
    assert told == [
        ("01", "", "Ana Kos"), ("01", "Serviser", "Ana Cvetko"), ("01", "Serviser", "Ana Čuk"),
        ("01", "Serviser", "Ana Zupan"), ("01", "Serviser", "Ana Žagar"), ("01", "Šofer", "Ana Kos"),
        ("02", "", "Ana Kos"),
    ]  # fmt: skip


def test_letter_tells_where_the_person_works_today(campaign: Campaign) -> None:
    was = organisation.make_unit(code="01")
    now = organisation.make_unit(code="02", name_sl="Šport", name_en="Sports")
    person = organisation.make_person()
    organisation.make_employment(person, was, valid_to=date(2026, 3, 5))
    organisation.make_employment(person, now, valid_from=date(2026, 3, 5), hired_on=organisation.SINCE, number="17")
    needs.make_invitation(campaign, person, was)
    (letter,) = renew(campaign)
    place = letter.workplace
    assert (place.unit_code, place.unit_sl, place.unit_en, place.title) == (
        "02", "Šport", "Sports", "Delovno mesto OFFICIAL",
    )  # fmt: skip
    assert (place.employer_code, place.employer_sl, place.personnel_number) == ("MU", "Delodajalec MU", "17")


def test_two_jobs_make_one_letter_under_the_older(campaign: Campaign) -> None:
    older, newer = organisation.make_unit(code="01"), organisation.make_unit(code="02")
    person = organisation.make_person()
    organisation.make_employment(person, newer, valid_from=date(2021, 1, 1))
    organisation.make_employment(person, older, valid_from=date(2020, 1, 1))
    needs.make_invitation(campaign, person, newer)
    assert [letter.unit_code for letter in renew(campaign)] == ["01"]


@pytest.mark.parametrize("people", [1, 6])
def test_letters_take_the_same_queries_for_many(
    campaign: Campaign, people: int, django_assert_num_queries: Any
) -> None:
    unit = organisation.make_unit()
    for _ in range(people):
        ask(campaign, unit, title="Serviser")
    with django_assert_num_queries(10):
        assert len(renew(campaign)) == people


def test_letters_go_to_who_can_not_be_mailed_has_not_answered_and_works_there(campaign: Campaign) -> None:
    unit = organisation.make_unit()
    quiet = ask(campaign, unit, draft={"1": {"own": 2}}, token="old")
    ask(campaign, unit, person={"email": "a@example.org"}, token="mailed")
    needs.make_response(ask(campaign, unit, token="answered"))
    left = organisation.make_person()
    organisation.make_employment(left, unit, valid_to=date(2026, 3, 5))
    needs.make_invitation(campaign, left, unit, token="left")
    elsewhere = organisation.make_unit(organisation.make_employer("JHL", "public_company"))
    ask(campaign, elsewhere, token="elsewhere")
    (letter,) = renew(campaign)
    quiet.refresh_from_db()
    assert (letter.invitation_id, digest(letter.code), quiet.draft) == (quiet.pk, quiet.token_digest, {"1": {"own": 2}})
    assert queries.invitation_by_token("old") is None
    assert all(queries.invitation_by_token(token) for token in ("mailed", "answered", "left", "elsewhere"))
    event = AuditEvent.objects.get()
    assert (event.verb, event.employer_code, event.detail) == ("needs.renew_links", "MU", {"year": 2026, "letters": 1})


def test_letters_of_several_employers_leave_an_event_each(campaign: Campaign) -> None:
    ours, theirs = organisation.make_employer(), organisation.make_employer("JHL", "public_company")
    for employer in (ours, theirs, theirs):
        ask(campaign, organisation.make_unit(employer))
    assert [letter.workplace.employer_code for letter in renew(campaign, ours, theirs)] == ["JHL", "JHL", "MU"]
    events = AuditEvent.objects.order_by("employer_code").values_list("employer_code", "detail__letters")
    assert list(events) == [("JHL", 2), ("MU", 1)]


def test_letters_are_refused_when_nobody_answers(campaign: Campaign) -> None:
    with pytest.raises(NobodyToWriteTo):
        renew(campaign)
    invitation = ask(campaign, organisation.make_unit())
    for status, error in (("draft", NotOpen), ("closed", AnsweringIsOver)):
        Campaign.objects.update(status=status)
        with pytest.raises(error):
            renew(campaign)
        with pytest.raises(error):
            operations.renew_link(
                campaign_id=campaign.pk,
                employer_id=invitation.employer_id,
                invitation_id=invitation.pk,
                at=AT,
                actor=None,
            )


def test_lost_code_is_replaced_and_one_answer_stays_one(campaign: Campaign, client: Client) -> None:
    invitation = ask(campaign, organisation.make_unit(), token="abcdefgh2345")
    needs.make_response(invitation)
    letter = operations.renew_link(
        campaign_id=campaign.pk, employer_id=invitation.employer_id, invitation_id=invitation.pk, at=AT, actor=None
    )
    assert [client.get(f"/needs/answer/{code}/").status_code for code in ("abcdefgh2345", letter.code)] == [404, 200]
    assert (Invitation.objects.count(), Response.objects.count()) == (1, 1)
    event = AuditEvent.objects.get()
    assert (event.verb, event.target_id, event.detail) == ("needs.renew_link", str(invitation.pk), {"year": 2026})


def test_lost_code_of_anothers_person_is_not_replaced(campaign: Campaign) -> None:
    theirs = ask(campaign, organisation.make_unit(organisation.make_employer("JHL", "public_company")), token="old")
    with pytest.raises(NobodyToWriteTo):
        operations.renew_link(
            campaign_id=campaign.pk,
            employer_id=organisation.make_employer().pk,
            invitation_id=theirs.pk,
            at=AT,
            actor=None,
        )
    assert queries.invitation_by_token("old") == theirs


@pytest.fixture
def hr(client: Client, campaign: Campaign) -> Client:
    """Human resources of the city administration, reading English."""
    client.cookies["language"] = "en"
    organisation.sign_in(client, Role.HR, organisation.make_employer())
    return client


def test_page_asks_first_and_then_gives_the_pdf(hr: Client, campaign: Campaign) -> None:
    ask(campaign, organisation.make_unit(), token="old")
    address = f"/needs/campaigns/{campaign.pk}/letters/MU/"
    assert "1 person without an e-mail address has not answered yet." in hr.get(address).text
    assert queries.invitation_by_token("old") is not None
    response: Any = hr.post(address)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="needs-2026-MU.pdf"'
    assert "no-store" in response["Cache-Control"]
    (code,) = codes_of(response)
    assert hr.get(f"/needs/answer/{code}/").status_code == 200
    assert queries.invitation_by_token("old") is None


def test_page_says_when_nobody_needs_a_slip(hr: Client, campaign: Campaign) -> None:
    left = organisation.make_person()
    unit = organisation.make_unit()
    organisation.make_employment(left, unit, valid_to=date(2026, 3, 5))
    needs.make_invitation(campaign, left, unit)
    address = f"/needs/campaigns/{campaign.pk}/letters/MU/"
    assert "No slips are needed" in hr.get(address).text
    assert "No slips are needed" in hr.post(address, follow=True).text


@pytest.mark.parametrize("role", [Role.SERVICE, Role.HR])
def test_whole_campaign_is_what_lies_in_reach(client: Client, campaign: Campaign, role: Role) -> None:
    employers = [organisation.make_employer(code, "public_company") for code in ("MU", "JHL", "LPP")]
    for employer in employers:
        ask(campaign, organisation.make_unit(employer, name_sl=f"Enota {employer.code}"), token=employer.code)
    user = organisation.sign_in(client, role, employers[0])
    organisation.grant(user, role, employers[1])
    client.cookies["language"] = "en"
    address = f"/needs/campaigns/{campaign.pk}/letters/"
    assert "2 people without an e-mail address" in client.get(address).text
    assert address in client.get(f"/needs/campaigns/{campaign.pk}/").text
    response: Any = client.post(address)
    assert response["Content-Disposition"] == 'attachment; filename="needs-2026.pdf"'
    assert len(codes_of(response)) == 2
    assert [queries.invitation_by_token(code) is None for code in ("MU", "JHL", "LPP")] == [True, True, False]


def test_lost_slip_is_found_by_number_or_name_and_printed_alone(hr: Client, campaign: Campaign) -> None:
    unit = organisation.make_unit(name_en="Sports")
    people = [ask(campaign, unit, first=first, last=last) for first, last in (("Žiga", "Čuček"), ("Žiga", "Kos"))]
    needs.make_response(people[0])
    address = f"/needs/campaigns/{campaign.pk}/letters/MU/lost/"
    assert "Čuček" not in hr.get(address).text
    number = queries.who_lost(campaign.pk, unit.employer_id, containing="Čuček", on=AT.date())[0][0].workplace
    for asked in ("Čuč Žig", "cucek", "ŽIGA čuč", number.personnel_number):
        page = hr.get(address, {"q": asked})
        assert [row.name for row in page.context["people"]] == ["Žiga Čuček"]
    assert "Nobody was found" in hr.get(address, {"q": "Nobody"}).text
    response: Any = hr.post(f"{address}{people[0].pk}/")
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 1
    (code,) = codes_of(response)
    assert queries.invitation_by_token(code) == people[0]


@pytest.mark.parametrize("people", [1, 3])
def test_lost_slip_takes_the_same_queries_for_many_rows(
    hr: Client, campaign: Campaign, people: int, django_assert_num_queries: Any
) -> None:
    unit = organisation.make_unit()
    for _ in range(people):
        ask(campaign, unit)
    with django_assert_num_queries(12):
        page = hr.get(f"/needs/campaigns/{campaign.pk}/letters/MU/lost/", {"q": "Kos"})
    assert page.text.count("Make a new slip") == people


def test_lost_slip_shows_twenty_and_says_that_there_are_more(hr: Client, campaign: Campaign) -> None:
    unit = organisation.make_unit()
    for _ in range(21):
        ask(campaign, unit)
    page = hr.get(f"/needs/campaigns/{campaign.pk}/letters/MU/lost/", {"q": "Kos"}).text
    assert (page.count("Make a new slip"), "There are more." in page) == (20, True)
