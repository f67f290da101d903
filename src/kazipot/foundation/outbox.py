"""Mail that leaves through the database: queued by operations, delivered by workers exactly once.

A message is leased before it is sent, so that several workers can share one queue and a worker that dies
keeps nobody waiting longer than the lease. Between sending and noting it, a crash can repeat one message:
that is the price of not losing any, and the only window in which it can happen. What was sent is not kept:
a body may hold a one-time link, and a reply address holds a secret. Every message says that a machine sent it
(RFC 3834), so that nobody's out-of-office answers.
"""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import MIMEPart

from django.core.mail import EmailMessage, mailers
from django.db import connection as database
from django.db import transaction
from django.db.models import Q

from kazipot.foundation.models import OutgoingMessage

LEASE = timedelta(minutes=5)
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=4))
BATCH = 50


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
    rows = OutgoingMessage.objects.filter(sent_at=None).exclude(failure="").values_list("recipient", "failure")
    return {recipient: failure for recipient, failure in rows if PERMANENT.search(failure)}


def _email(message: OutgoingMessage) -> EmailMessage:
    """The message as it is sent."""
    email = EmailMessage(
        message.subject,
        message.body,
        to=[message.recipient],
        reply_to=[message.reply_to] if message.reply_to else [],
        headers={"Auto-Submitted": "auto-generated"},
    )
    if message.calendar:
        part = MIMEPart()
        part.set_content(
            message.calendar, subtype="calendar", charset="utf-8", params={"method": message.calendar_method}
        )
        email.attach(part)
    return email


def deliver_due(*, at: datetime) -> Delivery:
    """Send what is due at `at`: lease a batch, send each, note the result. Failures are tried again later."""
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
    sent = failed = 0
    if not chosen:
        return Delivery(sent, failed)
    mailer = mailers.default
    for message in OutgoingMessage.objects.filter(lease=lease, sent_at=None).order_by("not_before", "id"):
        try:
            mailer.send_messages([_email(message)])
        except OSError as error:  # SMTP errors are OSErrors
            wait = BACKOFF[min(message.attempts, len(BACKOFF) - 1)]
            OutgoingMessage.objects.filter(pk=message.pk, lease=lease).update(
                attempts=message.attempts + 1,
                not_before=at + wait,
                leased_until=None,
                lease="",
                failure=str(error)[:500],
            )
            failed += 1
        else:
            OutgoingMessage.objects.filter(pk=message.pk, lease=lease).update(
                attempts=message.attempts + 1,
                sent_at=at,
                leased_until=None,
                failure="",
                body="",
                reply_to="",
                calendar="",
            )
            sent += 1
    return Delivery(sent, failed)
