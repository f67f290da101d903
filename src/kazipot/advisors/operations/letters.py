"""How the room's mail is written: from a template, in the reader's language, queued in the caller's transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from kazipot.foundation import outbox


def address_of(page: str, *args: object) -> str:
    """A page's whole address."""
    return f"{settings.KAZIPOT_ADDRESS}{reverse(page, args=args)}"


def send(
    template: str,
    key: str,
    reader: tuple[str, str],
    context: Mapping[str, Any],
    *,
    at: datetime,
    reply_to: str = "",
    calendar: tuple[str, str] = ("", ""),
) -> bool:
    """Queue `advisors/mail/TEMPLATE.txt` for a reader (address, language); whether there was somewhere to send it.

    The template's first line is the subject. `calendar` is an invitation and its method.
    """
    address, language = reader
    if not address:
        return False
    with translation.override(language):
        text = render_to_string(f"advisors/mail/{template}.txt", {**context, "may_reply": bool(reply_to)})
    subject, _line, body = text.lstrip().partition("\n")
    queued = outbox.enqueue(
        key=key, recipient=address, subject=" ".join(subject.split()), body=body.strip() + "\n", at=at,
        reply_to=reply_to, calendar=calendar[0], calendar_method=calendar[1],
    )  # fmt: skip
    return queued is not None
