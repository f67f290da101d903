"""The demo city's files: units, names, job profiles, courses. Nothing but reading."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A line of units.csv; `headcount` is an estimate, 0 where the file gives none."""

    employer: str
    code: str
    name_sl: str
    name_en: str
    kind: str
    must_have_advisor: bool
    headcount: int


@cache
def units() -> tuple[UnitRow, ...]:
    """The city's units, in the file's order."""
    with (FOLDER / "units.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            UnitRow(
                employer=row["employer_code"],
                code=row["code"],
                name_sl=row["name_sl"],
                name_en=row["name_en"],
                kind=row["kind"],
                must_have_advisor=row["must_have_advisor"] == "yes",
                headcount=int(row["approx_headcount"] or 0),
            )
            for row in csv.DictReader(file)
        )


@cache
def read(name: str) -> dict[str, Any]:
    """One of the YAML files beside units.csv."""
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return found
