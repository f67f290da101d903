"""One-time links: a secret that only its holder knows; the database keeps a digest."""

import base64
import hashlib
import secrets

ENTROPY_BYTES = 20
"""160 bits: guessing is hopeless at any rate."""


def new_token() -> str:
    """A new secret for a link, safe in a URL."""
    return secrets.token_urlsafe(ENTROPY_BYTES)


def digest(token: str) -> str:
    """What the database keeps of a secret: SHA-256 in hex (64 characters). No salt: the secret is random."""
    return hashlib.sha256(token.encode()).hexdigest()


def mail_token() -> str:
    """A new secret for a mail address: 160 bits in small letters and digits, since some servers lower addresses."""
    return base64.b32encode(secrets.token_bytes(ENTROPY_BYTES)).decode("ascii").lower()
