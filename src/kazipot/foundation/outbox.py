"""Mail that leaves through the database: queued by operations, delivered by workers exactly once.

A message is leased before it is sent, so that several workers can share one queue and a worker that dies
keeps nobody waiting longer than the lease. Between sending and noting it, a crash can repeat one message:
that is the price of not losing any, and the only window in which it can happen; the repeated message has the same
Message-ID, by which mail servers and programs know it again. What was sent is not kept: a body may hold a one-time
link, and a reply address holds a secret. Every message says that a machine sent it (RFC 3834), so that nobody's
out-of-office answers. A message that can't be sent waits longer each time and keeps no other one back.
"""

import hashlib
import logging
import re
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import MIMEPart
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import connection as database
from django.db import transaction
from django.db.models import Q

from kazipot.foundation.models import OutgoingMessage

LEASE = timedelta(minutes=5)
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4))
AWAY = (timedelta(minutes=1), timedelta(minutes=5))
"""So long a message waits that found no mail server; none of the others is tried meanwhile."""
BATCH = 50
NO_SERVER = "mail server: "
"""What a failure begins with that says nothing of the recipient."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Message:
    """A message to queue; `key` makes it unique. `calendar` is an invitation with its method (REQUEST, CANCEL)."""

    key: str
    recipient: str
    subject: str
    body: str
    reply_to: str = ""
    calendar: str = ""
    calendar_method: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What one round of delivery did."""

    sent: int
    failed: int


def enqueue(
    *,
    key: str,
    recipient: str,
    subject: str,
    body: str,
    at: datetime,
    reply_to: str = "",
    calendar: str = "",
    calendar_method: str = "",
) -> OutgoingMessage | None:
    """Queue a message in the caller's transaction; None when a message with this key is queued already."""
    made = _outgoing(Message(key, recipient, subject, body, reply_to, calendar, calendar_method), at)
    values = {field.attname: getattr(made, field.attname) for field in made._meta.concrete_fields}
    message, created = OutgoingMessage.objects.get_or_create(
        key=key, defaults={name: value for name, value in values.items() if name not in {"id", "key"}}
    )
    return message if created else None


def _outgoing(message: Message, at: datetime, not_before: datetime | None = None) -> OutgoingMessage:
    return OutgoingMessage(
        key=message.key,
        recipient=message.recipient,
        subject=message.subject[:200],
        body=message.body,
        reply_to=message.reply_to,
        calendar=message.calendar,
        calendar_method=message.calendar_method,
        created_at=at,
        not_before=not_before or at,
    )


def enqueue_many(messages: Iterable[Message], *, at: datetime, not_before: datetime | None = None) -> None:
    """Queue many messages in the caller's transaction; those whose key is queued already are left out.

    They leave at once, or not before a later moment.
    """
    OutgoingMessage.objects.bulk_create(
        (_outgoing(message, at, not_before) for message in messages), ignore_conflicts=True, batch_size=500
    )


PERMANENT = re.compile(r"\b5[0-9][0-9]\b")
"""A reply of class 5 (RFC 5321): the server will not take mail for the address."""


def refused() -> dict[str, str]:
    """Addresses that a mail server has refused for good, by mail still queued: {address: reason}. One query."""
    rows = OutgoingMessage.objects.filter(sent_at=None).exclude(failure="").exclude(failure__startswith=NO_SERVER)
    told = rows.values_list("recipient", "failure")
    return {recipient: failure for recipient, failure in told if PERMANENT.search(failure)}


def _email(message: OutgoingMessage) -> EmailMessage:
    """The message as it is sent."""
    email = EmailMessage(
        message.subject,
        message.body,
        to=[message.recipient],
        reply_to=[message.reply_to] if message.reply_to else [],
        headers={"Auto-Submitted": "auto-generated", "Message-ID": _message_id(message)},
    )
    if message.calendar:
        part = MIMEPart()
        part.set_content(
            message.calendar, subtype="calendar", charset="utf-8", params={"method": message.calendar_method}
        )
        email.attach(part)
    return email


def _message_id(message: OutgoingMessage) -> str:
    """The same for each attempt at a message, and no other's."""
    name = hashlib.sha256(f"{message.key} {message.created_at.timestamp()}".encode()).hexdigest()[:32]
    return f"<{name}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>"


def deliver_due(*, at: datetime) -> Delivery:
    """Send what is due at `at`: lease a batch, send each, note the result. Failures are tried again later.

    Each lease is renewed before its message is sent, by the time that the round has taken, so that a slow server
    makes no second worker send the rest of the batch too. When the server is out of reach, the round ends.
    """
    begun, at = time.monotonic(), at.astimezone(UTC)  # sums of local times are wrong when the clock is put back
    sent = failed = 0
    if not (lease := _lease_due(at)):
        return Delivery(sent, failed)
    mailer = mailers.default
    for message in OutgoingMessage.objects.filter(lease=lease, sent_at=None).order_by("not_before", "id"):
        moment = at + timedelta(seconds=time.monotonic() - begun)
        mine = OutgoingMessage.objects.filter(pk=message.pk, lease=lease, sent_at=None)
        if not mine.update(leased_until=moment + LEASE):
            continue  # the round took so long that another worker has it
        try:
            mailer.send_messages([_email(message)])
        except Exception as error:
            mine.update(**_after_failure(message, error, moment))
            failed += 1
            if _is_away(error):
                break
        else:
            mine.update(
                attempts=message.attempts + 1,
                sent_at=at,
                leased_until=None,
                failure="",
                body="",
                reply_to="",
                calendar="",
            )
            sent += 1
    OutgoingMessage.objects.filter(lease=lease, sent_at=None).update(lease="", leased_until=None)
    return Delivery(sent, failed)


def _lease_due(at: datetime) -> str:
    """Lease the batch that is due, for five minutes; empty when nothing is."""
    lease = secrets.token_hex(8)
    due = Q(sent_at=None, not_before__lte=at) & (Q(leased_until=None) | Q(leased_until__lt=at))
    with transaction.atomic():
        queryset = (
            OutgoingMessage.objects.select_for_update(skip_locked=database.features.has_select_for_update_skip_locked)
            .filter(due)
            .order_by("not_before", "id")
        )
        chosen = [message.pk for message in queryset[:BATCH]]
        OutgoingMessage.objects.filter(pk__in=chosen).update(lease=lease, leased_until=at + LEASE)
    return lease if chosen else ""


def _is_away(error: Exception) -> bool:
    """Whether no message can be sent: the server is out of reach, is busy, or takes no mail from us at all."""
    return isinstance(error, OSError) and not isinstance(error, SMTPRecipientsRefused | SMTPDataError)


def _after_failure(message: OutgoingMessage, error: Exception, moment: datetime) -> dict[str, Any]:
    """When a message is tried again, and why it wasn't sent. SMTP errors are OSErrors; others are the message's own."""
    if not isinstance(error, OSError):
        log.error("Message %s could not be made.", message.key, exc_info=error)
    steps = AWAY if _is_away(error) else BACKOFF
    return {
        "attempts": message.attempts + 1,
        "not_before": moment + steps[min(message.attempts, len(steps) - 1)],
        "leased_until": None,
        "lease": "",
        "failure": f"{NO_SERVER if _is_away(error) else ''}{error}"[:500],
    }
