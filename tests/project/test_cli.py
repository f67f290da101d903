"""The command line: exit codes and what goes to which stream. Each command runs in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kazipot.project.cli import arguments, commands

ROOT = Path(__file__).resolve().parents[2]


def _run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    env = {name: text for name, text in os.environ.items() if not name.startswith(("KAZIPOT_", "DJANGO_", "PYTEST_"))}
    env.pop("DATABASE_URL", None)
    env |= {"PYTHONPATH": str(ROOT / "src"), "KAZIPOT_DATA": str(folder), "LANG": "en_GB.UTF-8"}
    command = [sys.executable, "-m", "kazipot.project", *arguments]
    return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["indicators", "--as-of", "2024-02-30"], "'2024-02-30' is no day; write it like 2024-12-31"),
        (["demo", "--people", "60"], "'60': choose from 100 to 50000 people"),
        (["demo", "--port", "99999"], "'99999' is no port; choose one from 1 to 65535"),
        (["people", "import", "nowhere.csv"], "The database is not up to date. Start ./kazipot serve once."),
        (["framework", "import", "nowhere.xlsx"], "The database is not up to date. Start ./kazipot serve once."),
        (["indicators"], "The database is not up to date. Start ./kazipot serve once."),
    ],
)
def test_wrong_input_exits_2_with_a_sentence(tmp_path: Path, words: list[str], sentence: str) -> None:
    answer = _run(tmp_path, *words)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert sentence in answer.stderr


def test_doctor_says_what_is_wrong_with_an_empty_folder(tmp_path: Path) -> None:
    answer = _run(tmp_path, "doctor")
    assert answer.returncode == 1
    assert "The database is not up to date. Start ./kazipot serve once." in answer.stdout


def test_audit_of_a_protected_table_is_all_of_standard_error(tmp_path: Path) -> None:
    (tmp_path / "h.csv").write_text("dimension,child,parent\nunit,a,*\nunit,b,*\n", encoding="utf-8")
    (tmp_path / "table.csv").write_text("unit,count\na,2\nb,9\n", encoding="utf-8")
    files = ["table.csv", "--hierarchy", "h.csv", "--k", "5", "--out", "out.csv", "--audit"]
    answer = _run(tmp_path, "needs", "protect", *files)
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stderr)["leaks"] == 0
    assert answer.stdout == "2 of 3 cells suppressed, 1 of them small; the fewest possible: this\n"
    assert (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines() == [
        "unit,count,status", "*,11,published", "a,,suppressed", "b,,suppressed"
    ]  # fmt: skip


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a small demo city."""
    folder = tmp_path_factory.mktemp("city")
    built = _run(folder, "demo", "--people", "100", "--no-serve")
    assert built.returncode == 0, built.stderr
    return folder


@pytest.mark.parametrize("name", ["nowhere.csv", "nowhere.xlsx"])
def test_missing_file_is_named(city: Path, name: str) -> None:
    answer = _run(city, "people" if name.endswith("csv") else "framework", "import", name)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == f"{name}: there is no such file. Check the path.\n"


def test_dry_run_shows_every_change_and_writes_none(city: Path) -> None:
    roster = city / "roster.csv"
    roster.write_text(
        "Employer;Unit;Personnel number;First name;Last name;Post;From\nMU;SD;999999;Žiga;Čeč;OFFICIAL;1. 11. 2026\n",
        encoding="utf-8",
    )
    for _ in range(2):
        answer = _run(city, "people", "import", str(roster), "--dry-run")
        assert answer.returncode == 0, answer.stderr
        assert "  added    Žiga Čeč: SD, OFFICIAL, 1 November 2026" in answer.stdout
        assert "--confirm-leavers will be needed" in answer.stdout
    told = json.loads(_run(city, "people", "import", str(roster), "--dry-run", "--json").stdout)
    assert (told["dry_run"], told["added"]) == (True, 1)
    assert len(told["changes"]) == told["added"] + told["changed"] + told["moved"] + told["ended"]
    refused = _run(city, "people", "import", str(roster))
    assert refused.returncode == 2
    assert "more than 10 %" in refused.stderr


def test_faulty_rows_stand_on_standard_error_one_a_line(city: Path) -> None:
    roster = city / "faulty.csv"
    roster.write_text(
        "Employer;Unit;Personnel number;First name;Last name;Post;From\n"
        "MU;SDD;1;Žiga;Čeč;OFFICIAL;1. 11. 2026\n"
        "MU;SD;2;Žiga;Čeč;OFFICIAL;31. 2. 2026\n",
        encoding="utf-8",
    )
    answer = _run(city, "people", "import", str(roster))
    assert (answer.returncode, answer.stdout) == (2, "")
    lines = answer.stderr.splitlines()
    assert [line.split(":")[0] for line in lines] == ["2", "3"]
    assert "Did you mean SD?" in lines[0]
    assert "Write the day like 31. 12. 2024." in lines[1]


def test_indicators_print_one_json_document(city: Path) -> None:
    answer = _run(city, "indicators", "--as-of", "2024-12-31", "--json")
    told = json.loads(answer.stdout)
    assert (answer.returncode, answer.stderr, told["as_of"]) == (0, "", "2024-12-31")
    assert [row["id"] for row in told["indicators"]] == ["M1", "M2", "M3", "M4", "M5"]
    keys = {"id", "numerator", "denominator", "value", "target", "due", "status"}
    assert all(keys <= row.keys() for row in told["indicators"])


def test_server_of_a_fresh_demo_is_told_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr(commands, "prepare", lambda: None)
    monkeypatch.setattr(commands.serving, "fault_of", lambda _host, _port: "")
    for name in ("clear", "build", "tell"):
        monkeypatch.setattr(commands.demo, name, lambda *_args, **_kwargs: None)
    monkeypatch.setattr(commands.demo, "fault_of", lambda **_kwargs: "")
    monkeypatch.setattr(commands.demo, "last_day", lambda: "2026-11-20")
    monkeypatch.setenv("KAZIPOT_TODAY", "")
    monkeypatch.setattr(commands.serving, "serve", lambda _host, _port: told.append(os.environ["KAZIPOT_TODAY"]) or 0)
    assert commands.run(arguments.parser().parse_args(["demo"])) == 0
    assert told == ["2026-11-20"]


def test_suggest_codes_prints_one_json_document_in_the_order_of_the_file(tmp_path: Path) -> None:
    texts = [{"id": 7, "text": "Gesla si pišem na listek."}, {"id": "a", "text": "Malica je dobra."}]
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    answer = _run(tmp_path, "needs", "suggest-codes", "texts.json")
    assert (answer.returncode, answer.stderr) == (0, "")
    first, second = json.loads(answer.stdout)
    (competence,) = first["competences"]
    assert (first["id"], competence["code"], competence["because"]) == (7, "4.1", ["Gesla"])
    assert 0.9 < competence["score"] <= 1
    assert second == {"id": "a", "competences": []}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("[{", "This is not JSON in UTF-8. Correct it."),
        ('{"id": 1}', "This is not a list. Write a list of id and text."),
        ('[{"id": 1, "text": "x"}, {"id": 2}]', "2: text: 'None': The text is missing. Write the text."),
        ('[{"text": "x"}]', "1: id: 'None': The id is missing. Give each its own."),
        ('["x"]', "1: : 'x': This is no entry with id and text. Correct it."),
    ],
)
def test_faulty_texts_are_named(tmp_path: Path, content: str, sentence: str) -> None:
    (tmp_path / "texts.json").write_text(content, encoding="utf-8")
    answer = _run(tmp_path, "needs", "suggest-codes", "texts.json")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert sentence in answer.stderr
