"""The questionnaire by a personal link, and signed in."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation.roles import Role
from kazipot.needs.models import Answer, Invitation, Response
from tests.factories import needs, organisation

pytestmark = pytest.mark.django_db

INVALID = {"sl": "Ta povezava ni veljavna", "en": "This link is not valid"}
RECEIVED = {"sl": "Vaše odgovore smo prejeli", "en": "Your answers have been received"}
OVER = {"sl": "Odgovorov ne sprejemamo več", "en": "Answers are no longer accepted"}
ASK = {"sl": "se obrnite na Službo za digitalizacijo", "en": "ask the Digitalisation Service"}


@pytest.fixture(autouse=True)
def _march(settings: Any) -> None:
    """The calendar stands in the middle of the campaign."""
    settings.KAZIPOT_TODAY = "2026-03-10"


@pytest.fixture
def invitation() -> Invitation:
    """Somebody asked about two areas of two competences, with the link's token "secret"."""
    return needs.make_invitation(token="secret")


def language(client: Client, code: str) -> None:
    """The reader chose this language."""
    client.cookies["language"] = code


def filled(invitation: Invitation, area: int, **changes: Any) -> dict[str, Any]:
    """One page filled in: own level 1, needed level 3, training wanted in the first competence."""
    found: dict[str, Any] = {}
    rows = [row for row in needs.competences_of(invitation.campaign.framework) if row.code.startswith(f"{area}.")]
    for number, row in enumerate(rows):
        found |= {f"own_level-{row.pk}": "1", f"needed_level-{row.pk}": "3"}
        if number == 0:
            found[f"wants_training-{row.pk}"] = "on"
    return {**found, "step": "next", **changes}


def answer_everything(client: Client, invitation: Invitation, address: str) -> Any:
    """Through all pages and the review; the response to the sending."""
    for area in (1, 2):
        client.post(f"{address}?part={area}", filled(invitation, area))
    return client.post(f"{address}?part=review")


def test_answer_from_start_to_receipt(client: Client, invitation: Invitation) -> None:
    language(client, "en")
    start = client.get("/needs/answer/secret/")
    assert start.status_code == 200
    assert "Nobody else sees which answers are yours" in start.text
    assert 'href="/needs/answer/secret/?part=1"' in start.text
    first = client.post("/needs/answer/secret/?part=1", filled(invitation, 1))
    assert first["Location"] == "/needs/answer/secret/?part=2"
    assert "Page 2 of 2: Area 2" in client.get(first["Location"]).text
    second = client.post(first["Location"], filled(invitation, 2))
    assert second["Location"] == "/needs/answer/secret/?part=review"
    review = client.get(second["Location"]).text
    assert "You want training in 2 competences." in review
    sent = client.post(second["Location"])
    assert sent["Location"] == "/needs/answer/secret/receipt/"
    receipt = client.get(sent["Location"]).text
    assert "1.1 Competence 1.1" in receipt
    assert "from level 1 to level 3" in receipt
    said = Answer.objects.order_by("competence__position")
    assert list(said.values_list("own_level", "needed_level", "wants_training")) == [
        (1, 3, True),
        (1, 3, False),
        (1, 3, True),
        (1, 3, False),
    ]


def test_answer_in_slovenian_counts_the_areas(client: Client, invitation: Invitation) -> None:
    assert "Stran 1 od 2" in client.get("/needs/answer/secret/?part=1").text


def test_answer_chooses_nothing_beforehand(client: Client, invitation: Invitation) -> None:
    page = client.get("/needs/answer/secret/?part=1").text
    assert page.count('type="radio"') == 20
    assert "checked" not in page


def test_answer_wants_both_levels_and_ties_errors_to_fields(client: Client, invitation: Invitation) -> None:
    language(client, "en")
    first = needs.competences_of(invitation.campaign.framework)[0]
    data = filled(invitation, 1)
    del data[f"own_level-{first.pk}"]
    asked_again = client.post("/needs/answer/secret/?part=1", data)
    assert asked_again["Location"] == "/needs/answer/secret/?part=1&check=1"
    response = client.get(asked_again["Location"])
    assert response.status_code == 422
    assert "1 answer is missing" in response.text
    assert f'href="#id_own_level-{first.pk}_0"' in response.text
    assert f'id="id_own_level-{first.pk}_error"' in response.text
    assert "1.1 Competence 1.1: choose an answer." in response.text
    invitation.refresh_from_db()
    assert {name: said for name, said in invitation.draft.items() if name.endswith(f"-{first.pk}")} == {
        f"needed_level-{first.pk}": "3",
        f"wants_training-{first.pk}": True,
    }


def test_answer_later_keeps_half_a_page(client: Client, invitation: Invitation) -> None:
    language(client, "en")
    first = needs.competences_of(invitation.campaign.framework)[0]
    response = client.post("/needs/answer/secret/?part=1", {f"own_level-{first.pk}": "2", "step": "later"}, follow=True)
    assert "Your answers so far are saved." in response.text
    assert "Continue" in response.text
    page = client.get("/needs/answer/secret/?part=1").text
    assert page.count("checked") == 1


def test_answer_back_keeps_the_page(client: Client, invitation: Invitation) -> None:
    response = client.post("/needs/answer/secret/?part=2", filled(invitation, 2, step="back"))
    assert response["Location"] == "/needs/answer/secret/?part=1"
    invitation.refresh_from_db()
    assert len(invitation.draft) == 5


