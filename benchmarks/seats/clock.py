"""The clock of a test: real time, moved by so many seconds as a file says. Every process of the test looks there."""

import importlib
import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

FILE = "KAZIPOT_LOAD_CLOCK"


def _real() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def moved(path: Path) -> timedelta:
    """How far the clock is moved."""
    return timedelta(seconds=float(path.read_text()))


def move_to(moment: datetime, path: Path) -> None:
    """From now on it is this moment, and time goes on from there. Whole at once: nobody reads half a number."""
    fresh = path.with_suffix(".new")
    fresh.write_text(str((moment - _real()).total_seconds()))
    fresh.replace(path)


def install() -> None:
    """Let the product look at this clock, in the one place where it reads the time."""
    path = Path(os.environ[FILE])
    timezone = importlib.import_module("django.utils.timezone")
    timezone.now = lambda: _real() + moved(path)
