"""Which credentials are revoked, as one long row of bits in which nobody can tell whose is whose.

Source: W3C, Bitstring Status List v1.0. At least 131,072 bits, compressed by GZIP, in multibase base64url.
"""

import base64
import gzip
from collections.abc import Iterable

BITS = 131_072


def encoded(revoked: Iterable[int]) -> str:
    """The list with these places set."""
    bits = bytearray(BITS // 8)
    for place in revoked:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).decode().rstrip("=")


def is_set(encoded_list: str, place: int) -> bool:
    """Whether a place is set in a list."""
    text = encoded_list.removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return bool(bits[place // 8] & 0x80 >> place % 8)
