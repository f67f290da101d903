"""Items to and from formats of other systems: GIFT, Moodle XML, QTI (docs/methods/item-exchange.md)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kazipot.core.items.definition import Item
from kazipot.core.items.interchange import gift, moodle, qti
from kazipot.core.items.interchange.body import LANGUAGES
from kazipot.core.items.interchange.faults import Fault, Given, Reason, Taken

__all__ = ["FORMATS", "LANGUAGES", "Fault", "Format", "Given", "Reason", "Taken", "format_of"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is read and written. `read` takes the language of texts that don't tell theirs."""

    suffix: str
    mime: str
    read: Callable[[bytes, str], Taken]
    write: Callable[[Sequence[Item], Sequence[str]], Given]


FORMATS = {
    "gift": Format(".gift.txt", "text/plain; charset=utf-8", gift.read, gift.write),
    "moodle": Format(".moodle.xml", "application/xml", moodle.read, moodle.write),
    "qti": Format(".qti.zip", "application/zip", qti.read, qti.write),
}


def format_of(content: bytes) -> str:
    """The format that a file seems to be in."""
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"PK"):
        return "qti"
    if not head.startswith(b"<"):
        return "gift"
    return "qti" if b"assessmentItem" in head or b"qti-assessment-item" in head else "moodle"
