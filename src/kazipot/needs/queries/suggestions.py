"""Suggests DigComp 3.0 competences for what people say in Slovenian; a person decides.

Words are reduced to lemmas (simplemma) and, because no dictionary holds every form, to stems: an ending is cut off when
at least four letters stay. The lexicon (`data/coding-sl.yaml`) goes through the same reduction, so that both meet.
"""

import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import simplemma
import yaml

from kazipot.core.survey.coding import Suggestion, Term, Word, suggest

WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
ENDINGS = sorted(
    [
        "ega", "emu", "imi", "ima", "ami", "ama", "oma", "ema", "ovi", "ati", "iti", "eti", "ajo", "ijo", "ejo", "amo",
        "imo", "emo", "ate", "ite", "ete", "il", "ila", "ilo", "ili", "al", "ala", "ali", "el", "ela", "eli", "am",
        "im", "em", "om", "aš", "iš", "eš", "ah", "ih", "eh", "ov", "ev", "oga", "mi", "ti", "a", "e", "i", "o", "u",
    ],
    key=len,
    reverse=True,
)  # fmt: skip
SHORTEST_STEM = 4


class Lexicon(NamedTuple):
    """The terms with their weights, and when a code is suggested."""

    terms: tuple[Term, ...]
    threshold: float
    beside: float
    most: int


def key_of(word: str) -> str:
    """What a word is compared by: the stem of its lemma."""
    lemma: str = simplemma.lemmatize(word.lower(), lang="sl").lower()
    for ending in ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= SHORTEST_STEM:
            return lemma[: -len(ending)]
    return lemma


def words_of(text: str) -> list[Word]:
    """The words that carry meaning, in order."""
    found = (Word(match[0], key_of(match[0])) for match in WORD.finditer(text))
    small = _data()["small_words"]
    return [word for word in found if word.text.lower() not in small]


@cache
def _data() -> dict[str, Any]:
    """The file as it ships; read once."""
    text = files("kazipot.needs").joinpath("data/coding-sl.yaml").read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.safe_load(text)
    data["small_words"] = frozenset(str(word) for word in data["small_words"])
    return data


@cache
def lexicon() -> Lexicon:
    """The terms with their weights."""
    data = _data()
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
