"""Reads a bank of calibrated items, as `verification calibrate` writes it, with areas, enemies and a blueprint."""

import json
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from kazipot.core.psychometrics.irt import MODELS, Item
from kazipot.core.psychometrics.pool import Blueprint
from kazipot.foundation.errors import InputRefused, Problem

FILE_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bank:
    """Items, and which share of a sitting each area gets (empty: no matter)."""

    items: tuple[Item, ...]
    blueprint: Blueprint


def read_bank(path: Path) -> Bank:
    """The bank in a JSON file. Raises InputRefused naming every faulty item.

    `{"model": …, "items": [{"item", "a", "b", "c", "area", "enemies"}, …], "blueprint": {area: share}}`, where c, area,
    enemies (words shared by items that must not meet) and blueprint may be missing and an item may name its own model.
    """
    if path.stat().st_size > FILE_BYTES:
        raise _too_large(path.name)
    return bank_from(path.name, path.read_bytes())


def bank_from(name: str, written: bytes) -> Bank:
    """The bank in the content of a file, as `read_bank` reads it. Raises InputRefused."""
    if len(written) > FILE_BYTES:
        raise _too_large(name)
    content = _content(name, written)
    items, problems = [], []
    for number, entry in enumerate(content["items"], start=1):
        try:
            items.append(_item(entry, content.get("model")))
        except _FaultyItem as fault:
            problems.append(Problem(number, fault.field, fault.value, fault.message, _("Correct the item.")))
    blueprint = content.get("blueprint", {})
    if not isinstance(blueprint, dict) or not all(_is_number(share) for share in blueprint.values()):
        remedy = _('Write the share of each area, like {"A": 0.5, "B": 0.5}.')
        problems.append(Problem(None, "blueprint", "", _("The blueprint cannot be read."), remedy))
    if problems:
        raise _refused(problems)
    return Bank(tuple(items), Blueprint(blueprint))


def _too_large(name: str) -> InputRefused:
    return _refused([Problem(None, name, "", _("The file is too large."), _("Choose the right file."))])


def _content(name: str, written: bytes) -> dict[str, Any]:
    try:
        content = json.loads(written.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        message = _("This is not JSON in UTF-8.")
        line = getattr(error, "lineno", None)
        raise _refused([Problem(line, name, "", message, _("Choose the right file."))]) from error
    if not isinstance(content, dict) or not isinstance(content.get("items"), list):
        message = _("This is not a bank of items.")
        remedy = _("Choose a file that “verification calibrate” has written.")
        raise _refused([Problem(None, name, "", message, remedy)])
    return content


class _FaultyItem(Exception):
    def __init__(self, field: str, value: object, message: str) -> None:
        super().__init__(message)
        self.field, self.value, self.message = field, str(value)[:40], message


def _item(entry: Any, model: Any) -> Item:
    if not isinstance(entry, dict):
        raise _FaultyItem("item", entry, _("This is no item."))
    name = entry.get("item")
    if not isinstance(name, str | int) or isinstance(name, bool) or name == "":
        raise _FaultyItem("item", name, _("The name of the item is missing."))
    kind = entry.get("model", model)
    if kind not in MODELS:
        raise _FaultyItem("model", kind, _("There is no such model."))
    b = entry.get("b")
    steps = b if isinstance(b, list) else [b]
    for field, value in (("a", entry.get("a")), ("c", entry.get("c") or 0.0), *(("b", step) for step in steps)):
        if not _is_number(value):
            raise _FaultyItem(f"{name}.{field}", value, _("This is no number."))
    if not steps or (kind in ("rasch", "2pl", "3pl") and len(steps) > 1):
        raise _FaultyItem(f"{name}.b", b, _("The model has one difficulty for an item."))
    if kind == "grm" and any(later <= earlier for earlier, later in pairwise(steps)):
        raise _FaultyItem(f"{name}.b", b, _("The difficulties of the steps do not rise."))
    c = float(entry.get("c") or 0.0)
    if not 0 <= c < 1:
        raise _FaultyItem(f"{name}.c", c, _("The chance of guessing is not between 0 and 1."))
    return Item(
        str(name), str(kind), float(entry.get("a") or 0.0), tuple(float(step or 0.0) for step in steps), c,
        str(entry.get("area") or ""), str(entry.get("enemies") or ""),
    )  # fmt: skip


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _refused(problems: list[Problem]) -> InputRefused:
    return InputRefused(_("The bank was not read."), problems)
