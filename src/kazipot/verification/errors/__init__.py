"""What can go wrong with verifications and test items, in words that say what to do."""

from kazipot.verification.errors.certificates import NothingToCertify
from kazipot.verification.errors.results import AlreadyAnnulled, NoSuchNumber, NoSuchResult

__all__ = ["AlreadyAnnulled", "NoSuchNumber", "NoSuchResult", "NothingToCertify"]
