"""What comes into the verification room from files: results, earlier completions, answers, item banks."""

from kazipot.verification.imports.bank import Bank, read_bank
from kazipot.verification.imports.history import read_history
from kazipot.verification.imports.responses import read_responses
from kazipot.verification.imports.results import read_results
from kazipot.verification.imports.wording import worded

__all__ = ["Bank", "read_bank", "read_history", "read_responses", "read_results", "worded"]
