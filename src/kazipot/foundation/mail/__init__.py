"""Mail that comes in: addresses that hold a secret, and a message read down to what is new in it."""

from kazipot.foundation.mail.addresses import reply_address, token_of
from kazipot.foundation.mail.inbox import claim, settle
from kazipot.foundation.mail.maildir import take_all
from kazipot.foundation.mail.reading import LONGEST, Incoming, MailRefused, read_mail

__all__ = [
    "LONGEST",
    "Incoming",
    "MailRefused",
    "claim",
    "read_mail",
    "reply_address",
    "settle",
    "take_all",
    "token_of",
]
