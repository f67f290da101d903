"""The standard of the test as data: the pass mark, error rates and lengths, by version."""

from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from kazipot.core.psychometrics.stopping import Rules
from kazipot.verification.choices import Purpose


@dataclass(frozen=True, slots=True)
class Standard:
    """One version; see data/standard.yaml for what each figure means."""

    version: int
    valid_from: date
    cut: float
    false_pass: float
    false_fail: float
    min_items: int
    max_items: int
    max_exposure: float
    pilots: int
    minutes: int
    question_minutes: int
    open_days: int
    practice_items: int

    def rules_kept(self, purpose: str) -> dict[str, Any]:
        """What a sitting keeps: everything that its course follows from. Practice has a fixed length."""
        kept = asdict(self)
        del kept["version"], kept["valid_from"], kept["practice_items"]
        if purpose == Purpose.PRACTICE:
            kept |= {"min_items": self.practice_items, "max_items": self.practice_items, "pilots": 0}
            kept |= {"max_exposure": 1.0}
        return kept


@cache
def standards() -> tuple[Standard, ...]:
    """All versions, the latest last."""
    text = files("kazipot.verification").joinpath("data/standard.yaml").read_text(encoding="utf-8")
    return tuple(Standard(**entry) for entry in yaml.safe_load(text))


def standard_on(on: date) -> Standard:
    """The version in force on a day; the first one for days before it."""
    return next((found for found in reversed(standards()) if found.valid_from <= on), standards()[0])


def rules_of(kept: dict[str, Any], purpose: str) -> Rules:
    """The rules that a sitting keeps, for the mathematics. Practice asks what tells most about the person."""
    return Rules(
        cut=kept["cut"], false_pass=kept["false_pass"], false_fail=kept["false_fail"], min_items=kept["min_items"],
        max_items=kept["max_items"], max_exposure=kept["max_exposure"],
        target="ability" if purpose == Purpose.PRACTICE else "cut",
    )  # fmt: skip
