"""Every write of M5's verification."""

from kazipot.verification.operations.certificates import issue_certificate
from kazipot.verification.operations.results import ResultGiven, annul, record_verifications, refusal

__all__ = ["ResultGiven", "annul", "issue_certificate", "record_verifications", "refusal"]
