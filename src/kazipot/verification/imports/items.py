"""Items that come in as YAML, and parameters that come from a calibration."""

import json
from typing import Any

from django.utils.translation import gettext as _

from kazipot.core.items.definition import Item
from kazipot.core.items.written import items_from_yaml
from kazipot.foundation.errors import InputRefused, Problem
from kazipot.verification.errors import ItemFaulty
from kazipot.verification.imports.bank import bank_from
from kazipot.verification.operations import ParametersGiven


def read_items(text: str) -> list[Item]:
    """Items of a YAML text. Raises ItemFaulty naming every fault."""
    found, faults = items_from_yaml(text)
    if faults:
        raise ItemFaulty(faults)
    return found


def read_item(text: str) -> Item:
    """The one item of a YAML text. Raises ItemFaulty, or InputRefused when there are several."""
    found = read_items(text)
    if len(found) > 1:
        message, remedy = _("There are several items here."), _("Write one item.")
        raise InputRefused(message, [Problem(None, found[1].key, "", message, remedy)])
    return found[0]


def read_calibration(name: str, content: bytes) -> list[ParametersGiven]:
    """What a file of `verification calibrate` says of items named `key@version`. Raises InputRefused."""
    bank = bank_from(name, content)
    rows: list[dict[str, Any]] = json.loads(content.decode("utf-8-sig"))["items"]
    given, problems = [], []
    for number, (item, row) in enumerate(zip(bank.items, rows, strict=True), start=1):
        key, _at, version = item.name.rpartition("@")
        answers = row.get("answers", 0)
        if not key or not version.isdecimal() or not isinstance(answers, int):
            message = _("The item is not named by its key and version.")
            problems.append(Problem(number, "item", item.name, message, _("Name it like parcel-fee-sms@1.")))
            continue
        errors = row.get("se") if isinstance(row.get("se"), dict) else {}
        given.append(ParametersGiven(key, int(version), item.model, item.a, item.b, item.c, answers, errors or {}))
    if problems:
        raise InputRefused(_("The parameters were not taken over."), problems)
    return given
