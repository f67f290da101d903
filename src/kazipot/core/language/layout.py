"""How a text is laid out: which line breaks end nothing, where sentences and items are, and what is a heading.

Postings come wrapped at some width, pasted from a browser, or as lists. Lines are joined where they were wrapped: most
lines of a block end where the first word of the next would not have fitted. Nothing is moved: every unit says where it
stands in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise

from kazipot.core.language.sentences import sentences

BULLET = re.compile(r"\s*(?:[-–—−•·∙●▪■○◦‣*✓✔➢>»\uf0b7\uf0a7]+\s*|(?:\d{1,2}|[a-zčšž])[.)]\s+)(?=\S)")
WRAPPED = 60
"""A line shorter than this ends where its author wanted it to end."""
LONGEST_HEADING = 90
LONGEST_SENTENCE = 3_000
LINE_DRESS = " \t-–—•·*"
ENDS = (".", ":", ";", "!", "?")
ALMOST, MOST = 0.92, 0.75
NEVER_LAST = frozenset(
    [
        "in",
        "ter",
        "ali",
        "oz.",
        "oziroma",
        "z",
        "s",
        "v",
        "na",
        "po",
        "pri",
        "za",
        "o",
        "do",
        "od",
        "iz",
        "k",
        "ki",
        "da",
    ]
)
"""Words that no line ends with on purpose."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, an item of a list or a heading: where it stands (characters, half-open)."""

    start: int
    end: int
    item: bool
    heading: bool


def units(text: str) -> list[Unit]:
    """The units of a text, in order."""
    flat = joined(text)
    found: list[Unit] = []
    item = False
    for start, end in sentences(flat):
        before = flat[flat.rfind("\n", 0, start) + 1 : start]
        begins_line = not before.strip(LINE_DRESS)
        bullet = BULLET.match(flat, start - len(before), end) if begins_line else None
        if begins_line:
            item = bullet is not None
        begin = max(start, bullet.end()) if bullet else start
        ends_line = flat[end : end + 1] in ("", "\n")
        heading = ends_line and _is_heading(flat[begin:end], whole=begins_line and not item)
        found.extend(Unit(*piece, item, heading) for piece in _pieces(flat, begin, end))
    return found


def _pieces(flat: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence as it is; what is longer than any sentence in pieces, cut at blanks."""
    while end - begin > LONGEST_SENTENCE:
        cut = flat.rfind(" ", begin + 1, begin + LONGEST_SENTENCE)
        cut = cut if cut > begin else begin + LONGEST_SENTENCE
        yield begin, cut
        begin = cut
    if begin < end:
        yield begin, end


def joined(text: str) -> str:
    """The text with blanks instead of line breaks that end nothing; no character moves."""
    flat = text.replace("\r", " ").replace("\t", " ").replace("\xa0", " ")
    lines = flat.split("\n")
    ends = list(accumulate(len(line) + 1 for line in lines))
    letters = list(flat)
    for block in _blocks([line.strip() for line in lines]):
        if _is_wrapped([lines[index].strip() for index in block]):
            for index in block[:-1]:
                letters[ends[index] - 1] = " "
    return "".join(letters)


def _blocks(lines: list[str]) -> Iterator[list[int]]:
    """Runs of lines of which each but the last may go on in the next."""
    block: list[int] = []
    for index, line in enumerate(lines):
        if block and not _may_go_on(lines[index - 1], line):
            yield block
            block = []
        block.append(index)
    if block:
        yield block


def _may_go_on(line: str, following: str) -> bool:
    if not line or not following or BULLET.match(following) or (following.endswith(":") and len(following) < WRAPPED):
        return False
    if line.endswith((".", ":", ";", "!", "?")) and len(line) < WRAPPED:
        return False
    return following[0].islower() or (len(line) >= WRAPPED and not line.isupper() and not line.endswith(":"))


def _is_wrapped(block: list[str]) -> bool:
    """Whether most lines end where the first word of the next would not have fitted."""
    if len(block) == 1:
        return False
    width = max(len(line) for line in block) * ALMOST
    full = [
        len(line) + 1 + len(following.split()[0]) >= width or line.split()[-1].lower() in NEVER_LAST
        for line, following in pairwise(block)
    ]
    return sum(full) >= MOST * len(full)


def _is_heading(words: str, *, whole: bool) -> bool:
    """What ends in a colon, or a short line of its own without the end of a sentence."""
    if words.endswith(":"):
        return len(words) <= 2 * LONGEST_HEADING
    return whole and len(words) <= LONGEST_HEADING and not words.endswith((".", ";", "!", ","))
