"""A code from a letter, typed on any device: it opens one questionnaire, leaves nothing, and can't be guessed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kazipot.foundation import clock, guessing
from kazipot.foundation.models import WrongCode
from kazipot.foundation.tokens import CODE_LENGTH, SIGNS, new_code
from kazipot.needs import access
from kazipot.needs.models import Invitation, Response
from tests.factories import needs

pytestmark = pytest.mark.django_db
CODE = "abcdefgh2345"
ENTER, HERE = "/needs/enter/", "/needs/here/"


@pytest.fixture
def invitation(settings: Any) -> Invitation:
    settings.KAZIPOT_TODAY = "2026-03-10"
    return needs.make_invitation(needs.make_campaign(framework=needs.make_framework(1, 1)), token=CODE)


def enter(client: Client, code: str = CODE, **headers: str) -> Any:
    return client.post(ENTER, {"code": code}, **headers)


@pytest.mark.parametrize("typed", [CODE, "ABCD-EFGH-2345", " abcd efgh 2345 ", "abcd–efgh–2345"])
def test_code_is_taken_as_people_type_it(client: Client, invitation: Invitation, typed: str) -> None:
    assert enter(client, typed).headers["Location"] == HERE
    assert client.get(HERE).context["door"].invitation == invitation


def test_wrong_code_says_where_to_look(client: Client, invitation: Invitation) -> None:
    response = enter(client, "abcd-efgh-2346")
    assert response.status_code == 422
    assert "Ta koda ne velja" in response.text
    assert client.get(HERE).headers["Location"] == ENTER


def test_questionnaire_here_is_answered_and_left_without_a_trace(client: Client, invitation: Invitation) -> None:
    enter(client)
    start = client.get(HERE)
    assert CODE not in start.text
    competence = needs.competences_of(invitation.campaign.framework)[0].pk
    sent = {f"own_level-{competence}": 1, f"needed_level-{competence}": 2, f"wants_training-{competence}": "on"}
    assert client.post(f"{HERE}?part=1", {**sent, "step": "next"}).headers["Location"] == f"{HERE}?part=review"
    assert client.post(f"{HERE}?part=review").headers["Location"] == f"{HERE}receipt/"
    assert Response.objects.get().invitation == invitation
    receipt = client.get(f"{HERE}receipt/")
    assert receipt.context["mine"]
    assert "Zapusti to napravo" in receipt.text
    assert client.post(f"{HERE}leave/").headers["Location"] == ENTER
    assert client.get(f"{HERE}receipt/").headers["Location"] == ENTER
    assert dict(client.session) == {}


def test_device_that_nobody_touches_closes_by_itself(client: Client, invitation: Invitation, monkeypatch: Any) -> None:
    enter(client)
    assert client.get(HERE).status_code == 200
    later = clock.monotonic_now() + access.HERE_LASTS + timedelta(seconds=1)
    monkeypatch.setattr(access.clock, "monotonic_now", lambda: later)
    assert client.get(HERE).headers["Location"] == ENTER


def test_second_code_takes_the_place_of_the_first(client: Client, invitation: Invitation) -> None:
    other = needs.make_invitation(invitation.campaign, token="jkmnpqrs6789")
    enter(client), enter(client, "jkmn-pqrs-6789")
    assert client.get(HERE).context["door"].invitation == other


def test_guessing_is_stopped_for_its_network_and_nobody_else(
    client: Client, invitation: Invitation, monkeypatch: Any
) -> None:
    monkeypatch.setattr(guessing, "LIMIT", 3)
    guesser = {"REMOTE_ADDR": "192.0.2.7"}
    assert enter(client, "x1", **guesser).status_code == 422
    assert client.get("/needs/answer/x2/", **guesser).status_code == 404
    assert enter(client, "x3", **guesser).status_code == 422
    assert enter(client, CODE, **guesser).status_code == 429
    assert client.get(f"/needs/answer/{CODE}/", **guesser).status_code == 429
    assert client.get(f"/needs/answer/{CODE}/", REMOTE_ADDR="192.0.2.8").status_code == 200
    later = clock.monotonic_now() + guessing.WINDOW
    monkeypatch.setattr(access.clock, "monotonic_now", lambda: later)
    assert client.get(f"/needs/answer/{CODE}/", **guesser).status_code == 200


def test_addresses_are_not_kept_and_attempts_are_forgotten(
    client: Client, invitation: Invitation, monkeypatch: Any
) -> None:
    enter(client, "wrong", REMOTE_ADDR="192.0.2.7")
    assert "192.0.2.7" not in str(WrongCode.objects.values())
    later = clock.monotonic_now() + timedelta(minutes=61)
    monkeypatch.setattr(access.clock, "monotonic_now", lambda: later)
    enter(client, "wrong again", REMOTE_ADDR="192.0.2.9")
    assert WrongCode.objects.count() == 1


def test_codes_have_59_bits_without_look_alikes() -> None:
    codes = {new_code() for _ in range(1_000)}
    assert len(codes) == 1_000
    assert all(len(code) == CODE_LENGTH and set(code) <= set(SIGNS) for code in codes)
    assert len(SIGNS) ** CODE_LENGTH > 2**59
    assert not set("il1o0") & set(SIGNS)
