"""Questions and answers: read by their parties only, by page and by mail, and never taken twice."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from kazipot.advisors import errors, operations, queries
from kazipot.advisors.choices import MailOutcome
from kazipot.advisors.imports import receive_mail, receive_maildir
from kazipot.advisors.models import ReplyKey, Thread, ThreadMessage
from kazipot.advisors.operations.threads import MOST_A_DAY
from kazipot.foundation.models import AuditEvent, IncomingMessage, OutgoingMessage
from kazipot.foundation.roles import Role
from tests.factories import organisation
from tests.factories.advisors import holder, make_appointment
from tests.foundation.mail.samples import message

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 8, tzinfo=UTC)


@pytest.fixture
def parties() -> Any:
    """An advisor and an employee of the same unit, both with addresses."""
    appointment = make_appointment()
    advisor = appointment.person
    advisor.email = "svetovalka@example.org"
    advisor.save()
    employee = organisation.make_person(email="ana.kos@example.org", first_name="Ana", last_name="Kos")
    organisation.make_employment(person=employee, unit=appointment.unit)
    return appointment.unit, employee, advisor


def ask(parties: Any, **kwargs: Any) -> Thread:
    unit, employee, advisor = parties
    told = {"unit_id": unit.pk, "holder_id": advisor.pk, "subject": "Podpis", "text": "Kako podpišem?", **kwargs}
    return operations.ask(asker_id=employee.pk, at=AT, actor=None, **told)


def reply_address(recipient: str) -> str:
    return OutgoingMessage.objects.filter(recipient=recipient).latest("pk").reply_to


def texts(thread: Thread) -> list[tuple[str, bool]]:
    return [(row.text, row.by_mail) for row in queries.messages_of(thread.pk)]


def test_question_is_answered_by_mail_in_both_directions(parties: Any) -> None:
    thread = ask(parties)
    (mail,) = OutgoingMessage.objects.all()
    assert (mail.recipient, "Kako podpišem?" in mail.body) == ("svetovalka@example.org", True)
    assert re.fullmatch(r"svetovalci\+[a-z2-7]{32}@kazipot\.example", mail.reply_to)
    answer = message("V meniju.\n\nDne 4. 5. 2026 je Kažipot napisal:\n> Kako?", From="svetovalka@example.org",
                     To=mail.reply_to, Message_ID="<2@x>")  # fmt: skip
    assert receive_mail(answer, at=AT) == MailOutcome.ANSWERED
    back = message("Hvala!", To=reply_address("ana.kos@example.org"), Message_ID="<3@x>")
    assert receive_mail(back, at=AT) == MailOutcome.ANSWERED
    assert texts(thread) == [("Kako podpišem?", False), ("V meniju.", True), ("Hvala!", True)]
    thread.refresh_from_db()
    assert thread.waits is True


def test_same_message_twice_is_taken_once(parties: Any) -> None:
    thread = ask(parties)
    answer = message("V meniju.", From="svetovalka@example.org", To=reply_address("svetovalka@example.org"))
    assert [receive_mail(answer, at=AT) for _ in range(2)] == [MailOutcome.ANSWERED, None]
    assert len(texts(thread)) == 2


def test_reply_from_another_address_is_not_taken_and_its_owner_told_once(parties: Any) -> None:
    thread = ask(parties)
    address = reply_address("svetovalka@example.org")
    for number in (1, 2):
        forged = message("Nakažite denar.", From="zlobnež@example.com", To=address, Message_ID=f"<{number}@x>")
        assert receive_mail(forged, at=AT) == MailOutcome.OTHER_SENDER
    assert len(texts(thread)) == 1
    told = OutgoingMessage.objects.filter(key__startswith="advisors.other_sender")
    assert [(row.recipient, "Nakažite" in row.body) for row in told] == [("svetovalka@example.org", False)]


def test_guessed_secret_reaches_nothing(parties: Any) -> None:
    thread = ask(parties)
    guess = message("?", From="svetovalka@example.org", To=f"svetovalci+{'a' * 32}@kazipot.example")
    assert receive_mail(guess, at=AT) == MailOutcome.NO_THREAD
    assert len(texts(thread)) == 1


def test_database_keeps_no_secret_of_a_reply_address(parties: Any) -> None:
    ask(parties)
    token = reply_address("svetovalka@example.org").partition("+")[2].partition("@")[0]
    assert ReplyKey.objects.filter(token_digest__contains=token[:10]).count() == 0
    assert queries.reply_key(token) is not None


@pytest.mark.parametrize(
    ("headers", "text", "outcome"),
    [
        ({"Auto_Submitted": "auto-replied"}, "Nisem v pisarni.", MailOutcome.AUTOMATIC),
        ({}, "> samo citat", MailOutcome.EMPTY),
        ({"From": "neznanec@example.com"}, "Pozdravljeni", MailOutcome.STRANGER),
    ],
)
def test_machines_strangers_and_empty_messages_get_no_thread(
    parties: Any, headers: dict[str, str], text: str, outcome: str
) -> None:
    assert receive_mail(message(text, **headers), at=AT) == outcome
    assert (Thread.objects.count(), OutgoingMessage.objects.count()) == (0, 0)
    assert IncomingMessage.objects.get().outcome == outcome


def test_new_mail_of_an_employee_asks_their_advisor(parties: Any) -> None:
    unit, employee, advisor = parties
    assert receive_mail(message("Kako podpišem dokument?", Subject="Podpis"), at=AT) == MailOutcome.ASKED
    thread = Thread.objects.get()
    assert (thread.asker, thread.holder, thread.unit, thread.subject) == (employee, advisor, unit, "Podpis")
    assert OutgoingMessage.objects.get().recipient == "svetovalka@example.org"


def test_mail_from_a_unit_without_an_advisor_goes_to_the_service_and_later_to_the_advisor() -> None:
    unit = organisation.make_unit()
    person = organisation.make_person(email="ana.kos@example.org")
    organisation.make_employment(person=person, unit=unit)
    service = holder(Role.SERVICE, unit, "sluzba@example.org")
    receive_mail(message("Kako podpišem dokument?"), at=AT)
    thread = Thread.objects.get()
    assert (thread.holder, OutgoingMessage.objects.get().recipient) == (None, service.email)
    answer = message("Takole.", From=service.email, To=reply_address(service.email), Message_ID="<2@x>")
    assert receive_mail(answer, at=AT) == MailOutcome.ANSWERED
    assert [row.author for row in queries.messages_of(thread.pk)] == [person, None]
    new = make_appointment(unit)
    operations.watch(at=AT)
    thread.refresh_from_db()
    assert thread.holder == new.person


def test_person_asks_so_many_questions_a_day_and_no_more(parties: Any) -> None:
    for _ in range(MOST_A_DAY):
        ask(parties)
    with pytest.raises(errors.TooManyQuestions):
        ask(parties)
    assert receive_mail(message("Še ena?"), at=AT) == MailOutcome.TOO_MANY
    assert receive_mail(message("Še ena?", Message_ID="<2@x>"), at=AT + timedelta(days=1)) == MailOutcome.ASKED


def test_thread_is_read_by_its_parties_only(parties: Any, client: Client) -> None:
    unit, employee, advisor = parties
    thread = ask(parties)
    address = f"/advisors/questions/{thread.pk}/"
    answers = {}
    for name, person in (("asker", employee), ("advisor", advisor)):
        client.force_login(organisation.make_user(person=person))
        answers[name] = client.get(address).status_code
    for name, role in (("service", Role.SERVICE), ("other", Role.EMPLOYEE)):
        organisation.sign_in(client, role, unit.employer, unit)
        answers[name] = client.get(address).status_code
    assert answers == {"asker": 200, "advisor": 200, "service": 404, "other": 404}
    assert "Kako podpišem" not in str(list(AuditEvent.objects.values_list("detail", flat=True)))


def test_who_passes_a_question_on_reads_and_answers_it_no_more(parties: Any) -> None:
    unit, _employee, advisor = parties
    service = holder(Role.SERVICE, unit, "sluzba@example.org")
    thread = ask(parties)
    address = reply_address(advisor.email)
    operations.pass_on(thread_id=thread.pk, holder_id=None, at=AT, actor=None)
    assert OutgoingMessage.objects.latest("pk").recipient == service.email
    late = message("Še jaz.", From=advisor.email, To=address, Message_ID="<9@x>")
    assert receive_mail(late, at=AT) == MailOutcome.NO_THREAD
    operations.watch(at=AT)
    thread.refresh_from_db()
    assert thread.holder is None


def test_closed_question_opens_again_by_mail_and_not_on_the_page(parties: Any) -> None:
    thread = ask(parties)
    address = reply_address("svetovalka@example.org")
    operations.close_thread(thread_id=thread.pk, at=AT, actor=None)
    with pytest.raises(errors.ThreadIsClosed):
        operations.answer(thread_id=thread.pk, author_id=thread.asker_id, text="Še?", at=AT, actor=None)
    receive_mail(message("Še to.", From="svetovalka@example.org", To=address), at=AT)
    thread.refresh_from_db()
    assert (thread.closed_at, thread.waits) == (None, False)


def test_reply_to_an_announcement_becomes_a_question_to_the_service(parties: Any) -> None:
    _unit, _employee, advisor = parties
    operations.announce(subject="Srečanje", text="Vabljeni.", at=AT, actor=None)
    reply = message("Pridem.", From=advisor.email, To=reply_address(advisor.email), Subject="Re: Srečanje")
    assert receive_mail(reply, at=AT) == MailOutcome.ASKED
    thread = Thread.objects.get()
    assert (thread.asker, thread.holder, thread.unit) == (advisor, None, None)


def test_attachments_are_told_and_not_taken(parties: Any) -> None:
    thread = ask(parties)
    raw = (
        f"From: svetovalka@example.org\nTo: {reply_address('svetovalka@example.org')}\nMIME-Version: 1.0\n"
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nGlejte.\n"
        "--b\nContent-Type: image/png\nContent-Disposition: attachment\n\nPNG\n--b--\n"
    )
    receive_mail(raw.encode(), at=AT)
    assert ThreadMessage.objects.filter(thread=thread).latest("pk").dropped == 1


def test_maildir_is_taken_like_single_messages(parties: Any, tmp_path: Any) -> None:
    thread = ask(parties)
    (tmp_path / "new").mkdir()
    answer = message("V meniju.", From="svetovalka@example.org", To=reply_address("svetovalka@example.org"))
    for name in ("a", "b"):
        (tmp_path / "new" / name).write_bytes(answer)
    assert receive_maildir(tmp_path, at=AT) == 2
    assert len(texts(thread)) == 2


def test_without_a_mail_address_of_its_own_the_programme_asks_for_no_reply(parties: Any, settings: Any) -> None:
    settings.KAZIPOT_MAIL_REPLY = ""
    ask(parties)
    (mail,) = OutgoingMessage.objects.all()
    assert (mail.reply_to, "Preprosto odgovorite" in mail.body, ReplyKey.objects.count()) == ("", False, 0)


def test_page_of_questions_asks_and_answers(parties: Any, client: Client) -> None:
    unit, employee, advisor = parties
    client.force_login(organisation.make_user(person=employee))
    appointment = queries.advisors_of(unit.pk, on=AT.date())[0]
    told = {"whom": f"{unit.pk}-{appointment.appointment_id}", "subject": "Podpis", "text": "Kako?"}
    assert client.post("/advisors/questions/ask/", told).status_code == 302
    thread = Thread.objects.get()
    client.force_login(organisation.make_user(person=advisor))
    assert client.post(f"/advisors/questions/{thread.pk}/", {"text": " "}).status_code == 422
    assert client.post(f"/advisors/questions/{thread.pk}/", {"text": "Takole."}).status_code == 302
    assert [row.author for row in queries.messages_of(thread.pk)] == [employee, advisor]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_questions_costs_the_same_for_one_and_three(
    parties: Any, client: Client, rows: int, django_assert_num_queries: Any
) -> None:
    client.force_login(organisation.make_user(person=parties[1]))
    for _ in range(rows):
        ask(parties)
    with django_assert_num_queries(7):
        client.get("/advisors/questions/")
