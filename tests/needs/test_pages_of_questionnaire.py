"""A page of the questionnaire: routing, ranges, what can't be read, long texts, and signs of all kinds."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from kazipot.core.survey.questionnaire import Choice, Item, Kind, Page, Text
from kazipot.needs.models import Invitation, ItemAnswer
from tests.factories import needs

ADDRESS = "/needs/answer/secret/"
pytestmark = pytest.mark.django_db


def text(said: str) -> Text:
    """The same in both languages."""
    return Text(said, said)


@pytest.fixture
def invitation(client: Client, settings: Any) -> Invitation:
    """Somebody asked about one competence, then how they learn, with a question that follows from an answer."""
    settings.KAZIPOT_TODAY = "2026-03-10"
    client.cookies["language"] = "en"
    small = needs.small_questionnaire()
    items = (
        Item("modes", Kind.MANY, text("How?"), choices="modes"),
        Item("which", Kind.TEXT, text("Which adjustment?"), required=True, relevant="selected(${modes}, 'adjusted')"),
        Item("hours", Kind.INTEGER, text("Hours a year?"), constraint=". >= 1 and . <= 40",
             constraint_message=text("between 1 and 40 hours.")),
        Item("read_this", Kind.NOTE, text("Almost done, you chose ${modes}.")),
        Item("wish", Kind.LONG_TEXT, text("Anything else?")),
    )  # fmt: skip
    modes = (Choice("room", text("In a room")), Choice("adjusted", text("With an adjustment")))
    definition = replace(
        small,
        key="routed",
        pages=(*small.pages, Page("learning", text("Learning"), items)),
        choice_lists={**small.choice_lists, "modes": modes},
    )
    campaign = needs.make_campaign(
        framework=needs.make_framework(areas=1, competences=1), questionnaire=needs.make_version(definition)
    )
    return needs.make_invitation(campaign, token="secret")


def send(client: Client, **said: Any) -> Any:
    """The second page, sent."""
    return client.post(f"{ADDRESS}?part=2", {"step": "next", **said})


def draft(invitation: Invitation) -> dict[str, Any]:
    invitation.refresh_from_db()
    return invitation.draft


def test_question_that_follows_from_an_answer_is_asked_then(client: Client, invitation: Invitation) -> None:
    assert "Which adjustment?" not in client.get(f"{ADDRESS}?part=2").text
    asked = send(client, modes=["room", "adjusted"])
    assert asked.headers["Location"] == f"{ADDRESS}?part=2&more=which#id_which"
    page = client.get(asked.headers["Location"])
    assert page.status_code == 200
    assert "One more question follows from your answer." in page.text
    assert "Which adjustment?" in page.text
    assert "Almost done, you chose In a room, With an adjustment." in page.text
    missing = send(client, modes=["room", "adjusted"], which="")
    assert missing.headers["Location"] == f"{ADDRESS}?part=2&check=1"
    onward = send(client, modes=["room", "adjusted"], which="larger letters")
    assert onward.headers["Location"] == f"{ADDRESS}?part=review"


def test_question_that_follows_is_shown_also_when_it_may_stay_empty(client: Client, invitation: Invitation) -> None:
    version = invitation.campaign.questionnaire
    next(item for item in version.content["pages"][1]["items"] if item["key"] == "which")["required"] = False
    version.save()
    asked = send(client, modes=["adjusted"])
    assert asked.headers["Location"] == f"{ADDRESS}?part=2&more=which#id_which"
    assert send(client, modes=["adjusted"], which="").headers["Location"] == f"{ADDRESS}?part=review"


def test_answer_to_what_is_no_longer_asked_does_not_count(client: Client, invitation: Invitation) -> None:
    competence = needs.competences_of(invitation.campaign.framework)[0].pk
    levels = {f"own_level-{competence}": "1", f"needed_level-{competence}": "2"}
    client.post(f"{ADDRESS}?part=1", {**levels, "step": "next"})
    send(client, modes=["adjusted"], which="larger letters")
    send(client, modes=["room"], which="larger letters")
    assert draft(invitation)["which"] == "larger letters", "kept in case it is asked again"
    client.post(f"{ADDRESS}?part=review")
    assert dict(ItemAnswer.objects.values_list("key", "value")) == {"modes": ["room"]}


def test_what_cannot_be_read_stays_in_its_field_and_the_rest_is_kept(client: Client, invitation: Invitation) -> None:
    response = send(client, modes=["room"], hours="many", wish="čaj")
    assert response.status_code == 422
    assert "write a whole number, for example 12." in response.text
    assert 'value="many"' in response.text
    assert draft(invitation) == {"modes": ["room"], "wish": "čaj"}


def test_range_is_told_in_the_authors_words(client: Client, invitation: Invitation) -> None:
    page = client.get(send(client, hours="41").headers["Location"]).text
    assert "between 1 and 40 hours." in page


def test_text_that_is_too_long_is_refused_in_words_and_not_lost(client: Client, invitation: Invitation) -> None:
    response = send(client, wish="x" * 5_001)
    assert response.status_code == 422
    assert "at most 5000 signs fit here." in response.text
    assert "x" * 5_001 in response.text


@pytest.mark.parametrize("said", ["\U0001f600 žšč", "שלום עולם", "ﷺ", "a\u202eb", "<b>x</b> & 'y' \"z\"", "=1+1"])
def test_signs_of_all_kinds_are_kept_as_they_are(client: Client, invitation: Invitation, said: str) -> None:
    assert send(client, wish=said).status_code == 302
    assert draft(invitation)["wish"] == said
    page = client.get(f"{ADDRESS}?part=2").text
    assert "<b>x</b>" not in page


def test_nul_and_control_signs_are_left_out(client: Client, invitation: Invitation) -> None:
    send(client, wish="a\x00b\x1fc")
    assert draft(invitation)["wish"] == "abc"


def test_choice_that_is_not_offered_is_refused(client: Client, invitation: Invitation) -> None:
    response = send(client, modes=["moon"])
    assert (response.status_code, draft(invitation)) == (422, {})
    assert "choose one of the answers offered." in response.text


def test_page_takes_few_queries(client: Client, invitation: Invitation, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        send(client, modes=["room"], hours="4", wish="x")
