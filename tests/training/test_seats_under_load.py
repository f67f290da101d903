"""The load test of seats: its checker finds what is wrong, its mail server takes what is sent, and a small run of two
nodes, two workers and people with faults overbooks, loses and doubles nothing."""

import smtplib
import subprocess
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from benchmarks.answering.machines import ROOT
from benchmarks.seats.checker import compare, digest_of
from benchmarks.seats.postman import Postman
from django.db import connection

LINK, OTHER = "/training/offer/one/", "/training/offer/two/"
UID = "seat-1-7@127.0.0.1"


def offer(**changes: Any) -> dict[str, Any]:
    plain = {
        "id": 1, "session": 7, "person": 5, "email": "a@load.example", "digest": digest_of(LINK), "state": "accepted",
        "answered": True,
    }  # fmt: skip
    return {**plain, **changes}


def session(**changes: Any) -> dict[str, Any]:
    plain = {"id": 7, "course": 3, "on": "2026-11-20", "seats": 1, "status": "planned", "free": 0, "waiting": 0}
    return {**plain, **changes}


def mail(name: str = "<1>", **changes: Any) -> dict[str, Any]:
    return {"id": name, "to": "a@load.example", "subject": "A seat", "text": LINK, "link": LINK, **changes}


def invitation(method: str = "REQUEST", name: str = "<2>") -> dict[str, Any]:
    return mail(name, subject="Your seat", text="", link="", calendar=[UID, "0", method, "20261120T080000Z"])


def diary(*whats: str, who: str = LINK, wish: str = "accept") -> list[dict[str, Any]]:
    return [{"who": who, "what": "pressing", "wish": wish}, *({"who": who, "what": what} for what in whats)]


def world(**changes: Any) -> dict[str, Any]:
    """One seat, accepted, told and in the trail."""
    return {"offers": [offer()], "sessions": [session()], "events": [1], "unsent": 0, **changes}


MAILS = [mail(), invitation()]


def faults(entries: list[dict[str, Any]], mails: list[dict[str, Any]], stored: dict[str, Any], killed: int = 0) -> Any:
    found = compare(entries, mails, stored, killed=killed).faults
    return {kind for kind, texts in found.items() if texts}


def test_checker_is_content_with_what_was_told_and_stored() -> None:
    assert faults(diary("accepted"), MAILS, world()) == set()
    declined = world(offers=[offer(state="declined")])
    assert faults(diary("declined", wish="decline"), [mail()], declined) == set()
    full = world(offers=[offer(state="offered", answered=False)], events=[])
    assert faults(diary("full"), [mail()], full) == set()


@pytest.mark.parametrize(
    "stored",
    [
        world(offers=[offer(state="offered", answered=False)], events=[]),
        world(offers=[offer(state="declined")]),
        world(offers=[offer(state="withdrawn")]),
        world(offers=[offer(state="expired")]),
        world(events=[]),
    ],
    ids=["not stored", "another answer", "withdrawn though the session is on", "expired", "not in the trail"],
)
def test_checker_finds_a_lost_acceptance(stored: dict[str, Any]) -> None:
    assert "lost" in faults(diary("accepted"), MAILS, stored)


def test_checker_finds_an_acceptance_of_an_offer_that_is_gone() -> None:
    assert "lost" in faults(diary("accepted"), MAILS, world(offers=[], events=[]))


def test_checker_finds_a_seat_that_nobody_accepted() -> None:
    assert faults([], MAILS, world()) == {"lost"}
    assert "lost" in faults(diary("accepted", wish="decline"), MAILS, world())


def test_checker_finds_who_could_not_go_on() -> None:
    entries = [*diary("accepted"), {"who": LINK, "what": "lost", "why": "status 500"}]
    assert faults(entries, MAILS, world()) == {"lost"}


def test_checker_takes_a_press_without_an_answer_as_stored_or_not() -> None:
    assert faults(diary(), MAILS, world()) == set()
    assert faults(diary(), [mail()], world(offers=[offer(state="offered", answered=False)], events=[])) == set()


def test_checker_finds_an_overbooked_session() -> None:
    second = offer(id=2, person=6, digest=digest_of(OTHER), email="b@load.example")
    told = [*MAILS, mail("<3>", to="b@load.example", link=OTHER)]
    both = [*diary("accepted"), *diary("accepted", who=OTHER)]
    assert "overbooked" in faults(both, told, world(offers=[offer(), second], events=[1, 2]))


