"""Mail when things break: the server is away, slow or refuses; a worker dies; a message can't be made; winter comes."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from smtplib import SMTPAuthenticationError, SMTPRecipientsRefused, SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from kazipot.foundation import outbox
from kazipot.foundation.models import OutgoingMessage

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 1, 7, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HOME = ZoneInfo("Europe/Ljubljana")


class Server:
    """A mail server that does with each message what a test wants; what it took is in `taken`."""

    def __init__(self) -> None:
        self.taken: list[EmailMessage] = []
        self.tried = 0
        self.before: Callable[[EmailMessage], None] = lambda message: None
        self.after: Callable[[EmailMessage], None] = lambda message: None

    def send_messages(self, messages: list[EmailMessage]) -> int:
        for message in messages:
            self.tried += 1
            self.before(message)
            self.taken.append(message)
            self.after(message)
        return len(messages)

    def addresses(self) -> list[str]:
        return [message.to[0] for message in self.taken]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    found = Server()
    monkeypatch.setattr(outbox, "mailers", type("Mailers", (), {"default": found}))
    return found


def queue(number: int, at: datetime = AT) -> list[str]:
    people = [f"p{one:03}@example.org" for one in range(number)]
    outbox.enqueue_many((outbox.Message(person, person, "S", "B") for person in people), at=at)
    return people


def refuse(error: Exception, *recipients: str) -> Callable[[EmailMessage], None]:
    def check(message: EmailMessage) -> None:
        if not recipients or message.to[0] in recipients:
            raise error

    return check


def test_mail_server_down_for_an_hour_loses_and_doubles_nothing(server: Server) -> None:
    people = queue(120)
    server.before = refuse(ConnectionRefusedError(111, "Connection refused"))
    rounds = [outbox.deliver_due(at=AT + minute * MINUTE) for minute in range(60)]
    assert {(each.sent, each.failed) for each in rounds} == {(0, 1)}
    assert server.tried == 60
    server.before = lambda message: None
    for minute in range(60, 66):
        outbox.deliver_due(at=AT + minute * MINUTE)
    assert sorted(server.addresses()) == people
    assert not OutgoingMessage.objects.filter(sent_at=None).exists()


def test_mail_server_that_is_back_gets_what_waited_within_five_minutes(server: Server) -> None:
    (person,) = queue(1)
    server.before = refuse(ConnectionRefusedError(111, "Connection refused"))
    for minute in range(180):
        outbox.deliver_due(at=AT + minute * MINUTE)
    server.before = lambda message: None
    for minute in range(180, 186):
        outbox.deliver_due(at=AT + minute * MINUTE)
    assert server.addresses() == [person]


def test_refused_recipient_keeps_nobody_else_waiting(server: Server) -> None:
    one, two, three = queue(3)
    server.before = refuse(SMTPRecipientsRefused({two: (550, b"no such user")}), two)
    assert outbox.deliver_due(at=AT) == outbox.Delivery(2, 1)
    assert server.addresses() == [one, three]
    assert set(outbox.refused()) == {two}


def test_refused_sign_in_makes_nobodys_address_wrong(server: Server) -> None:
    queue(2)
    server.before = refuse(SMTPAuthenticationError(535, b"5.7.8 Username and password not accepted"))
    assert outbox.deliver_due(at=AT) == outbox.Delivery(0, 1)
    assert outbox.refused() == {}


def test_message_that_cannot_be_made_keeps_nobody_else_waiting(caplog: pytest.LogCaptureFixture) -> None:
    outbox.enqueue(key="a", recipient="ana@example.org", subject="two\nlines", body="B", at=AT)
    queue(1)
    assert outbox.deliver_due(at=AT) == outbox.Delivery(1, 1)
    assert [message.to for message in mail.outbox] == [["p000@example.org"]]
    assert "Message a could not be made" in caplog.text
    assert AT + MINUTE <= OutgoingMessage.objects.get(key="a").not_before < AT + 2 * MINUTE


def test_message_on_which_the_server_hangs_up_keeps_the_others_waiting_for_one_round(server: Server) -> None:
    one, two, three = queue(3)
    server.before = refuse(SMTPServerDisconnected("Connection unexpectedly closed"), two)
    assert outbox.deliver_due(at=AT) == outbox.Delivery(1, 1)
    assert outbox.deliver_due(at=AT) == outbox.Delivery(1, 0)
    assert server.addresses() == [one, three]


def test_slow_server_makes_no_second_worker_send_the_rest_of_the_batch(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = queue(9)
    passed = [0.0]
    monkeypatch.setattr(outbox.time, "monotonic", lambda: passed[0])

    def take_two_minutes(message: EmailMessage) -> None:
        passed[0] += 120.0
        if message.to[0] == people[4]:  # ten minutes on, another worker looks
            server.after = lambda message: None
            assert outbox.deliver_due(at=AT + 10 * MINUTE) == outbox.Delivery(4, 0)
            server.after = take_two_minutes

    server.after = take_two_minutes
    outbox.deliver_due(at=AT)
    assert sorted(server.addresses()) == people


def test_worker_that_dies_repeats_one_message_at_most_and_it_can_be_known_again(server: Server) -> None:
    people = queue(5)

    def die(message: EmailMessage) -> None:
        if message.to[0] == people[2]:
            server.after = lambda message: None
            raise KeyboardInterrupt

    server.after = die
    with pytest.raises(KeyboardInterrupt):
        outbox.deliver_due(at=AT)
    assert outbox.deliver_due(at=AT + MINUTE).sent == 0
    assert outbox.deliver_due(at=AT + 6 * MINUTE).sent == 3
    names = [message.message()["Message-ID"] for message in server.taken]
    assert (len(names), len(set(names)), set(server.addresses())) == (6, 5, set(people))


@pytest.mark.parametrize("fold", [0, 1])
@pytest.mark.parametrize("minute", [30, 58])
def test_clock_is_put_back_while_mail_leaves(server: Server, fold: int, minute: int) -> None:
    at = datetime(2026, 10, 25, 2, minute, fold=fold, tzinfo=HOME)
    people = queue(3, at)

    def look_elsewhere(message: EmailMessage) -> None:
        server.after = lambda message: None
        assert outbox.deliver_due(at=at) == outbox.Delivery(0, 0)

    server.after = look_elsewhere
    assert outbox.deliver_due(at=at).sent == 3
    assert server.addresses() == people


@pytest.mark.parametrize("fold", [0, 1])
def test_clock_is_put_back_while_the_mail_server_is_away(server: Server, fold: int) -> None:
    at = datetime(2026, 10, 25, 2, 59, 30, fold=fold, tzinfo=HOME)
    queue(1, at)
    server.before = refuse(ConnectionRefusedError(111, "Connection refused"))
    outbox.deliver_due(at=at)
    waits = OutgoingMessage.objects.get().not_before - at.astimezone(UTC)
    assert MINUTE <= waits < 2 * MINUTE
