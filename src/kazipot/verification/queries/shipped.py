"""What ships with the product: its items and its blueprint, read from the package."""

from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

from kazipot.core.items.definition import Item as Definition
from kazipot.core.items.reading import NoItem
from kazipot.core.items.written import items_from_yaml


@dataclass(frozen=True, slots=True)
class ShippedArea:
    """An area of the shipped blueprint."""

    key: str
    title_sl: str
    title_en: str
    percent: int


def shipped_blueprint() -> list[ShippedArea]:
    """The areas in order."""
    text = files("kazipot.verification").joinpath("data/blueprint.yaml").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = yaml.safe_load(text)
    return [ShippedArea(row["key"], row["title"]["sl"], row["title"]["en"], row["percent"]) for row in rows]


def shipped_items() -> list[Definition]:
    """All items, area by area. Raises NoItem naming every fault of the files."""
    found: list[Definition] = []
    folder = files("kazipot.verification").joinpath("data/items")
    for file in sorted(folder.iterdir(), key=lambda each: each.name) if folder.is_dir() else ():
        if file.name.endswith(".yaml"):
            items, faults = items_from_yaml(file.read_text(encoding="utf-8"), area=file.name.removesuffix(".yaml"))
            if faults:
                raise NoItem(faults)
            found += items
    return found


EXAMPLES = ("message", "hotspot", "scenario")
"""Items to begin with, as text."""


def example_of(name: str) -> str:
    """The text of an example; empty when there is none of the name."""
    if name not in EXAMPLES:
        return ""
    return files("kazipot.verification").joinpath("data", "examples", f"{name}.yaml").read_text(encoding="utf-8")
