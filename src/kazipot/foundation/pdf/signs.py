"""Texts made fit for paper: a name may hold signs that no face has, and PDF/UA allows no missing glyph."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import typst

from kazipot.foundation.pdf.engine import ROOT, compiled

MISSING = "\u25a1"
"""A white square stands for what can't be shown."""
LATIN_ENDS = "\u0250"
JOINERS = "\u200c\u200d"
MARKS = {"Mn", "Mc", "Me"}
_BREAKS = re.compile(r"[ \t\n\r\v\f\x85\u2028\u2029]+")
PROBE = ROOT / "foundation" / "pdf" / "sign.typ"


@lru_cache(maxsize=8_192)
def has_glyphs(text: str) -> bool:
    """Whether the faces have every sign of a text, upright and bold. Typst itself is asked; about a millisecond."""
    try:
        compiled(PROBE, {"text": text})
    except typst.TypstError:
        return False
    return True


def showable(text: str) -> str:
    """The text in composed form, on one line, with a white square for every run of signs that no face has.

    Control and format signs go (an override of the direction would turn the rest of a page around), except for
    the two joiners that Persian and Indian spelling needs. Marks that don't fit their sign go as well.
    """
    if text.isascii() and text.isprintable():
        return text
    clusters = _clusters(_BREAKS.sub(" ", unicodedata.normalize("NFC", text)).strip())
    whole = _joined(_best(cluster, cluster[0]) for cluster in clusters)
    if not any(sign >= LATIN_ENDS and unicodedata.category(sign)[0] in "LM" for sign in whole) or has_glyphs(whole):
        return whole
    # Signs that can be shown one by one, and not beside each other: a face is chosen for a run of them.
    bare = _joined(_best(cluster[0]) for cluster in clusters)
    if has_glyphs(bare):
        return bare
    return _joined(_best(cluster[0]) if cluster[0] < LATIN_ENDS else MISSING for cluster in clusters)


def _best(*candidates: str) -> str:
    """The first that can be shown, or the white square."""
    return next((text for text in candidates if text.isascii() or has_glyphs(text)), MISSING)


def _joined(parts: Iterable[str]) -> str:
    """The parts as one text, with a single square for several in a row."""
    shown: list[str] = []
    for part in parts:
        if part != MISSING or shown[-1:] != [MISSING]:
            shown.append(part)
    return "".join(shown)


def _clusters(text: str) -> list[str]:
    """Signs, each with the marks and joiners that follow it."""
    found: list[str] = []
    for sign in text:
        category = unicodedata.category(sign)
        if category == "Cc" or (category == "Cf" and sign not in JOINERS):
            continue
        if found and (sign in JOINERS or category in MARKS):
            found[-1] += sign
        else:
            found.append(sign)
    return found
