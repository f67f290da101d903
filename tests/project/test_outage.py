"""What people see while the database is out of reach: a page with a way to go on, in both languages; never a 500."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from benchmarks.answering.form import read
from django.db import InterfaceError, OperationalError, connection
from django.test import Client
from django.test.utils import override_settings

from kazipot.needs.models import Invitation, Response
from kazipot.project.settings.database import SQLITE_OPTIONS
from tests.factories import needs

pytestmark = pytest.mark.django_db
ADDRESS = "/needs/answer/secret/"
SENTENCES = ("nismo mogli shraniti", "We could not save just now")


@pytest.fixture
def invitation(settings: Any) -> Invitation:
    settings.KAZIPOT_TODAY = "2026-03-10"
    return needs.make_invitation(token="secret")


@pytest.fixture
def client() -> Client:
    """A client that looks at the page of a fault as a browser does."""
    return Client(raise_request_exception=False)


@contextmanager
def out_of_reach(error: type[Exception], when: Callable[[str], bool] = lambda sql: True) -> Iterator[None]:
    """The database breaks off at the statements for which `when` holds."""

    def refuse(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if when(sql):
            raise error("the connection is lost")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


def post(client: Client, address: str, sent: dict[str, str]) -> Any:
    """As browsers send forms."""
    return client.post(address, urlencode(sent), content_type="application/x-www-form-urlencoded")


def page_one(invitation: Invitation) -> dict[str, str]:
    first, second = needs.competences_of(invitation.campaign.framework)[:2]
    return {
        f"own_level-{first.pk}": "1",
        f"needed_level-{first.pk}": "3",
        f"own_level-{second.pk}": "0",
        f"needed_level-{second.pk}": "2",
    }


def fill_in(invitation: Invitation) -> None:
    """The draft says everything of four competences."""
    for row in needs.competences_of(invitation.campaign.framework):
        said = {f"own_level-{row.pk}": "1", f"needed_level-{row.pk}": "2", f"wants_training-{row.pk}": True}
        invitation.draft = {**invitation.draft, **said}
    invitation.save()


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("statement", ["SELECT", "UPDATE"])
def test_outage_keeps_the_form_to_send_again(
    client: Client, invitation: Invitation, error: type[Exception], statement: str
) -> None:
    sent = {**page_one(invitation), "step": "next", "note": 'Č <b>"🙂"</b>'}
    with out_of_reach(error, lambda sql: sql.startswith(statement)):
        answer = post(client, f"{ADDRESS}?part=1", sent)
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "10", "no-store")
    assert all(sentence in answer.text for sentence in SENTENCES)
    form = read(answer.text).forms[0]
    assert (form.method, form.action, dict(form.hidden)) == ("post", f"{ADDRESS}?part=1", sent)
    assert post(client, form.action, dict(form.hidden))["Location"] == f"{ADDRESS}?part=2"
    invitation.refresh_from_db()
    assert invitation.draft == page_one(invitation)


def test_outage_while_sending_stores_all_or_nothing(client: Client, invitation: Invitation) -> None:
    fill_in(invitation)
    for table in ("needs_response", "needs_answer", "needs_statedneed", "needs_invitation", "foundation_auditevent"):
        written = (f'INSERT INTO "{table}"', f'UPDATE "{table}"')
        with out_of_reach(OperationalError, lambda sql, written=written: sql.startswith(written)):
            assert client.post(f"{ADDRESS}?part=review").status_code == 503
        assert Response.objects.count() == 0
        assert len(Invitation.objects.get().draft) == 12
    assert client.post(f"{ADDRESS}?part=review")["Location"] == f"{ADDRESS}receipt/"


def test_outage_after_the_answers_were_stored_counts_them_once(client: Client, invitation: Invitation) -> None:
    fill_in(invitation)
    with out_of_reach(OperationalError, lambda sql: "django_session" in sql):
        assert client.post(f"{ADDRESS}?part=review").status_code == 503
    again = client.post(f"{ADDRESS}?part=review")
    assert f"{ADDRESS}receipt/" in read(again.text).links
    assert Response.objects.count() == 1


def test_outage_of_a_session_that_was_there_already_is_no_fault_of_the_sender(
    client: Client, invitation: Invitation
) -> None:
    client.post("/needs/enter/", {"code": "secret"})
    with out_of_reach(OperationalError, lambda sql: "django_session" in sql and sql.startswith(("UPDATE", "INSERT"))):
        assert client.get("/needs/here/").status_code == 503


@pytest.mark.parametrize("address", [f"{ADDRESS}?part=1", "/healthz"])
def test_outage_offers_to_open_the_page_again(client: Client, invitation: Invitation, address: str) -> None:
    with out_of_reach(OperationalError):
        answer = client.get(address)
    assert answer.status_code == 503
    assert read(answer.text).links == [address, address]


def test_outage_repeats_no_password_no_file_and_no_long_text(client: Client) -> None:
    for sent, kind in (
        ({"username": "ana", "password": "a long password"}, "application/x-www-form-urlencoded"),
        ({"note": "a long password" * 20_000}, "application/x-www-form-urlencoded"),
        ({"note": "a long password" * 500_000}, "application/x-www-form-urlencoded"),
        ({"note": "a long password"}, "application/x-www-form-urlencoded; charset=latin1"),
        ({"note": "a long password"}, "multipart/form-data; boundary=BoUnDaRyStRiNg"),
    ):
        body = "&".join(f"{name}={value}" for name, value in sent.items())
        with out_of_reach(OperationalError):
            answer = client.post("/needs/enter/", body, content_type=kind)
        assert (answer.status_code, read(answer.text).forms) == (503, [])
        assert "a long password" not in answer.text


def test_another_fault_is_ours(client: Client, invitation: Invitation) -> None:
    with out_of_reach(RuntimeError):
        answer = client.get(ADDRESS)
    assert answer.status_code == 500
    assert "Nekaj je šlo narobe" in answer.text


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1_000)
def test_too_long_a_text_says_so(client: Client, invitation: Invitation) -> None:
    answer = client.post(f"{ADDRESS}?part=1", {"note": "x" * 2_000}, headers={"cookie": "language=en"})
    assert answer.status_code == 413
    assert "That was too long" in answer.text


def test_embedded_database_forgets_nothing_when_the_power_fails() -> None:
    assert "PRAGMA synchronous=FULL;" in SQLITE_OPTIONS["init_command"]
