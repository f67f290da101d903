"""Reading JSON member by member: every fault is noted with its place, and reading goes on."""

import json
import math
import re
from collections.abc import Collection
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kazipot.foundation.errors import InputRefused, Problem

FILE_BYTES = 1024 * 1024 * 1024
SHOWN = 200
"""So many faults are listed; a file with more has one cause."""
CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class _NotANumber(ValueError):
    """NaN or Infinity stands in the file."""


def _refuse_constant(text: str) -> float:
    raise _NotANumber(text)


def load(path: Path) -> dict[str, Any]:
    """The JSON object in a file. Raises InputRefused, and FileNotFoundError as it is."""
    if path.is_dir():
        raise refused([Problem(None, str(path), "", _("This is a folder."), _("Give a file."))])
    if path.stat().st_size > FILE_BYTES:
        raise refused([Problem(None, path.name, "", _("The file is too large."), _("Leave out who has no need."))])
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant)
    except _NotANumber as error:
        message = _("This is no number.")
        raise refused([Problem(None, path.name, str(error), message, _("Write an ordinary number."))]) from error
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        message = _("This is not JSON in UTF-8.")
        row = getattr(error, "lineno", None)
        raise refused([Problem(row, path.name, "", message, _("Correct it."))]) from error
    if not isinstance(content, dict):
        message = _("This is not a JSON object.")
        raise refused([Problem(None, path.name, "", message, _("Write it as the documentation shows."))])
    return content


def refused(problems: list[Problem]) -> InputRefused:
    """The refusal of a file with these problems."""
    return InputRefused(_("The file was not read."), problems)


class Reading:
    """The faults found so far. Each reader returns a value that can be gone on with; `found` decides at the end."""

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def fault(self, place: str, value: object, message: str, remedy: str) -> None:
        """Note a fault."""
        self.found.append(Problem(None, place, "" if value is None else str(value)[:60], message, remedy))

    def finish(self) -> None:
        """Raise InputRefused if anything was found."""
        if len(self.found) > SHOWN:
            more = len(self.found) - SHOWN
            del self.found[SHOWN:]
            self.fault("…", None, _("There are %(more)s more faults.") % {"more": more}, _("Correct these first."))
        if self.found:
            raise refused(self.found)

    def object(self, value: Any, place: str, known: Collection[str], *, strict: bool = False) -> dict[str, Any]:
        """An object. A member that looks like a known one, or is unknown where it would matter, is a fault."""
        if not isinstance(value, dict):
            self.fault(place, value, _("This is not an object."), _("Write it in braces, with its members."))
            return {}
        if not value.keys() <= set(known):
            for name in [name for name in value if name not in known]:
                close = get_close_matches(name, [other for other in known if other not in value], 1, 0.75)
                if close:
                    remedy = _("Did you mean %(name)s?") % {"name": close[0]}
                    self.fault(f"{place}.{name}", None, _("There is no such member."), remedy)
                elif strict:
                    remedy = _("Take it out, or correct its name.")
                    self.fault(f"{place}.{name}", None, _("There is no such member."), remedy)
        return value

    def items(self, item: dict[str, Any], key: str, place: str, *, missing: list[Any] | None = None) -> list[Any]:
        """A list; `missing` is what an absent one counts as."""
        value = item.get(key, missing)
        if isinstance(value, list):
            return value
        self.fault(f"{place}{key}", value, _("This is not a list."), _("Write a list in square brackets."))
        return []

    def text(self, item: dict[str, Any], key: str, place: str) -> str:
        """A text that isn't empty."""
        value = item.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(f"{place}{key}", value, _("A text is missing."), _("Write a text in quotation marks."))
        return ""

    def texts(self, item: dict[str, Any], key: str, place: str, *, missing: list[Any] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        values = self.items(item, key, place, missing=missing)
        for i, value in enumerate(values):
            if not isinstance(value, str) or not value.strip():
                self.fault(f"{place}{key}[{i}]", value, _("A text is missing."), _("Write a text in quotation marks."))
                return ()
        return tuple(values)

    def whole(self, item: dict[str, Any], key: str, place: str, *, least: int = 0) -> int:
        """A whole number, at least `least`."""
        value = item.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            if value >= least:
                return value
            message = _("The number is less than %(least)s.") % {"least": least}
            self.fault(f"{place}{key}", value, message, _("Write a greater one."))
            return least
        self.fault(f"{place}{key}", value, _("A whole number is missing."), _("Write one, without quotation marks."))
        return least

    def number(
        self, item: dict[str, Any], key: str, place: str, *, missing: float | None = None, most: float = math.inf
    ) -> float:
        """A number from 0 to `most`; `missing` is what an absent one counts as."""
        value = item.get(key, missing)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            if value < 0:
                self.fault(f"{place}{key}", value, _("The number is negative."), _("Write 0 or more."))
                return 0.0
            if value > most:
                message = _("The number is more than %(most)s.") % {"most": most}
                self.fault(f"{place}{key}", value, message, _("Write a smaller one."))
                return most
            return value
        self.fault(f"{place}{key}", value, _("A number is missing."), _("Write one, without quotation marks."))
        return 0.0

    def day(self, value: Any, place: str) -> date | None:
        """A day as 2026-03-02."""
        if isinstance(value, str) and DAY.fullmatch(value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                self.fault(place, value, _("This date does not exist."), _("Correct the day."))
                return None
        self.fault(place, value, _("This is no date."), _("Write it like 2026-03-02."))
        return None

    def days(self, item: dict[str, Any], key: str, place: str) -> tuple[date, ...]:
        """A list of days; an absent one is empty."""
        values = self.items(item, key, place, missing=[])
        found = [self.day(value, f"{place}{key}[{i}]") for i, value in enumerate(values)]
        return tuple(day for day in found if day is not None)

    def clock(self, item: dict[str, Any], key: str, place: str) -> int | None:
        """A time of day as 09:00, in minutes after midnight."""
        value = item.get(key)
        if isinstance(value, str) and CLOCK.fullmatch(value):
            return int(value[:2]) * 60 + int(value[3:])
        self.fault(f"{place}{key}", value, _("This is no time of day."), _("Write it like 09:00."))
        return None
