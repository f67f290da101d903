"""What comes into the verification room from files: results, earlier completions, answers, item banks."""

from kazipot.verification.imports.bank import (
    FILE_BYTES,
    Bank,
    read_bank,
)
from kazipot.verification.imports.bounces import (
    read_bounces,
)
from kazipot.verification.imports.exchange import (
    Exchanged,
    read_exchange,
)
from kazipot.verification.imports.history import (
    read_history,
)
from kazipot.verification.imports.items import (
    read_calibration,
    read_item,
    read_items,
)
from kazipot.verification.imports.responses import (
    read_responses,
)
from kazipot.verification.imports.results import (
    read_results,
)
from kazipot.verification.imports.wording import (
    worded,
)
from kazipot.verification.imports.xapi import (
    read_statements,
)

__all__ = [
    "FILE_BYTES",
    "Bank",
    "Exchanged",
    "read_bank",
    "read_bounces",
    "read_calibration",
    "read_exchange",
    "read_history",
    "read_item",
    "read_items",
    "read_responses",
    "read_results",
    "read_statements",
    "worded",
]
