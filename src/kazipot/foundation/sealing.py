"""Seals data so that the database alone can't read it: AES-256-GCM, with keys derived by HKDF-SHA256 (RFC 5869).

Sealed data tells neither when it was sealed nor, after padding, how long it is.
"""

import base64
import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES, NONCE_BYTES = 32, 12
PADDED_TO = 8_192
"""Sealed data has this length, or a multiple of it."""


class CannotUnseal(Exception):
    """The key isn't the one that sealed it, or the data was changed."""


def new_key() -> bytes:
    """A random key of 256 bits."""
    return AESGCM.generate_key(256)


def key_from(secret: str | bytes, purpose: str) -> bytes:
    """A key from a secret of high entropy, one for each purpose."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"kazipot.{purpose}".encode()).derive(
        secret.encode() if isinstance(secret, str) else secret
    )


def seal(value: Any, key: bytes) -> bytes:
    """A value that JSON can hold, sealed: a nonce, then the ciphertext with its tag."""
    plain = json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()
    plain += b" " * (-len(plain) % PADDED_TO)
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, None)


def unseal(sealed: bytes, key: bytes) -> Any:
    """The value again. Raises CannotUnseal."""
    try:
        return json.loads(AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None))
    except (InvalidTag, ValueError) as error:
        raise CannotUnseal from error


def wrap(key: bytes, purpose: str) -> str:
    """A key, sealed by the installation's secret, which stands outside the database."""
    nonce = os.urandom(NONCE_BYTES)
    outer = key_from(settings.SECRET_KEY, purpose)
    return base64.b64encode(nonce + AESGCM(outer).encrypt(nonce, key, None)).decode()


def unwrap(wrapped: str, purpose: str) -> bytes:
    """The key again; secrets that the installation had before are tried too. Raises CannotUnseal."""
    data = base64.b64decode(wrapped)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return AESGCM(key_from(secret, purpose)).decrypt(data[:NONCE_BYTES], data[NONCE_BYTES:], None)
        except InvalidTag:
            continue
    raise CannotUnseal
