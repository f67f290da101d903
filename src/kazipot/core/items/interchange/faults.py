"""What could not be taken or given, where, and why; words for it are a floor above."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kazipot.core.items.definition import Item


class Reason(StrEnum):
    """Why a question can't be taken in or given out."""

    NOT_TEXT = "not_text"
    """Not in UTF-8, or with control signs."""
    NOT_XML = "not_xml"
    UNSAFE_XML = "unsafe_xml"
    """A document type or entities, which well-meant files of questions don't have."""
    TOO_LARGE = "too_large"
    NOT_THE_FORMAT = "not_the_format"
    SYNTAX = "syntax"
    TYPED = "typed"
    """The answer is typed: short answers, numbers, essays."""
    NO_QUESTION = "no_question"
    """A text that asks nothing."""
    UNKNOWN_KIND = "unknown_kind"
    PART_OF_POINTS = "part_of_points"
    """An option is worth a part of the points; here an answer is right or wrong."""
    NO_KEY = "no_key"
    MANY_KEYS = "many_keys"
    """More than one answer is right where one is chosen."""
    NO_WRONG = "no_wrong"
    TOO_FEW = "too_few"
    EMPTY = "empty"
    """The question, or an option, has no text."""
    PICTURE = "picture"
    """Something in it is not text: a picture, a table, a film."""
    LOOSE_PART = "loose_part"
    """A part of a scenario without its story, or a story without parts."""
    ODD_KEY = "odd_key"
    """A key that the format's identifiers can't hold."""
    PICTURE_STAYS = "picture_stays"
    """Given out with the name of its picture, without the picture itself."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One question that was not taken or given (or, by PICTURE_STAYS, not whole). `line` counts from 1; 0: no line."""

    line: int
    name: str
    reason: Reason
    found: str = ""


class Refused(Exception):
    """A question can't be taken."""

    def __init__(self, reason: Reason, found: str = "") -> None:
        super().__init__(reason)
        self.reason, self.found = reason, found


@dataclass(frozen=True, slots=True)
class Taken:
    """The items of a file in its order, and what could not be taken. `lines`: where each item begins."""

    items: tuple[Item, ...]
    faults: tuple[Fault, ...] = ()
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """A file of items, and what could not be given."""

    content: bytes
    faults: tuple[Fault, ...] = ()


SHOWN = 60


def named(name: str) -> str:
    """A name short enough to be told."""
    line = " ".join(name.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def refused_file(reason: Reason, line: int = 0, found: str = "") -> Taken:
    """Nothing of a file could be taken."""
    return Taken((), (Fault(line, "", reason, found),))


def _has_control_signs(text: str) -> bool:
    return any((sign < " " and sign not in "\n\t") or sign in "\x7f\ufffe\uffff" for sign in text)


def text_of(content: bytes) -> str | None:
    """A file as text with plain line ends; None when it is no UTF-8 or holds control signs."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError:
        return None
    return None if _has_control_signs(text) else text


def faults_of_giving(items: Sequence[Item]) -> dict[str, Fault]:
    """Items that no format can carry, by key."""
    found = {}
    for item in items:
        texts = [text for _path, text in item.texts()]
        keys = [item.key, *(part.key for part in item.parts)]
        keys += [option.key for whole in (item, *item.parts) for option in whole.options]
        if any(_has_control_signs(text.sl + text.en) for text in texts):
            found[item.key] = Fault(0, item.key, Reason.NOT_TEXT)
        elif odd := next((key for key in keys if not is_plain(key)), None):
            found[item.key] = Fault(0, item.key, Reason.ODD_KEY, odd)
    return found


def is_plain(key: str) -> bool:
    """Whether every format can carry a key: letters, digits, hyphens and underscores."""
    return bool(key) and key.isascii() and all(sign.isalnum() or sign in "-_" for sign in key)


def pictures_that_stay(items: Sequence[Item]) -> list[Fault]:
    """Items whose picture is not in the file."""
    return [
        Fault(0, item.key, Reason.PICTURE_STAYS, whole.artefact.picture)
        for item in items
        for whole in (item, *item.parts)
        if whole.artefact and whole.artefact.picture
    ]
