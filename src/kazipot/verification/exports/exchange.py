"""Items for other systems: GIFT, Moodle XML, QTI."""

from collections.abc import Sequence
from dataclasses import dataclass

from kazipot.core.items.definition import Item
from kazipot.core.items.interchange import FORMATS
from kazipot.foundation.errors import Problem
from kazipot.verification.errors import exchange_problem


@dataclass(frozen=True, slots=True)
class Exported:
    """A file of items, and in words what is not in it."""

    name: str
    mime: str
    content: bytes
    problems: tuple[Problem, ...]


def export_items(items: Sequence[Item], format_: str, languages: Sequence[str], name: str = "items") -> Exported:
    """Items in a format, in both languages or one of them."""
    told = FORMATS[format_]
    given = told.write(items, languages)
    problems = tuple(exchange_problem(fault, name) for fault in given.faults)
    return Exported(name + told.suffix, told.mime, given.content, problems)
