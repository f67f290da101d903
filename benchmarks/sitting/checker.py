"""Compares what people were told is taken (their diaries) with what is stored."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Finding:
    """What the comparison found; `faults` says in words what is lost, doubled, shown twice or decided otherwise."""

    acknowledged: int
    stored: int
    finished: int
    lost: int
    doubled: int
    shown_twice: int
    replayed_otherwise: int
    faults: tuple[str, ...]


def compare(entries: Iterable[Mapping[str, Any]], sittings: Iterable[Mapping[str, Any]]) -> Finding:
    """Every acknowledged answer is stored as it was sent first or sent again, once; nobody saw a question twice; every
    sitting comes to the same when it is gone through again; whoever saw a result has one result."""
    taken: dict[int, dict[int, list[Any]]] = {}
    seen: dict[int, dict[int, set[str]]] = {}
    received: set[int] = set()
    faults: list[str] = []
    counts: Counter[str] = Counter()
    for entry in entries:
        who, what = entry["who"], entry["what"]
        if what in {"sending", "taken"}:
            seen.setdefault(who, {}).setdefault(entry["number"], set()).add(entry["seen"])
        if what == "taken":
            taken.setdefault(who, {}).setdefault(entry["number"], []).append(_form(entry["fields"]))
        if what == "received":
            received.add(who)
        if what == "lost":
            counts["lost"] += 1
            faults.append(f"person {who} could not go on: {entry['why']}")
    rows = list(sittings)
    by_person = Counter(row["person"] for row in rows)
    kept = {row["person"]: {int(n): _form(form) for n, form in row["answers"].items()} for row in rows}
    for who, answers in taken.items():
        for number, said in answers.items():
            if kept.get(who, {}).get(number) not in said:
                counts["lost"] += 1
                faults.append(f"person {who}, question {number}: told {said}, stored {kept.get(who, {}).get(number)}")
    for who, questions in seen.items():
        different = [stem for stems in questions.values() for stem in stems]
        if len(set(different)) != len(questions) or len(different) != len(questions):
            counts["twice"] += 1
            faults.append(f"person {who} saw a question twice, or two under one number: {questions}")
    for row in rows:
        who = row["person"]
        if by_person[who] > 1 or row["results"] != (row["state"] == "finished"):
            counts["doubled"] += 1
            faults.append(f"person {who}: {by_person[who]} sittings, {row['results']} results, {row['state']}")
        if len(set(row["shown"])) != len(row["shown"]):
            counts["twice"] += 1
            faults.append(f"person {who} was shown an item twice")
        if row["replay"]:
            counts["replay"] += 1
            faults.append(f"person {who}: {row['replay']}")
        if who in received and row["state"] != "finished":
            counts["lost"] += 1
            faults.append(f"person {who} saw a result and the sitting is {row['state']}")
    return Finding(
        acknowledged=sum(len(answers) for answers in taken.values()),
        stored=sum(len(answers) for answers in kept.values()),
        finished=sum(row["state"] == "finished" for row in rows), lost=counts["lost"], doubled=counts["doubled"],
        shown_twice=counts["twice"], replayed_otherwise=counts["replay"], faults=tuple(faults),
    )  # fmt: skip


def _form(fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in fields.items() if any(values)}
