"""Learns the weights for suggested codes, chooses by cross-validation, and measures on every set of coded texts.

PYTHONPATH=src .venv/bin/python benchmarks/coding_texts.py            # measures what ships, with bootstrap intervals
PYTHONPATH=src .venv/bin/python benchmarks/coding_texts.py --choose   # cross-validates the choices, about ten minutes
PYTHONPATH=src .venv/bin/python benchmarks/coding_texts.py --write    # learns the weights and writes them
"""

import argparse
import hashlib
import itertools
import json
import os
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django
import numpy as np

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazipot.project.settings")
django.setup()

from kazipot.core.survey.coding import Suggestion, Word, suggest  # noqa: E402
from kazipot.core.survey.text_fit import Example, fit  # noqa: E402
from kazipot.core.survey.text_model import TextModel, read_with_clauses  # noqa: E402
from kazipot.needs.queries.stems import clauses_of, lexicon_data, words_of  # noqa: E402
from kazipot.needs.queries.suggestions import CLAUSE_TRUST, LEAST_LEARNED, lexicon, suggest_codes  # noqa: E402

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tests/needs/data"
DATA = ROOT / "src/kazipot/needs/data"
LEARNED_FROM = ("development", "tuning", "fresh")
MEASURED = ("tuning", "development", "fresh", "held-out", "check")
LOOSENESS, PHRASE_WEIGHT = 100.0, 0.6
FOLDS, SEED = 5, 20261125

type Codes = frozenset[str]


def texts(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((TEXTS / f"coding-{name}.json").read_text(encoding="utf-8"))
    return rows


def coded(name: str) -> list[tuple[list[Word], Codes]]:
    return [(words_of(row["text"]), frozenset(row["codes"])) for row in texts(name)]


def phrases(weight: float) -> list[Example]:
    """The lexicon's phrases as little texts, those about nothing too."""
    found: dict[str, set[str]] = defaultdict(set, {str(phrase): set() for phrase in lexicon_data()["nothing"]})
    for code, groups in lexicon_data()["codes"].items():
        for strength in ("strong", "medium", "spoken"):
            for phrase in groups[strength]:
                found[str(phrase)].add(code)
    return [Example(_keys(words_of(phrase)), frozenset(codes), weight) for phrase, codes in sorted(found.items())]


def learn(pairs: Sequence[tuple[list[Word], Codes]], looseness: float, weight: float) -> TextModel:
    examples = [Example(_keys(words), codes, 1.0) for words, codes in pairs]
    return fit([*examples, *phrases(weight)], sorted(lexicon_data()["codes"]), looseness=looseness)


def f1(pairs: Sequence[tuple[Codes, Codes]]) -> float:
    right = sum(len(suggested & given) for suggested, given in pairs)
    return 2 * right / max(1, sum(len(suggested) + len(given) for suggested, given in pairs))


def interval(pairs: Sequence[tuple[Codes, Codes]], rng: np.random.Generator) -> tuple[float, float]:
    """Percentile bootstrap over texts, 2,000 draws (Efron & Tibshirani, 1993, ch. 13)."""
    draws = [f1([pairs[i] for i in rng.integers(0, len(pairs), len(pairs))]) for _ in range(2000)]
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


def choose() -> None:
    """Micro-F1 on development texts that the weights were not learned from, for each choice."""
    development, others = coded("development"), coded("tuning") + coded("fresh")
    clauses = [clauses_of(row["text"]) for row in texts("development")]
    fold = np.random.default_rng(SEED).permutation(len(development)) % FOLDS
    known = lexicon()
    for looseness, weight in itertools.product((30.0, 100.0), (0.6, 1.0)):
        models = [
            learn([development[i] for i in np.flatnonzero(fold != k)] + others, looseness, weight) for k in range(FOLDS)
        ]
        for trust in (0.01, CLAUSE_TRUST, 0.8):
            found: list[tuple[list[Suggestion], Codes]] = []
            for i, (words, given) in enumerate(development):
                hints = read_with_clauses(models[fold[i]], words, clauses[i], least=LEAST_LEARNED, trust=trust)
                terms = known.terms_for(words)
                found.append((suggest(words, terms, threshold=0, beside=0, most=known.most, learned=hints), given))
            for threshold, beside in itertools.product(np.arange(0.34, 0.78, 0.04), (0.4, 0.5, 0.6, 0.7, 0.8)):
                pairs = [(_above(suggestions, float(threshold), beside), given) for suggestions, given in found]
                several = [pair for pair in pairs if len(pair[1]) > 1]
                choice = f"{looseness=} phrases={weight} {trust=} {threshold=:.2f} {beside=}"
                print(f"{f1(pairs):.3f} (several codes {f1(several):.3f}) {choice}")


def write() -> None:
    model = learn([pair for name in LEARNED_FROM for pair in coded(name)], LOOSENESS, PHRASE_WEIGHT)
    scale = np.abs(model.weights).max() / 127
    np.savez_compressed(
        DATA / "coding-sl-model.npz",
        codes=np.array(model.codes),
        vocabulary=np.frombuffer("\n".join(model.vocabulary).encode(), dtype=np.uint8),
        rarity=model.rarity.astype(np.float32),
        weights=np.rint(model.weights / scale).astype(np.int8),
        scale=scale,
        intercepts=model.intercepts,
        learned_from=np.array(digest_of_sources()),
    )


def digest_of_sources() -> str:
    """Says which lexicon and texts the weights came from."""
    sources = [DATA / "coding-sl.yaml", *(TEXTS / f"coding-{name}.json" for name in LEARNED_FROM)]
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def measure(names: Sequence[str]) -> None:
    rng = np.random.default_rng(SEED)
    print("set          texts  micro-F1  95 % interval  precision  recall")
    for name in names:
        rows = texts(name)
        pairs = [(frozenset(s.code for s in suggest_codes(row["text"])), frozenset(row["codes"])) for row in rows]
        right = sum(len(suggested & given) for suggested, given in pairs)
        precision = right / sum(len(suggested) for suggested, _ in pairs)
        recall = right / sum(len(given) for _, given in pairs)
        low, high = interval(pairs, rng)
        print(f"{name:12} {len(rows):5}  {f1(pairs):8.3f}  {low:.2f} to {high:.2f}   {precision:9.3f}  {recall:6.3f}")
    many = [row["text"] for row in texts("development")]
    started = time.process_time()
    for number in range(10_000):
        suggest_codes(many[number % len(many)])
    print(f"10,000 texts in {time.process_time() - started:.1f} processor seconds")


def _above(suggestions: Sequence[Suggestion], threshold: float, beside: float) -> Codes:
    """What `suggest` would keep (the best comes first)."""
    least = max(threshold, beside * suggestions[0].score) if suggestions else 1.0
    return frozenset(suggestion.code for suggestion in suggestions if suggestion.score >= least)


def _keys(words: Sequence[Word]) -> tuple[str, ...]:
    return tuple(word.key for word in words)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--sets", nargs="*", default=MEASURED)
    asked = parser.parse_args()
    if asked.choose:
        choose()
    elif asked.write:
        write()
    else:
        measure(asked.sets)
