"""What a value asks for by the rules of public procurement, which are data."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kazipot.training.queries import procurement_rules

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("value", "offers", "listed", "special"),
    [
        ("4999.99", 1, False, False),
        ("5000", 3, False, False),
        ("9999.99", 3, False, False),
        ("10000", 3, True, False),
        ("39999.99", 3, True, False),
        ("40000", 3, True, True),
        ("749999.99", 3, True, True),
        ("750000", 3, True, False),
    ],
)
def test_value_asks_for_offers_and_a_place_in_the_list(value: str, offers: int, listed: bool, special: bool) -> None:
    rules, amount = procurement_rules(TODAY), Decimal(value)
    assert (rules.wanted(amount), rules.is_listed(amount), rules.may_be_special(amount)) == (offers, listed, special)


def test_city_brings_its_own_rules_which_hold_from_their_day(settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    entry = "- {valid_from: %s, law: x, procedure_from: %s, special_services_from: 9, list_from: 1, "
    entry += "single_offer_below: 1, offers_wanted: 2}\n"
    file.write_text(entry % ("2027-01-01", 50_000) + entry % ("2022-01-01", 40_000), encoding="utf-8")
    settings.KAZIPOT_PROCUREMENT = str(file)
    assert procurement_rules(date(2026, 12, 31)).procedure_from == 40_000
    assert procurement_rules(date(2027, 1, 1)).procedure_from == 50_000
    assert procurement_rules(date(2020, 1, 1)).procedure_from == 40_000
