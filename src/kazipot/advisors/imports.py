"""Mail in: a message as a mail server hands it over, or a maildir that it fills."""

from datetime import datetime
from pathlib import Path

from kazipot.advisors import operations
from kazipot.advisors.choices import MailOutcome
from kazipot.foundation.mail import MailRefused, read_mail, take_all


def receive_mail(raw: bytes, *, recipient: str = "", at: datetime) -> str | None:
    """Take one message; what became of it (`MailOutcome`), None when it was taken before."""
    try:
        mail = read_mail(raw, recipient=recipient)
    except MailRefused:
        return MailOutcome.UNREADABLE
    return operations.take_mail(mail, at=at)


def receive_maildir(folder: Path, *, at: datetime) -> int:
    """Take what lies new in a maildir; how many messages."""
    return take_all(folder, lambda raw: receive_mail(raw, at=at))
