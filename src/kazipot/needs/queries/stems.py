"""Reduces Slovenian words, as people say them, to what they are compared by.

A word loses its capitals; what is said in several ways (mejl, mail, e-pošta) gets one spelling (`same` in the lexicon);
the rest is reduced to its stem (`core.language.words`).
"""

import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from kazipot.core.language.words import WORD, stem_of, without_hooks
from kazipot.core.survey.coding import Word

BETWEEN_CLAUSES = re.compile(r"[.,;:!?–]+|\b(?:pa|in|zraven|ampak|ker)\b", re.IGNORECASE)


@lru_cache(maxsize=100_000)
def key_of(word: str) -> str:
    """What a word is compared by: the stem of its lemma, or the one spelling of a loanword."""
    small = without_hooks(word)
    for pattern, spelling in _same():
        if pattern.fullmatch(small):
            return spelling
    return stem_of(word)


def words_of(text: str) -> list[Word]:
    """The words that carry meaning, in order."""
    small = lexicon_data()["small_words"]
    return [Word(match[0], key_of(match[0])) for match in WORD.finditer(text) if without_hooks(match[0]) not in small]


def clauses_of(text: str) -> list[list[Word]]:
    """The words of each clause of at least two, where the text has several: people say one thing after the other."""
    clauses = [words for clause in BETWEEN_CLAUSES.split(text) if len(words := words_of(clause)) > 1]
    return clauses if len(clauses) > 1 else []


@cache
def lexicon_data() -> dict[str, Any]:
    """The file as it ships; read once."""
    text = files("kazipot.needs").joinpath("data/coding-sl.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    data["small_words"] = frozenset(without_hooks(str(word)) for word in data["small_words"])
    return data


@cache
def _same() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), spelling) for spelling, pattern in lexicon_data()["same"].items()]
