"""From the bytes of a message (RFC 5322, MIME) to who wrote what: quotes, signatures and markup are cut off.

A sender is what the message claims. Whether the claim is true the mail server has to check (SPF, DKIM, DMARC).
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage, MIMEPart
from email.utils import getaddresses, parseaddr
from typing import Any

from django.utils.translation import gettext_lazy as _

from kazipot.foundation.errors import DomainError
from kazipot.foundation.mail.addresses import own_address, token_of
from kazipot.foundation.mail.cutting import LONGEST_TEXT, new_text, text_of_html

LONGEST = 20 * 1024 * 1024
"""Bytes of a message; attachments make it long, and none are taken."""
MOST_PARTS = 200
RECIPIENTS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
BULK = {"bulk", "junk", "list", "auto_reply"}
ROBOTS = ("mailer-daemon", "postmaster", "no-reply", "noreply", "do-not-reply")
MACHINE_HEADERS = ("List-Id", "X-Autoreply", "X-Autorespond", "X-Auto-Reply")


class MailRefused(DomainError):
    """The message can't be read, or is too long."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What is new in a message. `token` is the secret of the reply address; `automatic`: no person wrote it."""

    message_id: str
    sender: str
    token: str
    subject: str
    text: str
    attachments: int
    automatic: bool


def read_mail(raw: bytes, *, recipient: str = "") -> Incoming:
    """Read a message. `recipient` is the address that the server delivered to, if it says so. Raises MailRefused."""
    if len(raw) > LONGEST:
        raise MailRefused(_("The message is too long. Send it without attachments."))
    try:
        message = message_from_bytes(raw, policy=policy.default)
        parts = _parts(message)
    except (MessageError, ValueError, LookupError, RecursionError) as error:
        raise MailRefused(_("The message cannot be read.")) from error
    sender = parseaddr(_header(message, "From"))[1].lower()
    return Incoming(
        message_id=_header(message, "Message-ID") or hashlib.sha256(raw).hexdigest(),
        sender=sender,
        token=_token([recipient, *_addresses(message)]),
        subject=" ".join(_header(message, "Subject").split())[:200],
        text=new_text(_text(parts)),
        attachments=sum(_is_attachment(part) for part in parts),
        automatic=_is_automatic(message, sender),
    )


def _parts(message: EmailMessage) -> list[MIMEPart]:
    """The parts in their order; what is inside an attached message is no part of this one."""
    found: list[MIMEPart] = []
    waiting: list[MIMEPart] = [message]
    while waiting and len(found) < MOST_PARTS:
        part = waiting.pop()
        found.append(part)
        inner: Any = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed(inner))
    return found


def _header(message: MIMEPart, name: str) -> str:
    """A header's text; what can't be decoded counts as missing."""
    try:
        return str(message.get(name, "")).replace("\0", "").strip()
    except (MessageError, ValueError, LookupError, IndexError, AttributeError, TypeError):
        return ""


def _addresses(message: MIMEPart) -> list[str]:
    found = [address for _name, address in getaddresses([_header(message, name) for name in RECIPIENTS])]
    return found[:100]


def _token(addresses: Iterable[str]) -> str:
    tokens = [token for address in addresses if (token := token_of(address))]
    return tokens[0] if tokens else ""


def _is_automatic(message: EmailMessage, sender: str) -> bool:
    """Whether a machine wrote it (RFC 3834), or it is our own mail that came back."""
    if _header(message, "Auto-Submitted").lower().partition(";")[0].strip() not in {"", "no"}:
        return True
    if _header(message, "Precedence").lower() in BULK or any(message.get(name) for name in MACHINE_HEADERS):
        return True
    if message.get_content_type() == "multipart/report" or _header(message, "Return-Path") == "<>":
        return True
    name = sender.partition("@")[0]
    return not sender or name.startswith(ROBOTS) or (token_of(sender) is not None and bool(own_address()))


def _is_attachment(part: MIMEPart) -> bool:
    return part.get_content_maintype() not in {"text", "multipart"} or part.get_content_disposition() == "attachment"


def _text(parts: Iterable[MIMEPart]) -> str:
    """The first plain text; without one, the first HTML as text."""
    readable = [part for part in parts if part.get_content_maintype() == "text" and not _is_attachment(part)]
    for kind in ("text/plain", "text/html"):
        for part in readable:
            if part.get_content_type() == kind and (text := _decoded(part).strip()):
                return text_of_html(text) if kind == "text/html" else text
    return ""


def _decoded(part: MIMEPart) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    content = content[: 20 * LONGEST_TEXT]
    try:
        return content.decode(part.get_content_charset() or "utf-8", errors="replace").replace("\0", "")
    except LookupError:
        return content.decode("utf-8", errors="replace").replace("\0", "")
