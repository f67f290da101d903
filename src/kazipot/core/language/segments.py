"""Cuts a sentence into segments: what stands between commas, brackets, dashes and coordinating words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kazipot.core.language.words import Token


class Joint(StrEnum):
    """What stands before a segment."""

    START = "start"
    COMMA = ","
    AND = "and"
    BRACKET = "("
    CLOSED = ")"
    DASH = "–"
    COLON = ":"
    SEMICOLON = ";"


@dataclass(frozen=True, slots=True)
class Segment:
    """Words from `first` to `last` (half-open), what joins them to what was before, and whether brackets hold them."""

    first: int
    last: int
    joint: Joint
    bracketed: bool


COORDINATORS = frozenset({"in", "ter", "ali", "oz", "oziroma", "kot", "vendar", "ampak", "temvec", "a", "toda", "saj"})
DASH = re.compile(r"\s[-–—]|[–—]")
MARKS = ((";", Joint.SEMICOLON), ("(", Joint.BRACKET), ("[", Joint.BRACKET), (":", Joint.COLON), (",", Joint.COMMA))


def segments(text: str, words: Sequence[Token]) -> list[Segment]:
    """The segments of a sentence, whose words stand in the text."""
    found: list[Segment] = []
    first, joint, depth, next_depth = 0, Joint.START, 0, 0
    for index, word in enumerate(words):
        between = text[words[index - 1].end : word.start] if index else ""
        next_depth = max(0, depth + between.count("(") - between.count(")"))
        mark = _mark(between, word, words, index)
        if mark and index:
            found.append(Segment(first, index, joint, depth > 0))
            first, joint = index, mark
        depth = next_depth
    if words:
        found.append(Segment(first, len(words), joint, depth > 0))
    return found


def _mark(between: str, word: Token, words: Sequence[Token], index: int) -> Joint | None:
    for sign, joint in MARKS:
        if sign in between:
            return joint
    if re.search(r"[.!?]\s", between):
        return Joint.SEMICOLON
    if ")" in between or "]" in between:
        return Joint.CLOSED
    if DASH.search(between):
        return Joint.DASH
    if "/" in between or "+" in between or "&" in between:
        return Joint.AND
    if word.plain in COORDINATORS and not (word.plain == "kot" and not _is_kot_tudi(words, index)):
        return Joint.AND
    return None


def _is_kot_tudi(words: Sequence[Token], index: int) -> bool:
    return index + 1 < len(words) and words[index + 1].plain == "tudi"
