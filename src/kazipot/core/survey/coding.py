"""Suggests codes for a text: which competences it speaks of, how surely, and because of which words.

A lexicon says which terms point to which code, and how strongly. Terms found in a text are independent hints; a code's
score is their noisy-or, 1 − Π(1 − weight) (Pearl, "Probabilistic Reasoning in Intelligent Systems", 1988, sec. 4.3).
A longer term outranks the shorter ones inside it: "personal data" does not also count as "data". The words of a text
come in already reduced to their keys (lemmas), so that nothing here knows a language.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

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
class Hint:
    """What speaks for a code: a score between 0 and 1, and passages of the text with how much each says."""

    score: float
    passages: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code with its score between 0 and 1, and the passages of the text that speak for it, strongest first."""

    code: str
    score: float
    because: tuple[str, ...]


def suggest(
    words: Sequence[Word],
    terms: Sequence[Term],
    *,
    threshold: float,
    beside: float,
    most: int,
    learned: Mapping[str, Hint] | None = None,
) -> list[Suggestion]:
    """The codes whose score reaches the threshold, best first, at most so many.

    What a model has learned (`text_model.read`) is one more independent hint for its code; its passages are named
    after those of the lexicon. A code needs at least the share `beside` of the best score: a faint hint says nothing
    beside a clear one.
    """
    found = [_joined(code, hints) for code, hints in _by_code(named(words, terms), learned or {}).items()]
    best = max((suggestion.score for suggestion in found), default=0.0)
    kept = [suggestion for suggestion in found if suggestion.score >= max(threshold, beside * best)]
    return sorted(kept, key=lambda suggestion: (-suggestion.score, suggestion.code))[:most]


def named(words: Sequence[Word], terms: Sequence[Term]) -> dict[str, Hint]:
    """What the terms found in the text say, by code."""
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
    return {code: Hint(1 - left, reasons[code]) for code, left in missing.items()}


def _by_code(*sources: Mapping[str, Hint]) -> dict[str, list[Hint]]:
    return {code: [hints[code] for hints in sources if code in hints] for hints in sources for code in hints}


def _joined(code: str, hints: Sequence[Hint]) -> Suggestion:
    """Noisy-or of the hints; each passage once."""
    said = [text for hint in hints for text in sorted(hint.passages, key=lambda text: (-hint.passages[text], text))]
    return Suggestion(code, 1 - prod(1 - hint.score for hint in hints), tuple(dict.fromkeys(said)))


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
