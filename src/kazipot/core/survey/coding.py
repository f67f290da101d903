"""Suggests codes for a text: which competences it speaks of, how surely, and because of which words.

A lexicon says which terms point to which code, and how strongly. Terms found in a text are independent hints; a code's
score is their noisy-or, 1 − Π(1 − weight) (Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988, sec. 4.3).
A longer term outranks the shorter ones inside it: "personal data" does not also count as "data". The words of a text
come in already reduced to their keys (lemmas), so that nothing here knows a language.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

WINDOW = 4
"""The words of a term stand within so many words of the text, in any order."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, and its key."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Term:
    """Keys that together point to codes with a weight between 0 and 1; an empty mapping only hides shorter terms."""

    keys: tuple[str, ...]
    weights: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code with its score between 0 and 1, and the passages of the text that speak for it, strongest first."""

    code: str
    score: float
    because: tuple[str, ...]


def suggest(
    words: Sequence[Word], terms: Sequence[Term], *, threshold: float, beside: float, most: int
) -> list[Suggestion]:
    """The codes whose score reaches the threshold, best first, at most so many.

    A code needs at least the share `beside` of the best score: a faint hint says nothing beside a clear one.
    """
    missing: dict[str, float] = defaultdict(lambda: 1.0)
    reasons: dict[str, dict[str, float]] = defaultdict(dict)
    taken: set[int] = set()
    here = {word.key for word in words}
    for term in sorted((term for term in terms if here.issuperset(term.keys)), key=lambda term: -len(term.keys)):
        places = _places(words, term.keys, taken)
        if not places:
            continue
        taken.update(index for place in places for index in place)
        passage = " ".join(words[index].text for index in places[0])
        for code, weight in term.weights.items():
            missing[code] *= 1 - weight
            reasons[code][passage] = max(weight, reasons[code].get(passage, 0))
    best = max((1 - left for left in missing.values()), default=0.0)
    found = [
        Suggestion(code, 1 - left, tuple(sorted(reasons[code], key=lambda text: (-reasons[code][text], text))))
        for code, left in missing.items()
        if 1 - left >= max(threshold, beside * best)
    ]
    return sorted(found, key=lambda suggestion: (-suggestion.score, suggestion.code))[:most]


def _places(words: Sequence[Word], keys: tuple[str, ...], taken: set[int]) -> list[tuple[int, ...]]:
    """Where the term stands: indices of its words, each place apart from what longer terms have taken."""
    found: list[tuple[int, ...]] = []
    for start, word in enumerate(words):
        if word.key not in keys or start in taken:
            continue
        near = range(start, min(len(words), start + max(WINDOW, len(keys))))
        place: list[int] = []
        for key in keys:
            index = next((i for i in near if words[i].key == key and i not in taken and i not in place), None)
            if index is None:
                break
            place.append(index)
        if len(place) == len(keys) and start in place:
            found.append(tuple(sorted(place)))
    return found
