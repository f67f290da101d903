"""Lessons as data: steps of text, some of which end with a check; and when somebody counts as trained by lessons.

A lesson is Markdown. It begins with `# Title` and `minutes: N`; each `## Heading` begins a step. A step may end with
`{{check: key}}`, the key of an item that the reader answers; the answer is never kept.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from kazipot.core.indicators.verification import add_months

WINDOW = 12
"""In so many months all lessons must be done to count as one training."""
TITLE = re.compile(r"# (?P<title>[^\n]+)\n+minutes: (?P<minutes>\d+)\n(?P<body>.*)", re.DOTALL)
CHECK = re.compile(r"\n\{\{check: (?P<key>[a-z0-9-]+)\}\}\s*$")


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a lesson: its text in Markdown, and the key of the item that closes it, if there is one."""

    heading: str
    text: str
    check: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson in one language."""

    title: str
    minutes: int
    steps: tuple[Step, ...]


def read_lesson(text: str) -> Lesson:
    """The lesson that a text is. Raises ValueError saying what is missing."""
    match = TITLE.match(text)
    if match is None:
        raise ValueError("a lesson begins with “# Title” and “minutes: N”")
    before, *sections = re.split(r"^## ", match["body"], flags=re.MULTILINE)
    if before.strip() or not sections:
        raise ValueError("every text of a lesson stands under “## Heading”")
    return Lesson(match["title"].strip(), int(match["minutes"]), tuple(_step(section) for section in sections))


def _step(section: str) -> Step:
    heading, _newline, text = section.partition("\n")
    found = CHECK.search("\n" + text)
    if found is None:
        return Step(heading.strip(), text.strip())
    return Step(heading.strip(), text[: max(found.start() - 1, 0)].strip(), found["key"])


def trained_on(done: Mapping[str, Collection[date]], areas: Collection[str], *, as_of: date) -> date | None:
    """The last day by `as_of` on which a person had done the lessons of all areas within a window of twelve months.

    `done`: the days on which each area's lesson was done. The day is that of the lesson that completed the set.
    """
    days = {area: [day for day in done.get(area, ()) if day <= as_of] for area in areas}
    for last in sorted({day for own in days.values() for day in own}, reverse=True):
        first = add_months(last, -WINDOW)
        if all(any(first < day <= last for day in own) for own in days.values()):
            return last
    return None
