"""Records of the ground floor: accounts, the audit trail, outgoing mail and wrong codes."""

from kazipot.foundation.models.attempts import WrongCode
from kazipot.foundation.models.audit import AuditEvent
from kazipot.foundation.models.outbox import OutgoingMessage
from kazipot.foundation.models.user import User

__all__ = ["AuditEvent", "OutgoingMessage", "User", "WrongCode"]
