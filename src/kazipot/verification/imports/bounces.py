"""Reads messages that tell that mail could not be delivered (RFC 3464)."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage, Message


@dataclass(frozen=True, slots=True)
class Bounce:
    """An address to which mail cannot be delivered, and why."""

    email: str
    reason: str


def read_bounces(content: bytes) -> list[Bounce]:
    """The addresses that a delivery report says have failed for good: action "failed" with a status of class 5.

    Delays and failures of class 4 (a full mailbox, a busy server) are none. Anything else than a report gives none.
    """
    found: dict[str, Bounce] = {}
    for part in message_from_bytes(content, _class=EmailMessage, policy=policy.default).walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in part.get_payload() if isinstance(part.get_payload(), list) else []:
            if isinstance(fields, Message) and (bounce := _bounce(fields)):
                found.setdefault(bounce.email.lower(), bounce)
    return list(found.values())


def _bounce(fields: Message) -> Bounce | None:
    status = str(fields.get("Status", "")).strip()
    failed = str(fields.get("Action", "")).strip().lower() == "failed" and status.startswith("5.")
    address = str(fields.get("Original-Recipient") or fields.get("Final-Recipient") or "").partition(";")[2].strip()
    if not failed or "@" not in address or len(address) > 254:
        return None
    reason = str(fields.get("Diagnostic-Code", status)).partition(";")[2].strip() or status
    return Bounce(address.strip("<>"), " ".join(reason.split())[:200])
