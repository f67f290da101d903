"""Mail that a mail server hands over, one message or a folder of them."""

import argparse
import sys

from django.db import OperationalError

from kazipot.advisors.imports import receive_mail, receive_maildir
from kazipot.foundation import clock
from kazipot.foundation.mail import LONGEST

TRY_AGAIN = 75
"""EX_TEMPFAIL of sysexits.h: a mail server keeps the message and hands it over again later."""


def receive(options: argparse.Namespace) -> int:
    """Take a message. The exit status is for the mail server: 0, it is dealt with; 75, hand it over again later."""
    at = clock.now()
    if options.maildir:
        print(receive_maildir(options.maildir, at=at))
        return 0
    try:
        outcome = receive_mail(sys.stdin.buffer.read(LONGEST + 1), recipient=options.to, at=at)
    except OperationalError as error:
        print(f"The database cannot be reached: {error}.", file=sys.stderr)
        return TRY_AGAIN
    print(outcome or "taken before")
    return 0
