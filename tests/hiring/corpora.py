"""Postings with what they demand, as people labelled them (`corpus/README.md`), and how well the check agrees."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

FOLDER = Path(__file__).parent / "corpus"
VERDICTS = ("selected", "vague", "none")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A posting with its verdict and demands: code → (level or "-", strength)."""

    id: str
    text: str
    verdict: str
    demands: dict[str, tuple[str, str]]


def corpus(name: str) -> list[Labelled]:
    """A file of the corpus; empty if it isn't there."""
    path = FOLDER / f"{name}.yaml"
    if not path.exists():
        return []
    return [
        Labelled(
            row["id"], row["text"], row["verdict"], {d.split()[0]: (d.split()[1], d.split()[2]) for d in row["demands"]}
        )
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def micro_f1(pairs: Iterable[tuple[Iterable[object], Iterable[object]]]) -> float:
    """Over all pairs of (found, given) together (van Rijsbergen, 1979, ch. 7)."""
    sets = [(set(found), set(given)) for found, given in pairs]
    right = sum(len(found & given) for found, given in sets)
    return 2 * right / max(1, sum(len(found) + len(given) for found, given in sets))


def macro_f1(found: Sequence[str], given: Sequence[str]) -> float:
    """The mean over the verdicts of the F1 of each, so that the rare ones count as much as the frequent ones."""
    counts = Counter(zip(found, given, strict=True))
    scores = []
    for verdict in VERDICTS:
        right = counts[verdict, verdict]
        named = sum(number for pair, number in counts.items() for one in pair if one == verdict)
        scores.append(2 * right / named if named else 1.0)
    return sum(scores) / len(scores)
