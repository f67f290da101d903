"""The demo city, as a newcomer builds it: the command's figures agree with an independent count of a plain dump."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kazipot.project.cli.arguments import parser
from kazipot.project.cli.commands import run
from kazipot.project.demo.build import build_city
from tests.independent import dump, recompute

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAYS = ("2023-12-31", "2024-03-15", "2024-12-31", "2025-12-31", "2026-11-20")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path


def test_demo_city_indicators_agree_with_an_independent_count(
    capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    build_city(people=100, seed=1, report=lambda text: None)
    told = json.loads((settings.DATA / "demo-accounts.json").read_text(encoding="utf-8"))
    assert {row["username"] for row in told["accounts"]} >= {"sluzba", "svetovalka", "vodja", "kadri", "zaposlena"}
    assert sorted(told["links"]) == ["provider", "questionnaire", "seat"]
    tables = dump(connection)
    seen: dict[str, set[tuple[int, int]]] = {}
    for day in DAYS:
        capsys.readouterr()
        assert run(parser().parse_args(["indicators", "--as-of", day, "--json"])) == 0
        told = json.loads(capsys.readouterr().out)
        assert told["as_of"] == day
        counted = {row["id"]: (row["numerator"], row["denominator"]) for row in told["indicators"]}
        assert counted == recompute(tables, date.fromisoformat(day)), day
        for name, figures in counted.items():
            seen.setdefault(name, set()).add(figures)
    assert sorted(seen) == ["M1", "M2", "M3", "M4", "M5"]
    assert [name for name, figures in seen.items() if len(figures) == 1] == []
