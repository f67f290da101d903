"""How well the check of postings agrees with people, beside two baselines.

PYTHONPATH=src .venv/bin/python benchmarks/hiring_check.py            # every split that is there
PYTHONPATH=src .venv/bin/python benchmarks/hiring_check.py --errors   # and each posting that it reads differently

The majority baseline gives every posting the verdict that most tuning postings have, and no codes. The keyword list
finds the 21 codes by two to six everyday words each, requires all that it finds, and says "vague" where only words like
"računalnik" stand: what somebody writes in an afternoon.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from platform import python_version

import django
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kazipot.project.settings")
django.setup()

from kazipot.hiring.queries import check_text  # noqa: E402
from tests.hiring.corpora import VERDICTS, Labelled, corpus, macro_f1, micro_f1  # noqa: E402

SPLITS = ("tuning", "tuning_more", "held_out")
DRAWS, SEED = 2_000, 20261125
KEYWORDS = {
    "1.1": ["iskanje po", "spletnih vir"], "1.2": ["verodostojn", "zanesljivost informacij"],
    "1.3": ["excel", "preglednic", "evidenc", "zbirk", "baz podatkov", "dokumentn"],
    "2.1": ["elektronsk", "e-pošt", "outlook", "zoom"], "2.2": ["omrežj", "facebook", "instagram", "objavljanj"],
    "2.3": ["eupravo", "edavki", "ajpes", "portal"], "2.4": ["teams", "sharepoint", "oblak"],
    "2.5": ["bonton", "sovražn"], "2.6": ["ugled", "identitet"],
    "3.1": ["word", "office", "powerpoint", "besedil", "predstavit", "autocad"], "3.2": ["predelav", "prilagajanj"],
    "3.3": ["avtorsk", "licenc"], "3.4": ["programiranj", "sql", "python", "makr"],
    "4.1": ["varnost", "gesl"], "4.2": ["osebnih podatkov", "gdpr"], "4.3": ["zaslon", "ergonom"],
    "4.4": ["reciklir", "odpadn"], "5.1": ["okvar", "napak", "tehničnih težav"], "5.2": ["digitalizacij", "uvajanj"],
    "5.3": ["umetne inteligence", "ustvarjaln"], "5.4": ["usposabljanj", "novost"],
}  # fmt: skip
GENERAL = ("računaln", "digitaln", "ikt")

type Answer = tuple[str, dict[str, tuple[str, str]]]


def checked(row: Labelled) -> Answer:
    reading = check_text(row.text)
    return str(reading.verdict), {d.code: (str(d.level or "-"), str(d.strength)) for d in reading.demands}


def majority(_row: Labelled) -> Answer:
    return Counter(row.verdict for row in corpus("tuning")).most_common(1)[0][0], {}


def keyword_list(row: Labelled) -> Answer:
    text = row.text.lower()
    found = {code: ("-", "required") for code, words in KEYWORDS.items() if any(word in text for word in words)}
    return "selected" if found else "vague" if any(word in text for word in GENERAL) else "none", found


METHODS: dict[str, Callable[[Labelled], Answer]] = {
    "check": checked, "keyword list": keyword_list, "majority": majority
}  # fmt: skip


def scores(rows: list[Labelled], answers: list[Answer]) -> list[float]:
    pairs = [(answer[1], row.demands) for answer, row in zip(answers, rows, strict=True)]
    return [
        macro_f1([verdict for verdict, _ in answers], [row.verdict for row in rows]),
        micro_f1(pairs),
        micro_f1(({(c, v[1]) for c, v in f.items()}, {(c, v[1]) for c, v in g.items()}) for f, g in pairs),
        micro_f1(({(c, v[0]) for c, v in f.items()}, {(c, v[0]) for c, v in g.items()}) for f, g in pairs),
    ]


def interval(rows: list[Labelled], answers: list[Answer], which: int) -> tuple[float, float]:
    """Percentile bootstrap over postings (Efron & Tibshirani, 1993, ch. 13)."""
    rng = np.random.default_rng(SEED)
    draws = []
    for _ in range(DRAWS):
        chosen = rng.integers(0, len(rows), len(rows))
        draws.append(scores([rows[i] for i in chosen], [answers[i] for i in chosen])[which])
    low, high = np.quantile(draws, [0.025, 0.975])
    return float(low), float(high)


def confusion(rows: list[Labelled], answers: list[Answer]) -> None:
    counts = Counter((row.verdict, answer[0]) for row, answer in zip(rows, answers, strict=True))
    print(f"    {'given by people':18}" + "".join(f"{verdict:>10}" for verdict in VERDICTS) + "   ← read")
    for given in VERDICTS:
        print(f"    {given:18}" + "".join(f"{counts[given, read]:>10}" for read in VERDICTS))


def differences(rows: list[Labelled], answers: list[Answer]) -> None:
    for row, (verdict, found) in zip(rows, answers, strict=True):
        if (verdict, found) != (row.verdict, row.demands):
            print(f"    {row.id}: read {verdict} {found}\n    {' ' * len(row.id)}  given {row.verdict} {row.demands}")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    print(f"Python {python_version()}")
    print("split        postings  method        verdict macro-F1      codes micro-F1        with strength  with level")
    for name in SPLITS:
        rows = corpus(name)
        for method, answer in METHODS.items() if rows else ():
            answers = [answer(row) for row in rows]
            verdict, codes, strength, level = scores(rows, answers)
            (vlow, vhigh), (clow, chigh) = interval(rows, answers, 0), interval(rows, answers, 1)
            print(
                f"{name:12} {len(rows):8}  {method:12}  {verdict:.3f} ({vlow:.2f}–{vhigh:.2f})"
                f"     {codes:.3f} ({clow:.2f}–{chigh:.2f})     {strength:13.3f}  {level:10.3f}"
            )
        if rows:
            answers = [checked(row) for row in rows]
            confusion(rows, answers)
            if options.errors:
                differences(rows, answers)
    rows = [row for name in SPLITS for row in corpus(name)]
    started = time.perf_counter()
    for row in rows:
        check_text(row.text)
    print(f"{len(rows)} postings in {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
