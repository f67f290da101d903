"""The load test of the test: its checker finds what is wrong, and a small run with a fault loses nothing."""

import subprocess
import sys
from typing import Any

import pytest
from benchmarks.answering.machines import ROOT
from benchmarks.sitting.checker import compare

FORM = {"a0": ["2"]}
SENT = {"number": 1, "fields": FORM, "seen": "first"}


def diary(*more: dict[str, Any]) -> list[dict[str, Any]]:
    entries = [{"what": "sending", **SENT}, {"what": "taken", **SENT}, *more]
    return [{"who": 1, **entry} for entry in entries]


def sitting(**changes: Any) -> dict[str, Any]:
    plain = {"person": 1, "state": "open", "answers": {"1": FORM}, "results": 0, "shown": [7, 8], "replay": []}
    return {**plain, **changes}


def counts(entries: list[dict[str, Any]], *rows: dict[str, Any]) -> tuple[int, int, int, int]:
    found = compare(entries, rows)
    assert bool(found.faults) == bool(found.lost or found.doubled or found.shown_twice or found.replayed_otherwise)
    return found.lost, found.doubled, found.shown_twice, found.replayed_otherwise


def test_checker_is_content_with_what_was_told_and_stored() -> None:
    assert counts(diary(), sitting()) == (0, 0, 0, 0)
    assert counts(diary({"what": "received"}), sitting(state="finished", results=1)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "rows", [[], [sitting(answers={})], [sitting(answers={"1": {"a0": ["3"]}})], [sitting(answers={"2": FORM})]]
)
def test_checker_finds_an_acknowledged_answer_that_is_lost_or_different(rows: list[dict[str, Any]]) -> None:
    assert counts(diary(), *rows) == (1, 0, 0, 0)


def test_checker_finds_what_is_doubled() -> None:
    assert counts(diary(), sitting(), sitting())[1] == 2
    assert counts(diary(), sitting(state="finished", results=2)) == (0, 1, 0, 0)
    assert counts(diary(), sitting(state="open", results=1)) == (0, 1, 0, 0)


def test_checker_finds_a_question_shown_twice() -> None:
    again = {"what": "sending", "number": 2, "fields": FORM, "seen": "first"}
    assert counts(diary(again), sitting()) == (0, 0, 1, 0)
    other = {"what": "sending", "number": 1, "fields": FORM, "seen": "second"}
    assert counts(diary(other), sitting()) == (0, 0, 1, 0)
    assert counts(diary(), sitting(shown=[7, 7])) == (0, 0, 1, 0)


def test_checker_finds_a_replay_that_differs_and_a_result_that_is_none() -> None:
    assert counts(diary(), sitting(replay=["step 1"])) == (0, 0, 0, 1)
    assert counts(diary({"what": "received"}), sitting())[0] == 1


@pytest.mark.slow
def test_no_answer_of_the_test_is_lost_when_the_database_restarts() -> None:
    command = [sys.executable, "benchmarks/sitting_load.py", "--people", "16", "--seconds", "10", "--at-once", "4"]
    done = subprocess.run(
        [*command, "--faults", "restart database"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing lost, nothing doubled, every replay the same" in done.stdout
