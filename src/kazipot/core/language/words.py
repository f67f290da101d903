"""Words of a Slovenian text, and what they are compared by.

simplemma gives the lemma; the hooks of č, š, ž go, because many write without them; and, because no dictionary holds
every form, an ending is cut off when at least four letters stay.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import simplemma

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
TOKEN = re.compile(r"C\+\+|C#|\.NET\b|(?<![\d.])\d\.\d(?![\d.])|[^\W_]+(?:[-–'’][^\W_]+)*")
ENDINGS = sorted(
    [
        "ega", "emu", "imi", "ima", "ami", "ama", "oma", "ema", "ovi", "ati", "iti", "eti", "ajo", "ijo", "ejo", "amo",
        "imo", "emo", "ate", "ite", "ete", "il", "ila", "ilo", "ili", "al", "ala", "ali", "el", "ela", "eli", "am",
        "im", "em", "om", "as", "is", "es", "ah", "ih", "eh", "ov", "ev", "oga", "mi", "ti", "at", "it", "et", "a", "e",
        "i", "o", "u",
    ],
    key=len,
    reverse=True,
)  # fmt: skip
SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is written, without hooks and capitals, and where it stands (characters, half-open)."""

    text: str
    plain: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The words of a text, in order."""
    return [Token(match[0], without_hooks(match[0]), *match.span()) for match in TOKEN.finditer(text)]


@lru_cache(maxsize=100_000)
def without_hooks(word: str) -> str:
    """Small letters without diacritics."""
    apart = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).replace("đ", "d")


@lru_cache(maxsize=100_000)
def stem_of(word: str) -> str:
    """The lemma without hooks and without its ending."""
    lemma = without_hooks(simplemma.lemmatize(word.lower(), lang="sl"))
    for ending in ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= SHORTEST_STEM:
            return lemma[: -len(ending)]
    return lemma
