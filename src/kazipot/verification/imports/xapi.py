"""Reads xAPI statements (IEEE 9274.1.1; xAPI 1.0.3): who has done what, when."""

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from kazipot.verification.errors import StatementRefused
from kazipot.verification.operations import Said

VERBS = {
    "http://adlnet.gov/expapi/verbs/passed": "passed",
    "http://adlnet.gov/expapi/verbs/completed": "completed",
    "http://adlnet.gov/expapi/verbs/failed": "failed",
    "http://adlnet.gov/expapi/verbs/voided": "voided",
}
MOST = 1_000
UNSTABLE = ("id", "stored", "authority", "version", "timestamp", "attachments")
"""What may differ between two copies of one statement (xAPI 1.0.3, part three, 2.1.2)."""


def read_statements(body: bytes, *, at: datetime, statement_id: str = "") -> list[Said]:
    """The statements in a request's body, one or a list; `statement_id` is the one in the address of a PUT.

    Raises StatementRefused for the first that can't be read.
    """
    try:
        content = json.loads(body)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise StatementRefused(_("This is not JSON in UTF-8.")) from error
    rows = content if isinstance(content, list) else [content]
    if len(rows) > MOST or not rows:
        raise StatementRefused(_("Send from 1 to %(most)s statements at once.") % {"most": MOST})
    if statement_id and (len(rows) != 1 or isinstance(content, list)):
        raise StatementRefused(_("Send one statement with its id in the address."))
    found = [_statement(row, at, statement_id) for row in rows]
    if len({row.statement_id for row in found}) != len(found):
        raise StatementRefused(_("Two statements have the same id."))
    return found


def _statement(row: Any, at: datetime, wanted: str) -> Said:
    if not isinstance(row, dict):
        raise StatementRefused(_("A statement must be an object with actor, verb and object."))
    given = row.get("id") or wanted or str(uuid4())
    if wanted and str(given).lower() != wanted.lower():
        raise StatementRefused(_("The id of the statement is not the one in the address."))
    try:
        statement_id = UUID(str(given))
    except ValueError as error:
        raise StatementRefused(_("The id of a statement must be a UUID.")) from error
    actor, verb, thing = (row.get(name) for name in ("actor", "verb", "object"))
    if not (isinstance(actor, dict) and isinstance(verb, dict) and isinstance(thing, dict)):
        raise StatementRefused(_("A statement must be an object with actor, verb and object."))
    account = actor.get("account")
    name = account.get("name", "") if isinstance(account, dict) else ""
    result = row.get("result")
    success = result.get("success") if isinstance(result, dict) else None
    return Said(
        statement_id=statement_id,
        digest=_digest(row),
        verb=VERBS.get(str(verb.get("id", "")), ""),
        activity=str(thing.get("id", ""))[:500],
        email=str(actor.get("mbox", "")).removeprefix("mailto:").strip().lower(),
        account=str(name).strip(),
        done_at=_moment(row.get("timestamp"), at),
        success=success if isinstance(success, bool) else None,
    )


def _moment(text: Any, at: datetime) -> datetime:
    """When it was done; a statement without a timestamp was done when it came."""
    if text is None:
        return at
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError as error:
        raise StatementRefused(_("The timestamp must be written like 2026-06-01T09:00:00Z.")) from error
    if found.tzinfo is None:
        raise StatementRefused(_("The timestamp must say its time zone, like 2026-06-01T09:00:00Z."))
    return found


def _digest(row: dict[str, Any]) -> str:
    said = {name: value for name, value in row.items() if name not in UNSTABLE}
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
