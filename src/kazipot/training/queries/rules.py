"""How seats are offered, as data (`data/rules.yaml`)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

FILE = Path(__file__).parents[1] / "data" / "rules.yaml"


@dataclass(frozen=True, slots=True)
class SeatRules:
    """Numbers of days; see the file."""

    answer_days: int
    reoffer_answer_days: int
    last_offer_days: int
    objection_days: int
    remind_before: int
    announce_before: int


@cache
def seat_rules() -> SeatRules:
    """The rules in force."""
    return SeatRules(**yaml.safe_load(FILE.read_text("utf-8")))
