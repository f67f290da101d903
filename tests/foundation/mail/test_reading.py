"""What is new in a message, who sent it, and whether a person did."""

import time
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.foundation.mail import LONGEST, MailRefused, read_mail, reply_address
from kazipot.foundation.mail.cutting import LONGEST_TEXT, new_text, text_of_html
from kazipot.foundation.tokens import mail_token
from tests.foundation.mail.samples import REPLIES, message


@pytest.mark.parametrize("text", REPLIES.values(), ids=REPLIES.keys())
def test_reply_keeps_what_is_new(text: str) -> None:
    assert read_mail(message(text)).text == "Podpis je v meniju."


@pytest.mark.parametrize(
    "text",
    [
        "Hvala, to poznam.\nŽal pa še vedno ne dela.",
        "Zanima me:\n- kje je podpis\n- kdo ga izda",
        "Opozorilo: gumb v mail programu manjka.",
        "Včeraj mi je sodelavec napisal:\nda to ne gre.",
        "Lep pozdrav iz Kosez, kjer tega ne znamo.",
    ],
)
def test_reply_loses_nothing_that_only_looks_like_an_end(text: str) -> None:
    assert new_text(text) == text


def test_answers_between_quotes_are_kept() -> None:
    text = "Dne 3. 3. 2026 je Kažipot napisal:\n> kje?\nV meniju.\n> kdo?\nVsak sam.\n"
    assert new_text(text) == "V meniju.\nVsak sam."


def test_html_becomes_text_without_scripts_and_quotes() -> None:
    html = (
        "<html><head><style>p{color:red}</style></head><body><p>Podpis je <b>v&nbsp;meniju</b>.</p><script>alert(1)"
        "</script><div>Druga &lt;vrstica&gt;</div><div class='gmail_quote'>Dne … je napisal<blockquote>staro"
        "</blockquote></div></body></html>"
    )
    assert read_mail(message("", html=html)).text == "Podpis je v meniju.\n\nDruga <vrstica>"


def test_plain_text_goes_before_html() -> None:
    assert read_mail(message("Golo besedilo.", html="<p>Okrašeno</p>")).text == "Golo besedilo."


def test_secret_is_found_in_whatever_address_the_server_wrote(settings: Any) -> None:
    token = mail_token()
    address = reply_address(token)
    assert address == f"svetovalci+{token}@kazipot.example"
    assert len(address.partition("@")[0]) <= 64
    assert read_mail(message(To=f"Kažipot <{address.upper()}>")).token == token
    assert read_mail(message(Delivered_To=address)).token == token
    assert read_mail(message(), recipient=address).token == token
    assert read_mail(message(To=address.replace("kazipot.example", "elsewhere.example"))).token == ""
    settings.KAZIPOT_MAIL_REPLY = ""
    assert (reply_address(token), read_mail(message(To=address)).token) == ("", "")


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"List_Id": "<novice.example.org>"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"From": "MAILER-DAEMON@example.org"},
        {"From": "svetovalci+abc@kazipot.example"},
        {"From": ""},
    ],
    ids=str,
)
def test_message_of_a_machine_is_known(headers: dict[str, str]) -> None:
    assert read_mail(message(**headers)).automatic is True
    assert read_mail(message(Auto_Submitted="no")).automatic is False


def test_attachments_are_counted_and_not_taken() -> None:
    made = EmailMessage()
    made["From"], made["To"] = "ana@example.org", "svetovalci@kazipot.example"
    made.set_content("Glejte prilogo.")
    made.add_attachment(b"PDF", maintype="application", subtype="pdf", filename="a.pdf")
    inner = EmailMessage()
    inner.set_content("Posredovano")
    made.add_attachment(inner)
    found = read_mail(made.as_bytes())
    assert (found.text, found.attachments) == ("Glejte prilogo.", 2)


def test_message_without_an_id_is_known_by_its_content() -> None:
    first, second = (read_mail(b"From: a@example.org\n\n" + text) for text in (b"ena", b"dve"))
    assert first.message_id == read_mail(b"From: a@example.org\n\nena").message_id != second.message_id


def test_too_long_a_message_is_refused_and_a_long_text_cut() -> None:
    with pytest.raises(MailRefused):
        read_mail(b"x" * (LONGEST + 1))
    assert len(read_mail(message("beseda " * 20_000)).text) <= LONGEST_TEXT


@pytest.mark.parametrize(
    "text",
    [
        "On " + "a " * 9_000, "Dne " * 5_000, "> " * 9_000, "From: x\n" * 2_500, "Disclaimer: mail " * 1_100,
        "-" * 19_000, "_" * 19_000, "\n" * 19_000 + "x", "Od: " + " " * 19_000, ("On x\n" * 4_000),
    ],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_nothing_makes_the_cutting_slow(text: str) -> None:
    begun = time.process_time()
    new_text(text)
    assert time.process_time() - begun < 5


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        found = read_mail(b"From: a@example.org\nContent-Type: text/html\n\n" + raw)
    except MailRefused:
        return
    assert "\0" not in found.text + found.subject + found.sender


@given(st.text(max_size=200))
def test_any_header_is_read(text: str) -> None:
    head = "".join(sign for sign in text if sign not in "\r\n")
    raw = f"From: {head}\nTo: {head}\nSubject: {head}\nContent-Type: {head}\n\nx".encode("utf-8", "surrogatepass")
    assert isinstance(read_mail(raw).sender, str)


@given(st.text(alphabet="<>/ab=\"' divpbr&;#x1", max_size=200))
def test_any_html_becomes_text(html: str) -> None:
    assert isinstance(text_of_html(html), str)
