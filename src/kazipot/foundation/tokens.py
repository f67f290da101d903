"""One-time links and codes: a secret that only its holder knows; the database keeps a digest."""

import base64
import hashlib
import secrets

ENTROPY_BYTES = 20
"""160 bits: guessing is hopeless at any rate."""
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
"""No i, l, o, 0 and 1, which look alike on paper."""
CODE_LENGTH = 12
"""Signs of a code on a slip. 31¹² ≈ 2⁵⁹ codes: with 14,000 of them valid, a million guesses a day would hit one in
150,000 years."""


def new_token() -> str:
    """A new secret for a link, safe in a URL."""
    return secrets.token_urlsafe(ENTROPY_BYTES)


def new_code() -> str:
    """A new secret that is easy to type from paper."""
    return "".join(secrets.choice(SIGNS) for _ in range(CODE_LENGTH))


def spaced(code: str) -> str:
    """A code in groups of four, as it is printed and may be typed."""
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def plain_code(token: str) -> str:
    """A code as it was made, from the way a person typed it: hyphens, spaces and capitals don't matter."""
    return "".join(sign for sign in token.lower() if sign.isalnum())


def is_typed(token: str) -> bool:
    """Whether a secret is as short as a code on a slip; links in mail are long and need no guard."""
    return len(plain_code(token)) <= CODE_LENGTH


def secret_of(token: str) -> str:
    """The secret that a token stands for, however it was typed: links are long, codes are not."""
    return plain_code(token) if is_typed(token) else token


def digest(token: str) -> str:
    """What the database keeps of a secret: SHA-256 in hex (64 characters). No salt: the secret is random."""
    return hashlib.sha256(token.encode()).hexdigest()


def mail_token() -> str:
    """A new secret for a mail address: 160 bits in small letters and digits, since some servers lower addresses."""
    return base64.b32encode(secrets.token_bytes(ENTROPY_BYTES)).decode("ascii").lower()
