"""Each incoming message is dealt with once, whoever brings it and however often; only operations call this."""

from datetime import datetime

from kazipot.foundation.models import IncomingMessage
from kazipot.foundation.tokens import digest


def claim(message_id: str, *, at: datetime) -> IncomingMessage | None:
    """Take a message in the caller's transaction; None when it was taken before. Only a digest of its id is kept."""
    message, fresh = IncomingMessage.objects.get_or_create(
        id_digest=digest(message_id), defaults={"received_at": at, "outcome": ""}
    )
    return message if fresh else None


def settle(message: IncomingMessage, outcome: str) -> str:
    """Note what became of a message that was taken."""
    message.outcome = outcome
    message.save(update_fields=["outcome"])
    return outcome
