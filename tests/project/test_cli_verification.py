"""Calibrating a table of answers and simulating sittings, as outsiders call it."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kazipot.project.cli import arguments, commands
from tests.core.psychometrics.published import LSAT6, SCIENCE, expanded, names
from tests.core.psychometrics.simulated import answers, thinned, two_parameter_items

ROOT = Path(__file__).resolve().parents[2]
ASKED = ["--false-pass", "0.05", "--false-fail", "0.05"]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def _run(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    env = {name: text for name, text in os.environ.items() if not name.startswith(("KAZIPOT_", "DJANGO_", "PYTEST_"))}
    env |= {
        "PYTHONPATH": str(ROOT / "src"),
        "KAZIPOT_DATA": str(folder),
        "LANG": "en_GB.UTF-8",
    }
    command = [sys.executable, "-m", "kazipot.project", "verification", *words]
    return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)


def _refused(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """The lines on standard error of a refused command; in this process, which is quicker than one of its own."""
    status = commands.run(arguments.parser().parse_args(["verification", *words]))
    shown = capsys.readouterr()
    assert (status, shown.out) == (2, "")
    return shown.err.splitlines()


def _write(path: Path, table: np.ndarray, items: list[str]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["person", *items])
        for number, row in enumerate(table.tolist(), start=1):
            writer.writerow([f"P{number}", *("" if code < 0 else code for code in row)])


def _calibrated(folder: Path, model: str) -> dict[str, Any]:
    answer = _run(folder, "calibrate", "answers.csv", "--model", model, "--out", "bank.json")
    assert (answer.returncode, answer.stderr) == (0, "")
    told: dict[str, Any] = json.loads((folder / "bank.json").read_text(encoding="utf-8"))
    assert json.loads(answer.stdout)["log_likelihood"] == told["log_likelihood"]
    return told


def test_calibrate_writes_the_bank_in_the_fixed_format(tmp_path: Path) -> None:
    matrix = expanded(LSAT6)
    _write(tmp_path / "answers.csv", matrix, names(matrix))
    told = _calibrated(tmp_path, "2pl")
    assert (told["model"], told["n_persons"]) == ("2pl", 1000)
    assert told["log_likelihood"] == pytest.approx(-2466.653, abs=0.001)
    first = told["items"][0]
    assert (first["item"], first["c"]) == ("Item 1", 0.0)
    assert first["a"] == pytest.approx(0.8254, abs=0.001)
    assert first["b"] == pytest.approx(-3.3597, abs=0.002)
    assert first["se"] == {"a": pytest.approx(0.2581, abs=0.001), "b": pytest.approx(0.8669, abs=0.001)}


def test_calibrate_gives_graded_items_a_list_of_difficulties(tmp_path: Path) -> None:
    matrix = expanded(SCIENCE, 1)
    _write(tmp_path / "answers.csv", matrix, ["Comfort", "Work", "Future", "Benefit"])
    told = _calibrated(tmp_path, "grm")
    assert told["log_likelihood"] == pytest.approx(-1608.870, abs=0.001)
    comfort = told["items"][0]
    assert comfort["b"] == pytest.approx([-4.669, -2.534, 1.407], abs=0.02)
    assert len(comfort["se"]["b"]) == 3


def test_simulate_prints_one_document_from_what_calibrate_wrote(tmp_path: Path) -> None:
    """From answers with gaps to the promise of the test: within the rates asked for, shorter than the fixed form."""
    rng = np.random.default_rng(3)
    items = two_parameter_items(60, 12)
    table = thinned(answers(items, rng.normal(size=1500), rng), 0.5, rng)
    _write(tmp_path / "answers.csv", table, [item.name for item in items])
    _calibrated(tmp_path, "2pl")
    answer = _run(tmp_path, "simulate", "--bank", "bank.json", "--people", "10000", "--cut", "0.0", *ASKED, "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    told = json.loads(answer.stdout)
    assert told["false_pass"] <= 0.05
    assert told["false_fail"] <= 0.05
    assert told["rates_kept"] is True
    assert told["mean_length"] < 15 < told["p95_length"] <= 40
    assert 0.2 < told["false_near_cut"] < 0.4
    assert told["max_exposure"] == 1.0
    assert told["blueprint_violations"] == 0
    assert told["fixed_form"].keys() >= {"length", "false_pass", "false_fail"}
    assert told["fixed_form"]["length"] == 30
    assert "pass mark" in told["note"]
    again = _run(tmp_path, "simulate", "--bank", "bank.json", "--people", "10000", "--cut", "0.0", *ASKED, "--json")
    assert again.stdout == answer.stdout


def _bank(**changes: Any) -> dict[str, Any]:
    items = [{"item": f"i{j}", "a": 1.2, "b": (j - 20) / 10, "c": 0.0, "area": f"A{j % 2}"} for j in range(40)]
    return {"model": "2pl", "items": items, "blueprint": {"A0": 0.5, "A1": 0.5}} | changes


def test_simulate_keeps_areas_exposure_and_undecided(tmp_path: Path) -> None:
    (tmp_path / "bank.json").write_text(json.dumps(_bank()), encoding="utf-8")
    wish = ["--bank", "bank.json", "--cut", "0.0", "--max-items", "16", "--max-exposure", "0.6", "--undecided"]
    told = json.loads(_run(tmp_path, "simulate", *wish, "--json").stdout)
    assert told["blueprint_violations"] == 0
    assert told["max_exposure"] <= 0.6
    assert told["undecided"] > 0.1
    assert told["maximum_length"] == 16
    assert "stays undecided" in told["note"]
    text = _run(tmp_path, "simulate", *wish).stdout
    assert "shown most often" in text


def test_simulate_speaks_slovenian(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANG", "sl_SI.UTF-8")
    bank = tmp_path / "bank.json"
    bank.write_text(json.dumps(_bank()), encoding="utf-8")
    lines = _refused(capsys, "simulate", "--bank", str(bank), "--cut", "0", "--false-pass", "0")
    assert lines[0].endswith("Noben končno dolg preizkus nima takega deleža napak. Izberite delež nad 0 in pod 0,5.")


@pytest.mark.parametrize(
    ("rows", "model", "line"),
    [
        ("", "2pl", "answers.csv: '': The file is empty. Choose the right file."),
        ("person,A\n", "2pl", "answers.csv: '': The file has no rows under its heading. Choose the right file."),
        ("person\n1\n", "2pl", "1: answers.csv: '': There is no column of an item."
            " Put the person first, then the items.",),
        ("person,A,A\n1,0,1\n", "2pl", "1: A: '': Two columns have the same heading. Give each item its own name."),
        ("person,A,B\n1,0,1\n2,,\n", "2pl", "3: answers.csv: '': This person answered nothing. Take the row out."),
        (
            "person,A,B\n1,0,1\n2,1,yes\n3,0,no\n", "2pl",
            "3: B: 'yes': This is no number. Score the answers 0, 1, … or take the column out.",
        ),
        (
            "person,A,B\n1,0,1\n2,1,-1\n", "2pl",
            "3: B: '-1': An answer is negative. Write 0, 1, … and leave blank what was not asked.",
        ),
        (
            "person,A,B\n1,0,1\n2,1,0.5\n", "2pl",
            "3: B: '0.5': This is no scored answer. Score the answers with whole numbers from 0 to 50.",
        ),
        (
            "person,A,B\n1,0,1\n2,1,1\n", "2pl",
            "B: '1': All people gave the same answer, which says nothing about the item."
            " Take the column out or gather more answers.",
        ),
        (
            "person,A,B\n1,0,0\n2,1,3\n3,1,1\n", "grm",
            "B: '2': Nobody gave this answer, though others gave a higher one."
            " Number the answers of the item anew, from 0 and without gaps.",
        ),
        (
            "person,A,B\n" + "1,0,1\n2,1,0\n" * 25, "3pl",
            "3pl: '50': There are too few people for the model 3pl, which needs at least 500."
            " Gather more answers or choose a simpler model.",
        ),
        (
            "person,A,B\n" + "1,0,1\n2,1,2\n3,1,0\n" * 40, "2pl",
            "B: '3': The model knows only right and wrong, but there are more different answers."
            " Choose grm or gpcm, or score the answers 0 and 1.",
        ),
    ],
)  # fmt: skip
def test_answers_that_can_not_be_calibrated_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, model: str, line: str
) -> None:
    table, bank = tmp_path / "answers.csv", tmp_path / "bank.json"
    table.write_text(rows, encoding="utf-8")
    assert line in _refused(capsys, "calibrate", str(table), "--model", model, "--out", str(bank))
    assert not bank.exists()


@pytest.mark.parametrize(
    ("content", "words", "line"),
    [
        ("[{", [], "1: bank.json: '': This is not JSON in UTF-8. Choose the right file."),
        ("{}", [], "bank.json: '': This is not a bank of items."
            " Choose a file that “verification calibrate” has written.",),
        (_bank(items=[]), [], "bank.json: '': The bank holds no items. Choose the right file."),
        (_bank(model="4pl"), [], "1: model: '4pl': There is no such model. Correct the item."),
        (
            _bank(items=[{"item": "x", "a": None, "b": 0}]), [],
            "1: x.a: 'None': This is no number. Correct the item.",
        ),
        (
            _bank(items=[{"item": "x", "a": -1, "b": 0, "area": "A0"}]), [],
            "x: '-1': The discrimination is not above zero: who knows more would answer worse."
            " Check the key of the item or take it out of the bank.",
        ),
        (
            _bank(blueprint={"A0": 0.9, "A1": 0.1}), [],
            "A0: '20': The bank can't fill the blueprint: the longest sitting takes 36 items of this area."
            " Add items to the area or lower the maximum length.",
        ),
        (
            _bank(blueprint={"A0": 0.5, "A1": 0.3, "A2": 0.2}), [],
            "A2: '0': The bank can't fill the blueprint: the longest sitting takes 8 items of this area."
            " Add items to the area or lower the maximum length.",
        ),
        (
            _bank(blueprint={"A0": 1.0}), [],
            "i1: 'A1': The area of the item is not in the blueprint."
            " Add the area to the blueprint or correct the item.",
        ),
        (
            _bank(), ["--false-fail", "0"],
            "false_fail: '0': No test of finite length has such an error rate. Choose a rate above 0 and below 0.5.",
        ),
        (
            _bank(), ["--max-exposure", "0.05"],
            "A0: '20': The limit of exposure can't be kept: it takes at least 50 items. Add items or raise the limit.",
        ),
        (_bank(), ["--cut", "9"], "bank.json: '9': Hardly anybody is on one side of this pass mark."
            " Choose from −4 to 4.",),
    ],
)  # fmt: skip
def test_banks_and_wishes_that_can_not_be_used_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | dict[str, Any], words: list[str], line: str
) -> None:
    bank = tmp_path / "bank.json"
    bank.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    assert line in _refused(capsys, "simulate", "--bank", str(bank), "--cut", "0", *words)


def test_places_that_are_no_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    matrix = expanded(LSAT6)
    table, folder = str(tmp_path / "answers.csv"), str(tmp_path)
    _write(Path(table), matrix, names(matrix))
    for words, said in (
        (["calibrate", "none.csv", "--model", "2pl", "--out", "bank.json"], "none.csv: there is no such file."),
        (["calibrate", table, "--model", "2pl", "--out", folder], "this cannot be opened as a file."),
        (["simulate", "--bank", folder, "--cut", "0"], "this cannot be opened as a file."),
    ):
        assert said in _refused(capsys, *words)[0]
