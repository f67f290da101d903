"""The two commands of the allocation: exit codes, streams and files. They need no records."""

import json
import subprocess
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.project.test_cli import _run
from tests.training.test_allocation_files import INSTANCE


def written(folder: Path, content: dict[str, Any]) -> Path:
    path = folder / "instance.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def planned(folder: Path, content: dict[str, Any], *more: str) -> "subprocess.CompletedProcess[str]":
    instance = written(folder, content)
    return _run(folder, "training", "plan", "--instance", str(instance), "--out", "plan.json", *more)


def test_plan_is_written_and_passes_the_check(tmp_path: Path) -> None:
    answer = planned(tmp_path, INSTANCE, "--report", "report.json")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert answer.stdout.splitlines() == [
        "Reached: 1 of 1 people with a need (100.0 %).",
        "No plan within this budget can reach more than 100.0 %; the gap is 0.00 %.",
        "Worst-off unit: 100.0 %; at most 100.0 % is possible.",
        "Bought: 1 sessions, 1 offers, 912.00 of 40000.00 euros.",
        "All levels are proven optimal.",
    ]
    assert len(json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["people"]) == 1
    first = (tmp_path / "plan.json").read_bytes()
    assert planned(tmp_path, INSTANCE).returncode == 0
    assert (tmp_path / "plan.json").read_bytes() == first
    checked = _run(tmp_path, "training", "check", "--instance", "instance.json", "--plan", "plan.json", "--json")
    assert (checked.returncode, checked.stderr) == (0, "")
    assert json.loads(checked.stdout)["valid"] is True


def test_plan_that_breaks_a_rule_exits_1_with_a_sentence(tmp_path: Path) -> None:
    assert planned(tmp_path, INSTANCE).returncode == 0
    written(tmp_path, INSTANCE | {"budget": 900.0})
    checked = _run(tmp_path, "training", "check", "--instance", "instance.json", "--plan", "plan.json")
    assert checked.returncode == 1
    assert checked.stderr == "The plan costs more than the budget. It is 912.0, allowed is 900.0.\n"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"budget": 0}, "budget: '0': There is no money. Write a budget greater than 0.\n"),
        (
            {"rules": {"min_reached_share": 1.0}, "budget": 500.0},
            "What is demanded cannot be had together with these rules: the budget."
            " Change one of them, or demand less.\n",
        ),
    ],
)
def test_refused_input_exits_2_and_no_plan_is_written(tmp_path: Path, changes: dict[str, Any], sentence: str) -> None:
    answer = planned(tmp_path, deepcopy(INSTANCE) | changes)
    assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", sentence)
    assert not (tmp_path / "plan.json").exists()


def test_missing_file_is_named(tmp_path: Path) -> None:
    answer = _run(tmp_path, "training", "plan", "--instance", "nowhere.json", "--out", "plan.json")
    assert (answer.returncode, answer.stderr) == (2, "nowhere.json: there is no such file. Check the path.\n")
