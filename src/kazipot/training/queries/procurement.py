"""Thresholds of public procurement, as data (`data/procurement.yaml`): what a value asks for."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings

SHIPPED = Path(__file__).parents[1] / "data" / "procurement.yaml"


@dataclass(frozen=True, slots=True)
class ProcurementRules:
    """Values in euros without VAT; see the file."""

    valid_from: date
    law: str
    procedure_from: int
    special_services_from: int
    list_from: int
    single_offer_below: int
    offers_wanted: int

    def wanted(self, value: Decimal) -> int:
        """How many offers are to be sought for an order of this value."""
        return 1 if value < self.single_offer_below else self.offers_wanted

    def is_listed(self, value: Decimal) -> bool:
        """Whether the order stands in the yearly list of orders below the thresholds."""
        return value >= self.list_from

    def may_be_special(self, value: Decimal) -> bool:
        """Whether the order may be placed without a procedure only as one of the special services."""
        return self.procedure_from <= value < self.special_services_from


@cache
def _read(path: Path) -> tuple[ProcurementRules, ...]:
    rows = [ProcurementRules(**row) for row in yaml.safe_load(path.read_text("utf-8"))]
    return tuple(sorted(rows, key=lambda row: row.valid_from))


def procurement_rules(on: date) -> ProcurementRules:
    """The rules that hold on a day; before the first entry, the first."""
    rows = _read(Path(settings.KAZIPOT_PROCUREMENT or SHIPPED))
    return max((row for row in rows if row.valid_from <= on), key=lambda row: row.valid_from, default=rows[0])
