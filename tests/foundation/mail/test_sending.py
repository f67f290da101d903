"""Mail as it leaves: marked as a machine's, with a reply address and an invitation; and mail taken from a maildir."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import vobject
from django.core import mail

from kazipot.foundation import calendar, outbox
from kazipot.foundation.mail import claim, settle, take_all
from kazipot.foundation.models import IncomingMessage, OutgoingMessage

AT = datetime(2026, 6, 1, 7, tzinfo=UTC)


def gathering(**changes: object) -> calendar.Gathering:
    values = {
        "uid": "m-1@kazipot.example", "sequence": 0, "title": "Srečanje; čas, kraj", "starts_at": AT,
        "ends_at": AT.replace(hour=8), "place": "Mestni trg 1, dvorana", "description": "1. Uvod\n2. Razno",
        "organiser": ("Služba", "sluzba@example.org"), "guests": (("Ana Kos", "ana@example.org"),), **changes,
    }  # fmt: skip
    return calendar.Gathering(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("method", "cancelled", "status"),
    [(calendar.REQUEST, False, "CONFIRMED"), (calendar.CANCEL, True, "CANCELLED")],
)
def test_invitation_is_read_by_another_program(method: str, cancelled: bool, status: str) -> None:
    text = calendar.invitation(gathering(sequence=3, cancelled=cancelled), method=method, at=AT)
    read = vobject.readOne(text)
    event = read.vevent
    assert (read.method.value, event.uid.value, event.sequence.value) == (method, "m-1@kazipot.example", "3")
    assert (event.status.value, event.summary.value) == (status, "Srečanje; čas, kraj")
    assert (event.dtstart.value, event.dtend.value) == (AT, AT.replace(hour=8))
    assert (event.location.value, event.description.value) == ("Mestni trg 1, dvorana", "1. Uvod\n2. Razno")
    assert (event.organizer.value, event.attendee.value) == ("mailto:sluzba@example.org", "mailto:ana@example.org")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


@pytest.mark.django_db
def test_message_leaves_with_reply_address_and_invitation_and_keeps_neither() -> None:
    text = calendar.invitation(gathering(), method=calendar.REQUEST, at=AT)
    outbox.enqueue(
        key="k", recipient="ana@example.org", subject="S", body="B", at=AT, reply_to="a+b@kazipot.example",
        calendar=text, calendar_method=calendar.REQUEST,
    )  # fmt: skip
    assert outbox.deliver_due(at=AT).sent == 1
    (sent,) = mail.outbox
    message = sent.message()
    assert (message["Reply-To"], message["Auto-Submitted"]) == ("a+b@kazipot.example", "auto-generated")
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert vobject.readOne(part.get_content()).vevent.summary.value == "Srečanje; čas, kraj"
    kept = OutgoingMessage.objects.get()
    assert (kept.body, kept.reply_to, kept.calendar) == ("", "", "")


@pytest.mark.django_db
def test_message_is_claimed_once() -> None:
    first = claim("<1@example.org>", at=AT)
    assert first is not None
    settle(first, "answered")
    assert claim("<1@example.org>", at=AT) is None
    kept = IncomingMessage.objects.get()
    assert (kept.outcome, "example" in kept.id_digest) == ("answered", False)


def test_maildir_is_emptied_and_what_fails_stays(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    for name in ("1", "2"):
        (tmp_path / "new" / name).write_bytes(name.encode())
    taken: list[bytes] = []

    def take(raw: bytes) -> None:
        if raw == b"1":
            raise OSError("the database is away")
        taken.append(raw)

    assert take_all(tmp_path, take) == 1
    assert taken == [b"2"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["1"]
    assert [path.name for path in (tmp_path / "cur").iterdir()] == ["2:2,S"]
    assert take_all(tmp_path / "nowhere", take) == 0
