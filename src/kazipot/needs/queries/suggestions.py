"""Suggests DigComp 3.0 competences for what people say in Slovenian; a person decides.

The lexicon (`data/coding-sl.yaml`) goes through the same reduction to stems as the texts, so that both meet.
"""

from functools import cache
from typing import NamedTuple

from kazipot.core.survey.coding import Suggestion, Term, suggest
from kazipot.needs.queries.stems import lexicon_data, words_of


class Lexicon(NamedTuple):
    """The terms with their weights, and when a code is suggested."""

    terms: tuple[Term, ...]
    threshold: float
    beside: float
    most: int


@cache
def lexicon() -> Lexicon:
    """The terms with their weights."""
    data = lexicon_data()
    weights: dict[tuple[str, ...], dict[str, float]] = {_keys(phrase): {} for phrase in data["hides"]}
    for code, groups in data["codes"].items():
        for strength, phrases in groups.items():
            for phrase in phrases:
                codes = weights.setdefault(_keys(phrase), {})
                codes[code] = max(codes.get(code, 0.0), data["strength"][strength])
    terms = tuple(Term(keys, codes) for keys, codes in weights.items() if keys)
    return Lexicon(terms, data["threshold"], data["beside"], data["most"])


def suggest_codes(text: str) -> list[Suggestion]:
    """Competences that a text speaks of, best first, each with the words that speak for it."""
    terms, threshold, beside, most = lexicon()
    return suggest(words_of(text), terms, threshold=threshold, beside=beside, most=most)


def _keys(phrase: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(str(phrase)))
