"""The items that ship: whole, fair, enough of them, half of them with something realistic to look at."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from kazipot.core.items.checking import faults_of
from kazipot.core.items.definition import AREAS, Item, Kind
from kazipot.core.items.expert import expert_parameters
from kazipot.core.items.lint import findings_in
from kazipot.core.items.presentation import shown
from kazipot.core.items.scoring import points, right_answer, score
from kazipot.core.items.written import as_yaml, items_from_yaml
from kazipot.core.psychometrics.irt import Item as Calibrated
from kazipot.core.psychometrics.irt import information
from kazipot.verification import operations, queries
from kazipot.verification.operations import Loaded
from tests.factories.items import AT

ITEMS = queries.shipped_items()
LENGTH = 20
"""Questions of a usual sitting."""


def has_artefact(item: Item) -> bool:
    """Whether an item, or a part of its story, shows something realistic."""
    return item.artefact is not None or any(part.artefact for part in item.parts)


def test_every_item_is_whole_in_both_languages() -> None:
    assert [fault for item in ITEMS for fault in faults_of(item)] == []


def test_no_item_gives_its_answer_away() -> None:
    assert findings_in(ITEMS) == []


def test_there_are_enough_items_in_every_area() -> None:
    areas = Counter(item.area for item in ITEMS)
    assert len(ITEMS) >= 150
    assert set(areas) == set(AREAS)
    assert min(areas.values()) >= 12


def test_table_of_the_method_tells_how_many_items_there_are() -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "methods" / "item-bank.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line[:2] == "| "]
    kinds = Counter((item.area, str(item.kind)) for item in ITEMS)
    heading, _rule, *told = rows[next(n for n, row in enumerate(rows) if row[0] == "area") :][: len(AREAS) + 3]
    assert heading == ["area", *Kind, "all"]
    counted = [[area, *(str(kinds[area, kind]) for kind in Kind)] for area in AREAS]
    assert told == [
        *([*row, str(sum(map(int, row[1:])))] for row in counted),
        ["all", *(str(sum(kinds[area, kind] for area in AREAS)) for kind in Kind), str(len(ITEMS))],
    ]
    artefacts = sum(map(has_artefact, ITEMS))
    assert f"{artefacts} have something realistic to look at." in text


def test_at_least_half_show_something_realistic() -> None:
    assert 2 * sum(map(has_artefact, ITEMS)) >= len(ITEMS)


def test_keys_are_unique() -> None:
    assert [key for key, times in Counter(item.key for item in ITEMS).items() if times > 1] == []


def test_right_answer_of_every_item_earns_all_its_points() -> None:
    assert [item.key for item in ITEMS if score(item, right_answer(item)) != points(item)] == []


def test_every_item_is_shown_in_both_languages_and_survives_yaml() -> None:
    for item in ITEMS:
        assert shown(item, 1, "sl") != shown(item, 1, "en")
    assert items_from_yaml(as_yaml(ITEMS)) == (ITEMS, [])


def test_shares_of_the_blueprint_are_whole_per_cent_and_every_area_has_items_for_its_share() -> None:
    areas = Counter(item.area for item in ITEMS)
    blueprint = queries.shipped_blueprint()
    assert sum(area.percent for area in blueprint) == 100
    assert [area.key for area in blueprint] == list(AREAS)
    assert [area.key for area in blueprint if areas[area.key] < 3 * area.percent * LENGTH / 100] == []


def test_bank_informs_about_easy_and_hard_abilities() -> None:
    """Enough to tell people apart from θ = −1.5 to 1.5: the 20 most telling items give a standard error below 0.5."""
    bank = [Calibrated(item.key, *expert_parameters(item)) for item in ITEMS]
    told = np.sort(information(bank, np.linspace(-1.5, 1.5, 7)), axis=0)[-LENGTH:].sum(axis=0)
    assert (1 / np.sqrt(told)).max() < 0.5


@pytest.mark.django_db
def test_all_items_come_into_the_bank() -> None:
    assert operations.load_builtin_items(at=AT, actor=None) == Loaded(added=len(ITEMS))
    assert len(queries.live_items(AT)) == len(ITEMS)
    assert operations.load_builtin_items(at=AT, actor=None) == Loaded(unchanged=len(ITEMS))
