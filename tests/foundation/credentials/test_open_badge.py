"""Badges are signed so that others' code verifies them, and finds what was changed, revoked or has expired."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.credentials import operations, proofs, queries, status
from kazipot.foundation.credentials.documents import Achievement
from kazipot.foundation.credentials.models import Credential, SigningKey
from tests.foundation.credentials import judge

AT = datetime(2026, 6, 1, 9, tzinfo=UTC)
UNTIL = datetime(2028, 6, 1, 9, tzinfo=UTC)
ACHIEVEMENT = Achievement("digital-security", "Digitalna varnost", "Znanje je preverjeno.", "Opravljeno.", "sl")
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _prepared() -> None:
    judge.prepare()


def issued(name: str = "Živa Čebašek") -> Credential:
    return operations.issue(achievement=ACHIEVEMENT, holder=name, valid_from=AT, valid_until=UNTIL, at=AT, actor=None)


def documents(client: Client) -> dict[str, Any]:
    """What a verifier would fetch, as our pages give it."""
    found = {}
    for address in ("issuer", "status/1"):
        response = client.get(f"/credentials/{address}")
        assert (response.status_code, response.headers["Access-Control-Allow-Origin"]) == (200, "*")
        document = json.loads(response.content)
        found[document["id"]] = document
    return found


def as_read(credential: Credential) -> dict[str, Any]:
    """The badge as it comes out of the database."""
    document: dict[str, Any] = Credential.objects.get(pk=credential.pk).document
    return document


def test_judge_verifies_a_badge(client: Client) -> None:
    badge = as_read(issued())
    assert judge.verdict(badge, documents(client), at=AT) == {
        "verified": True, "revoked": False, "errors": [],
    }  # fmt: skip


CHANGES: dict[str, Callable[[dict[str, Any]], None]] = {
    "validity": lambda badge: badge.update(validUntil="2036-06-01T09:00:00Z"),
    "holder": lambda badge: badge["credentialSubject"]["identifier"][0].update(identityHash="sha256$00"),
    "achievement": lambda badge: badge["credentialSubject"]["achievement"].update(name="Something else"),
    "issuer": lambda badge: badge["issuer"].update(name="Somebody else"),
    "status": lambda badge: badge["credentialStatus"].update(statusListIndex="1"),
    "proof": lambda badge: badge["proof"].update(created="2025-01-01T00:00:00Z"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_judge_rejects_a_changed_badge(what: str, client: Client) -> None:
    credential = issued()
    badge = as_read(credential)
    CHANGES[what](badge)
    assert judge.verdict(badge, documents(client), at=AT)["verified"] is False
    assert proofs.is_genuine(badge, credential.key.public) is False


def test_judge_rejects_an_expired_and_a_revoked_badge(client: Client) -> None:
    credential = issued()
    assert judge.verdict(as_read(credential), documents(client), at=UNTIL + timedelta(days=1))["verified"] is False
    operations.revoke(credential_id=credential.pk, because="A mistake.", at=AT, actor=None)
    assert judge.verdict(as_read(credential), documents(client), at=AT)["revoked"] is True


def test_judge_verifies_what_a_retired_key_signed(client: Client) -> None:
    before = issued()
    operations.rotate_key(at=AT + timedelta(days=1), actor=None)
    after = issued("Another Holder")
    assert before.key_id != after.key_id
    found = documents(client)
    for credential in (before, after):
        assert judge.verdict(as_read(credential), found, at=AT + timedelta(days=2))["verified"] is True


def test_judge_rejects_a_badge_signed_by_somebody_else(client: Client) -> None:
    credential = issued()
    found = documents(client)
    SigningKey.objects.filter(pk=credential.key_id).update(public="z6MkwXG2WjeQnNxSoynSGYU8V9j3QzP3JSqhdmkHc6SaVWoT")
    stranger = json.loads(client.get(reverse("credentials:issuer")).content)
    assert judge.verdict(as_read(credential), {**found, stranger["id"]: stranger}, at=AT)["verified"] is False


def test_badge_tells_no_name_and_no_score() -> None:
    text = json.dumps(as_read(issued()), ensure_ascii=False)
    assert "Živa" not in text
    assert "Čebašek" not in text
    assert "result" not in text


def test_database_holds_neither_code_name_nor_private_key_in_the_clear() -> None:
    credential = issued()
    secret = queries.secret_of(credential)
    kept = json.dumps([list(Credential.objects.values_list("document", "sealed", "code_digest"))], ensure_ascii=False)
    assert secret.holder == "Živa Čebašek"
    assert secret.code not in kept
    assert secret.holder not in kept
    private = queries.private_key(credential.key).private_bytes_raw()
    assert private.hex() not in credential.key.sealed


def test_place_in_the_status_list_is_read_back() -> None:
    encoded = status.encoded([0, 7, 131_071])
    assert [place for place in (0, 1, 7, 8, 131_070, 131_071) if status.is_set(encoded, place)] == [0, 7, 131_071]