def test_checker_takes_a_seat_of_a_session_that_was_cancelled_as_kept() -> None:
    stored = world(offers=[offer(state="withdrawn")], sessions=[session(status="cancelled")])
    assert faults(diary("accepted"), [*MAILS, invitation("CANCEL", "<3>")], stored) == set()
    assert faults(diary("accepted"), MAILS, stored) == {"untold"}


def test_checker_finds_a_mail_that_is_doubled() -> None:
    assert faults(diary("accepted"), [*MAILS, mail("<3>")], world(), killed=5) == {"doubled"}
    assert faults(diary("accepted"), [*MAILS, invitation(name="<3>")], world(), killed=5) == {"doubled"}
    assert faults(diary("accepted"), [*MAILS, mail("<3>", text="another")], world()) == set()


def test_checker_allows_one_repeat_for_each_worker_that_was_killed() -> None:
    assert faults(diary("accepted"), [*MAILS, mail()], world(), killed=1) == set()
    assert faults(diary("accepted"), [*MAILS, mail()], world(), killed=0) == {"doubled"}
    assert faults(diary("accepted"), [*MAILS, mail(), mail()], world(), killed=1) == {"doubled"}


def test_checker_finds_a_mail_that_did_not_come() -> None:
    assert faults(diary("accepted"), [mail()], world()) == {"untold"}
    assert faults(diary("accepted"), [invitation()], world()) == {"untold"}
    assert faults(diary("accepted"), MAILS, world(unsent=1)) == {"untold"}


def test_checker_finds_an_answer_that_is_twice_in_the_trail() -> None:
    assert faults(diary("accepted"), MAILS, world(events=[1, 1])) == {"doubled"}


@pytest.mark.parametrize("other", [session(id=8, on="2026-12-01"), session(id=8, course=4)])
def test_checker_finds_a_person_with_two_seats(other: dict[str, Any]) -> None:
    second = offer(id=2, session=8, digest=digest_of(OTHER), state="offered", answered=False)
    told = [*MAILS, mail("<3>", link=OTHER, text=OTHER)]
    assert faults(diary("accepted"), told, world(offers=[offer(), second], sessions=[session(), other])) == {"twice"}


def test_checker_finds_a_seat_that_is_free_though_somebody_waits() -> None:
    assert faults(diary("accepted"), MAILS, world(sessions=[session(seats=2, free=1, waiting=3)])) == {"empty"}
    assert faults(diary("accepted"), MAILS, world(sessions=[session(seats=2, free=1)])) == set()


@pytest.fixture
def postman() -> Iterator[Postman]:
    links: list[str] = []
    found = Postman(links.append)
    found.start()
    yield found
    assert len(links) == len(set(links))
    found.stop()


def send(postman: Postman, text: str) -> None:
    message = EmailMessage()
    message["Subject"], message["Message-ID"], message["To"] = "Sedež", "<x@load.example>", "a@load.example"
    message.set_content(text)
    with smtplib.SMTP("127.0.0.1", postman.server.server_address[1]) as client:
        client.send_message(message, "kazipot@load.example", "a@load.example")


def test_mail_server_of_the_test_takes_messages_and_finds_links(postman: Postman) -> None:
    text = "Čas je.\n.pika\nhttp://127.0.0.1:8000/training/offer/abc-1_2/\n"
    send(postman, text)
    send(postman, text)
    assert [told["link"] for told in postman.taken] == ["/training/offer/abc-1_2/"] * 2
    assert {(told["id"], told["to"], told["subject"], told["text"]) for told in postman.taken} == {
        ("<x@load.example>", "a@load.example", "Sedež", text)
    }


def test_mail_server_of_the_test_goes_away(postman: Postman) -> None:
    postman.away = True
    with pytest.raises(smtplib.SMTPConnectError):
        send(postman, "x")
    assert (postman.taken, postman.refused) == ([], 1)


@pytest.mark.slow
def test_last_seats_mail_and_sessions_survive_what_breaks() -> None:
    command = [sys.executable, "benchmarks/seats_under_load.py", "--quick", "--database", connection.vendor]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no overbooking, no lost answer, no double mail" in done.stdout
    assert "48 pressed" in done.stdout
