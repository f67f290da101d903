"""Base58 of Bitcoin with the multibase sign `z`, and Ed25519 keys as Multikey writes them.

Source: W3C, Controlled Identifiers v1.0, sections Multibase and Multikey.
"""

SIGNS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PUBLIC = b"\xed\x01"


def encode(data: bytes) -> str:
    """Bytes as base58btc, `z` before them."""
    number = int.from_bytes(data)
    signs = ""
    while number:
        number, rest = divmod(number, len(SIGNS))
        signs = SIGNS[rest] + signs
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "z" + SIGNS[0] * zeros + signs


def decode(text: str) -> bytes:
    """The bytes again. Raises ValueError."""
    if not text.startswith("z"):
        raise ValueError("no base58btc")
    number = 0
    for sign in text[1:]:
        number = number * len(SIGNS) + SIGNS.index(sign)
    zeros = len(text) - 1 - len(text[1:].lstrip(SIGNS[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)


def multikey(public: bytes) -> str:
    """A public key of Ed25519 (32 bytes) as Multikey."""
    return encode(ED25519_PUBLIC + public)


def public_of(key: str) -> bytes:
    """The public key again. Raises ValueError."""
    data = decode(key)
    if not data.startswith(ED25519_PUBLIC) or len(data) != 34:
        raise ValueError("no key of Ed25519")
    return data[2:]
