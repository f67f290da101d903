"""Texts made alike for searching: small letters without marks, so that `cebela` finds `Čebela` on every database."""

import re
import unicodedata
from functools import cache

_APART = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode doesn't take apart into a letter and a mark."""
_LATIN = [chr(code) for code in range(0xC0, 0x250)]
_GAPS = re.compile(r"\s+")
MOST_WORDS = 8
"""So many words of a search count; more find nothing more."""


def folded(text: str) -> str:
    """The text in small letters without marks, with single spaces: what a search column holds."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_APART))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _GAPS.sub(" ", bare.casefold().translate(_APART)).strip()


def words_of(search: str) -> list[str]:
    """The words of a search, folded, each once."""
    return list(dict.fromkeys(folded(search).split()))[:MOST_WORDS]


def pattern_of(word: str) -> str:
    """A regular expression that finds a word in texts that aren't folded, whatever the case and marks of either.

    For columns without a search column of their own; understood alike by Python (which SQLite's REGEXP is) and
    PostgreSQL, whose own ideas of small letters differ.
    """
    return "".join(f"[{re.escape(_alike(sign))}]" if sign.isalpha() else re.escape(sign) for sign in folded(word))


@cache
def _alike(letter: str) -> str:
    """All Latin letters that are this one when folded."""
    return "".join(sorted({letter, letter.upper(), *(sign for sign in _LATIN if folded(sign) == letter)}))
