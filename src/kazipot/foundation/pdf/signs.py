"""Texts made fit for paper: a name may hold signs that no face has, and PDF/UA allows no missing glyph."""

import re
import unicodedata
from functools import lru_cache

import typst

from kazipot.foundation.pdf.engine import ROOT, compiled

MISSING = "\u25a1"
"""A white square stands for what can't be shown."""
JOINERS = "\u200c\u200d"
_BREAKS = re.compile(r"[ \t\n\r\v\f\x85\u2028\u2029]+")
PROBE = ROOT / "foundation" / "pdf" / "sign.typ"


@lru_cache(maxsize=8_192)
def has_glyph(sign: str) -> bool:
    """Whether one of the faces has the sign. Typst itself is asked, once for every sign; about a millisecond."""
    try:
        compiled(PROBE, {"sign": sign})
    except typst.TypstError:
        return False
    return True


def showable(text: str) -> str:
    """The text in composed form, on one line, with a white square for every run of signs that no face has.

    Control and format signs go (an override of the direction would turn the rest of a page around), except for
    the two joiners that Persian and Indian spelling needs.
    """
    if text.isascii() and text.isprintable():
        return text
    plain = _BREAKS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    shown: list[str] = []
    for sign in plain:
        category = unicodedata.category(sign)
        if category == "Cc" or (category == "Cf" and sign not in JOINERS):
            continue
        is_missing = not (sign.isascii() or has_glyph(sign))
        if not is_missing and shown[-1:] == [MISSING] and (sign in JOINERS or category in {"Mn", "Me"}):
            continue
        if not is_missing or shown[-1:] != [MISSING]:
            shown.append(MISSING if is_missing else sign)
    return "".join(shown)
