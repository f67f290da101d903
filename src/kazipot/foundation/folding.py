"""Texts made alike for searching: small letters without marks, so that `cebela` finds `Čebela` on every database."""

import re
import unicodedata

_APART = str.maketrans({"đ": "d", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})
"""Letters that Unicode doesn't take apart into a letter and a mark."""
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
