"""Records of the ground floor: accounts, the audit trail, outgoing and incoming mail."""

from kazipot.foundation.models.audit import AuditEvent
from kazipot.foundation.models.inbox import IncomingMessage
from kazipot.foundation.models.outbox import OutgoingMessage
from kazipot.foundation.models.user import User

__all__ = ["AuditEvent", "IncomingMessage", "OutgoingMessage", "User"]
