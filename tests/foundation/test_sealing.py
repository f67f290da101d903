"""Sealed data is read with its key only, and tells neither its length nor its moment."""

from typing import Any

import pytest

from kazipot.foundation import sealing


def test_seal_is_read_with_its_key_only() -> None:
    key = sealing.new_key()
    sealed = sealing.seal({"answer": "čaj"}, key)
    assert sealing.unseal(sealed, key) == {"answer": "čaj"}
    with pytest.raises(sealing.CannotUnseal):
        sealing.unseal(sealed, sealing.new_key())
    with pytest.raises(sealing.CannotUnseal):
        sealing.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), key)


def test_seal_has_one_length_and_is_never_the_same() -> None:
    key = sealing.new_key()
    short, long = sealing.seal("a", key), sealing.seal("a" * 8_000, key)
    assert len(short) == len(long) == sealing.PADDED_TO + 28
    assert sealing.seal("a", key) != short


def test_key_from_differs_by_secret_and_purpose() -> None:
    keys = {sealing.key_from(secret, purpose) for secret in "ab" for purpose in ("draft", "box")}
    assert len(keys) == 4


def test_wrapped_key_survives_a_new_secret_that_names_the_old_one(settings: Any) -> None:
    key = sealing.new_key()
    wrapped = sealing.wrap(key, "box")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert sealing.unwrap(wrapped, "box") == key
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(sealing.CannotUnseal):
        sealing.unwrap(wrapped, "box")