def test_answer_language_switch_keeps_the_page(client: Client, invitation: Invitation) -> None:
    response = client.post("/needs/answer/secret/?part=1", filled(invitation, 1, step="en"))
    assert response["Location"] == "/needs/answer/secret/?part=1"
    page = client.get(response["Location"]).text
    assert "Page 1 of 2: Area 1" in page
    assert page.count("checked") == 5


def test_answer_is_not_sent_while_something_is_missing(client: Client, invitation: Invitation) -> None:
    language(client, "en")
    client.post("/needs/answer/secret/?part=1", filled(invitation, 1))
    response = client.post("/needs/answer/secret/?part=review", follow=True)
    assert "Some answers are still missing" in response.text
    assert Response.objects.count() == 0


@pytest.mark.parametrize("code", ["sl", "en"])
def test_answer_link_used_twice_says_that_answers_were_received(
    client: Client, invitation: Invitation, code: str
) -> None:
    answer_everything(client, invitation, "/needs/answer/secret/")
    other = Client()
    language(other, code)
    page = other.get("/needs/answer/secret/").text
    assert RECEIVED[code] in page
    assert other.post("/needs/answer/secret/?part=review").status_code == 200
    assert Response.objects.count() == 1


def test_answer_link_used_twice_shows_no_answers(client: Client, invitation: Invitation) -> None:
    answer_everything(client, invitation, "/needs/answer/secret/")
    other = Client()
    language(other, "en")
    receipt = other.get("/needs/answer/secret/receipt/").text
    assert "Thank you, we have your answers" in receipt
    assert "Competence 1.1" not in receipt


def test_receipt_shows_answers_for_half_an_hour(client: Client, invitation: Invitation, monkeypatch: Any) -> None:
    answer_everything(client, invitation, "/needs/answer/secret/")
    session = client.session
    session["needs.receipt"] = [invitation.pk, datetime(2026, 3, 10, 0, 0, tzinfo=UTC).replace(year=2025).isoformat()]
    session.save()
    assert "Kompetenca 1.1" not in client.get("/needs/answer/secret/receipt/").text


@pytest.mark.parametrize("code", ["sl", "en"])
def test_answer_link_after_the_last_day_says_whom_to_ask(client: Client, code: str) -> None:
    needs.make_invitation(needs.make_campaign(closes_on=date(2026, 3, 9)), token="secret")
    language(client, code)
    response = client.get("/needs/answer/secret/")
    assert response.status_code == 410
    assert OVER[code] in response.text
    assert ASK[code] in response.text


@pytest.mark.parametrize("code", ["sl", "en"])
@pytest.mark.parametrize("rest", ["", "receipt/", "?part=1"])
def test_answer_unknown_link_is_the_same_neutral_page(client: Client, code: str, rest: str) -> None:
    language(client, code)
    response = client.get(f"/needs/answer/nobodys/{rest}")
    assert response.status_code == 404
    assert INVALID[code] in response.text


def test_answer_link_works_however_a_code_is_typed(client: Client) -> None:
    needs.make_invitation(token="abcdefghjkmn")
    assert client.get("/needs/answer/ABCD-efgh-jkmn/").status_code == 200


@pytest.mark.parametrize("rest", ["", "?part=1", "receipt/"])
def test_answer_pages_are_kept_by_no_cache_and_told_to_no_site(
    client: Client, invitation: Invitation, rest: str
) -> None:
    response = client.get(f"/needs/answer/secret/{rest}")
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_answer_after_somebody_left_is_still_taken(client: Client) -> None:
    unit = organisation.make_unit()
    person = organisation.make_person()
    organisation.make_employment(person, unit, valid_to=date(2026, 3, 5))
    invitation = needs.make_invitation(person=person, unit=unit, token="secret")
    assert answer_everything(client, invitation, "/needs/answer/secret/").status_code == 302
    assert Response.objects.count() == 1


def test_own_answers_are_for_the_person_alone(client: Client) -> None:
    user = organisation.sign_in(client, Role.EMPLOYEE, organisation.make_employer())
    person = organisation.make_person()
    mine = needs.make_invitation(person=type(person).objects.get(user=user))
    others = needs.make_invitation(mine.campaign)
    language(client, "en")
    assert client.get(f"/needs/own/{others.pk}/").status_code == 404
    assert client.get(f"/needs/own/{others.pk}/receipt/").status_code == 404
    assert answer_everything(client, mine, f"/needs/own/{mine.pk}/")["Location"] == f"/needs/own/{mine.pk}/receipt/"
    assert "Competence 1.1" in Client.get(client, f"/needs/own/{mine.pk}/receipt/").text
    assert "Answered on" in client.get("/needs/own/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_own_takes_the_same_queries_for_many_rows(client: Client, rows: int, django_assert_num_queries: Any) -> None:
    user = organisation.sign_in(client, Role.EMPLOYEE, organisation.make_employer())
    person = organisation.Person.objects.get(user=user)
    for year in range(2026 - rows, 2026):
        needs.make_invitation(needs.make_campaign(year), person=person)
    with django_assert_num_queries(7):
        assert client.get("/needs/own/").status_code == 200


def test_answer_page_takes_few_queries(client: Client, invitation: Invitation, django_assert_num_queries: Any) -> None:
    needs.make_invitation(invitation.campaign, token="as-long-as-links-in-mail-are")
    with django_assert_num_queries(2):
        assert client.get("/needs/answer/as-long-as-links-in-mail-are/?part=1").status_code == 200
    with django_assert_num_queries(3):  # a code as short as those on letters: is its network guessing?
        assert client.get("/needs/answer/secret/?part=1").status_code == 200
