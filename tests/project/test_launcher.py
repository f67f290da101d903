"""The launcher: what it says on a machine that lacks what it needs. It is run by `sh`, as on any machine."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("cksum", "dirname", "grep", "sh")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A copy of the launcher and its locks, and a PATH on which there are ordinary tools but no Python."""
    for name in ("kazipot", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def _run(place: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    env = {"PATH": str(place / "bin"), "HOME": str(place), "LANG": "C.UTF-8", "PYENV_ROOT": str(place / "none")}
    command = [str(place / "bin" / "sh"), str(place / "kazipot"), *arguments]
    return subprocess.run(command, env=env, cwd=place.parent, capture_output=True, text=True, check=False)


def _tool(place: Path, name: str, script: str) -> None:
    path = place / "bin" / name
    path.write_text(f"#!{shutil.which('sh')}\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_launcher_without_python_names_the_remedy(place: Path) -> None:
    answer = _run(place, "doctor")
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "Kažipot needs Python 3.12 or newer, or uv." in answer.stderr
    assert not (place / ".venv").exists()


@pytest.mark.parametrize("script", ["exit 127", "exit 1"], ids=["a broken shim", "an old version"])
def test_launcher_tries_whether_python_works(place: Path, script: str) -> None:
    for name in ("python3.12", "python3"):
        _tool(place, name, script)
    answer = _run(place, "doctor")
    assert answer.returncode == 2
    assert "Kažipot needs Python 3.12 or newer, or uv." in answer.stderr


def test_launcher_hands_over_without_preparing_again_when_the_lock_is_the_same(place: Path) -> None:
    (place / ".venv" / "bin").mkdir(parents=True)
    _tool(place, "stand-in", 'printf "%s|" "$@" "$PYTHONPATH"')
    os.replace(place / "bin" / "stand-in", place / ".venv" / "bin" / "python")
    lock = (place / "requirements.lock").read_bytes()
    stamp = subprocess.run(["cksum"], input=lock, capture_output=True, check=True).stdout
    (place / ".venv" / "lock.stamp").write_bytes(stamp)
    answer = _run(place, "indicators", "--as-of", "2024-12-31")
    expected = f"-m|kazipot.project|indicators|--as-of|2024-12-31|{place}/src|"
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, expected, "")
