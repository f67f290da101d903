"""Forecasts that were kept, and the rules by which they are made (`data/outlook.yaml`)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import yaml
from django.db.models import QuerySet

from kazipot.training.models import YearOutlook as YearOutlook

FILE = Path(__file__).parents[1] / "data" / "outlook.yaml"


@dataclass(frozen=True, slots=True)
class OutlookRules:
    """Numbers of the forecast; see the file."""

    draws: int
    trial_draws: int
    alert_below: float
    wanted_chance: float
    history_years: int
    most_rounds: int
    last_day: str

    def last_day_of(self, year: int) -> date:
        """The last day on which a further session of the year is reckoned with."""
        return date.fromisoformat(f"{year}-{self.last_day}")


@cache
def outlook_rules() -> OutlookRules:
    """The rules in force."""
    return OutlookRules(**yaml.safe_load(FILE.read_text("utf-8")))


def outlooks(year: int) -> QuerySet[YearOutlook]:
    """A year's forecasts, latest first."""
    return YearOutlook.objects.filter(year=year).order_by("-as_of")


def latest_outlook(on: date) -> YearOutlook | None:
    """The latest forecast of the day's year, made by that day; None in an odd year or before the first."""
    return outlooks(on.year).filter(as_of__lte=on).first()


def is_outlook_due(on: date) -> bool:
    """Whether the day's forecast is still to be made, or to be made anew."""
    return on.year % 2 == 0 and not YearOutlook.objects.filter(year=on.year, as_of=on, is_stale=False).exists()
