"""Compares what people were told is saved (their diaries) with what is stored. Shares no code with the product."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

type Fields = Mapping[str, list[str]]
"""What a person filled in, by name of field: no value, one, or several."""
type Said = dict[str, list[str]]
"""The same as it should be stored: {name: values in order of the alphabet}; what is empty is left out."""
NAME = re.compile(r"[a-z_]+(-\d+)?")
"""An item's key, with the id of a competence for an item that is asked of each."""


def as_stored(fields: Fields) -> Said:
    """How today's questionnaire stores a form. The one place that knows the names of its fields."""
    for name in fields:
        if not NAME.fullmatch(name):
            raise LookupError(f"The checker does not know where the field {name!r} is stored.")
    told = {name: sorted(value.strip() for value in values if value.strip()) for name, values in fields.items()}
    return {name: values for name, values in told.items() if values}


FOLLOWS = {"accessibility_need": ("barriers", "accessibility")}
"""Questions of the yearly questionnaire that are asked only when another one is answered so."""


def as_counted(said: Said) -> Said:
    """What of it counts when it is sent: no answer to a question that the other answers no longer lead to."""
    gone = {name for name, (other, value) in FOLLOWS.items() if value not in said.get(other, [])}
    return {name: values for name, values in said.items() if name not in gone}


@dataclass(slots=True)
class Diary:
    """One person's test day: what was acknowledged, and what was on its way when the test ended."""

    saved: dict[str, list[str]] = field(default_factory=dict)
    pending: Fields | None = None
    pages: int = 0
    received: bool = False
    lost: str = ""

    def read(self, entry: Mapping[str, Any]) -> None:
        """The next entry."""
        if entry["what"] == "sending":
            self.pending = entry["fields"]
        elif entry["what"] in {"page", "final", "received"}:
            self.saved.update(self.pending or {})
            self.pages += entry["what"] == "page"
            self.pending = None
            self.received = self.received or entry["what"] == "received"
        elif entry["what"] == "lost":
            self.lost = entry["why"]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the comparison found; `faults` says in words what is lost, doubled or different."""

    acknowledged_pages: int
    acknowledged: int
    stored: int
    lost: int
    doubled: int
    faults: tuple[str, ...]


def diaries(entries: Iterable[Mapping[str, Any]]) -> dict[int, Diary]:
    """Everybody's diary by invitation."""
    found: dict[int, Diary] = {}
    for entry in entries:
        found.setdefault(entry["who"], Diary()).read(entry)
    return found


def compare(people: Mapping[int, Diary], stored: Mapping[str, Any]) -> Finding:
    """Every acknowledged answer is stored once, as it was given; every acknowledged page is in a draft or an answer."""
    responses, events = Counter(stored["responses"]), Counter(stored["events"])
    answers: dict[int, list[tuple[str, Any]]] = {who: [tuple(row) for row in rows] for who, rows in stored["answers"]}
    drafts: dict[int, Said] = dict(stored["drafts"])
    lost, faults = 0, []
    for who, diary in people.items():
        wrong = _wrong(diary, responses[who], dict(answers.get(who, [])), drafts.get(who, {}))
        lost += bool(wrong)
        faults += [f"invitation {who}: {wrong}"] if wrong else []
    twice = {who for who, number in responses.items() if number > 1}
    twice |= {who for who in responses.keys() | events.keys() if events[who] != responses[who]}
    twice |= {who for who, rows in answers.items() if len(rows) != len(dict(rows)) or not responses[who]}
    faults += [
        f"invitation {who}: {responses[who]} responses, {events[who]} in the audit trail" for who in sorted(twice)
    ]
    return Finding(
        acknowledged_pages=sum(diary.pages for diary in people.values()),
        acknowledged=sum(diary.received for diary in people.values()),
        stored=sum(responses.values()), lost=lost, doubled=len(twice), faults=tuple(faults),
    )  # fmt: skip


def _wrong(diary: Diary, responses: int, answer: Said, draft: Said) -> str:
    """What is wrong with one person's answers; empty when nothing is."""
    if diary.lost:
        return f"could not go on: {diary.lost}"
    if diary.received and responses == 0:
        return "a receipt was shown and nothing is stored"
    kept = answer if responses else draft
    saved = as_stored(diary.saved)
    possible = [saved] if diary.pending is None else [saved, as_stored({**diary.saved, **diary.pending})]
    if not responses:
        right = any(_holds(kept, said) for said in possible)
    else:
        right = kept in [as_counted(said) for said in possible]
    return "" if right else f"acknowledged {saved}, stored {kept}"


def _holds(kept: Said, said: Said) -> bool:
    """Whether a draft has all of what was said."""
    return all(kept.get(name) == values for name, values in said.items())
