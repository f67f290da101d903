"""The command line: exit codes and what goes to which stream. Each command runs in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def _run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    env = {name: text for name, text in os.environ.items() if not name.startswith(("KAZIPOT_", "DJANGO_", "PYTEST_"))}
    env.pop("DATABASE_URL", None)
    env |= {"PYTHONPATH": str(ROOT / "src"), "KAZIPOT_DATA": str(folder), "LANG": "en_GB.UTF-8"}
    command = [sys.executable, "-m", "kazipot.project", *arguments]
    return subprocess.run(command, env=env, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["indicators", "--as-of", "2024-02-30"], "'2024-02-30' is no day; write it like 2024-12-31"),
        (["people", "import", "nowhere.csv"], "nowhere.csv: there is no such file. Check the path."),
        (["framework", "import", "nowhere.xlsx"], "nowhere.xlsx: there is no such file. Check the path."),
    ],
)
def test_wrong_input_exits_2_with_a_sentence(tmp_path: Path, arguments: list[str], sentence: str) -> None:
    answer = _run(tmp_path, *arguments)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert sentence in answer.stderr


def test_doctor_says_what_is_wrong_with_an_empty_folder(tmp_path: Path) -> None:
    answer = _run(tmp_path, "doctor")
    assert answer.returncode == 1
    assert "The database is not up to date. Start ./kazipot serve once." in answer.stdout
