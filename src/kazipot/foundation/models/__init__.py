"""Records of the ground floor: accounts, the audit trail, mail that goes out and comes in, wrong codes."""

from kazipot.foundation.models.attempts import (
    WrongCode,
)
from kazipot.foundation.models.audit import (
    AuditEvent,
)
from kazipot.foundation.models.inbox import (
    IncomingMessage,
)
from kazipot.foundation.models.outbox import (
    OutgoingMessage,
)
from kazipot.foundation.models.user import (
    User,
)

__all__ = [
    "AuditEvent",
    "IncomingMessage",
    "OutgoingMessage",
    "User",
    "WrongCode",
]
