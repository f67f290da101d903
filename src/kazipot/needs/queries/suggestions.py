"""Suggests DigComp 3.0 competences for what people say in Slovenian; a person decides.

The lexicon (`data/coding-sl.yaml`) goes through the same reduction to stems as the texts, so that both meet. The
learned weights (`data/coding-sl-model.npz`) are written by `benchmarks/coding_texts.py`.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np

from kazipot.core.survey.coding import Suggestion, Term, Word, suggest
from kazipot.core.survey.text_model import TextModel, read_with_clauses
from kazipot.needs.queries.stems import clauses_of, lexicon_data, words_of

LEAST_LEARNED = 0.05
"""A learned probability below this is no hint."""
CLAUSE_TRUST = 0.6
"""What a clause alone says counts so much of what the whole text says."""


class Lexicon(NamedTuple):
    """The terms with their weights, and when a code is suggested."""

    terms: tuple[Term, ...]
    by_first_key: Mapping[str, list[Term]]
    threshold: float
    beside: float
    most: int

    def terms_for(self, words: Sequence[Word]) -> list[Term]:
        """The terms that may stand in the text, because their first word does; so 10,000 texts take seconds."""
        return [term for key in dict.fromkeys(word.key for word in words) for term in self.by_first_key.get(key, ())]


@cache
def lexicon() -> Lexicon:
    """The terms with their weights."""
    data = lexicon_data()
    weights: dict[tuple[str, ...], dict[str, float]] = {_keys(phrase): {} for phrase in data["hides"]}
    for code, groups in data["codes"].items():
        for strength, phrases in groups.items():
            for phrase in phrases:
                keys = _keys(phrase)
                codes = weights.setdefault(keys, {})
                alone = strength == "spoken" and len(keys) == 1
                codes[code] = max(codes.get(code, 0.0), data["strength"]["weak" if alone else strength])
    terms = tuple(Term(keys, codes) for keys, codes in weights.items() if keys)
    by_first_key: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        by_first_key[term.keys[0]].append(term)
    return Lexicon(terms, by_first_key, data["threshold"], data["beside"], data["most"])


@cache
def learned() -> TextModel:
    """The weights as they ship."""
    with as_file(files("kazipot.needs").joinpath("data/coding-sl-model.npz")) as path, np.load(path) as data:
        names = data["vocabulary"].tobytes().decode().split("\n")
        return TextModel(
            codes=tuple(str(code) for code in data["codes"]),
            vocabulary={name: row for row, name in enumerate(names)},
            rarity=data["rarity"].astype(np.float64),
            weights=data["weights"] * float(data["scale"]),
            intercepts=data["intercepts"],
        )


def suggest_codes(text: str) -> list[Suggestion]:
    """Competences that a text speaks of, best first, each with the words that speak for it."""
    words, known = words_of(text), lexicon()
    return suggest(
        words,
        known.terms_for(words),
        threshold=known.threshold,
        beside=known.beside,
        most=known.most,
        learned=read_with_clauses(learned(), words, clauses_of(text), least=LEAST_LEARNED, trust=CLAUSE_TRUST),
    )


def _keys(phrase: str) -> tuple[str, ...]:
    return tuple(word.key for word in words_of(str(phrase)))
