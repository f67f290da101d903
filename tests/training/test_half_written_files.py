"""A file that broke off while it was written or sent is refused with a remedy, wherever it breaks."""

import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.allocation.solver import solve
from kazipot.foundation.errors import InputRefused
from kazipot.foundation.tables import read_table
from kazipot.training.exports import plan_as_json
from kazipot.training.imports import read_instance, read_plan
from kazipot.training.imports.instance import instance_of
from tests.foundation.tables.test_reading import workbook
from tests.training.test_allocation_files import INSTANCE

ASKED = json.dumps(INSTANCE).encode()
PLANNED = json.dumps(plan_as_json(solve(instance_of(json.loads(ASKED))))).encode()
TIMETABLE = workbook([["tečaj", "dan", "kraj"], *[[f"T-{n}", f"{n}. 6. 2026", "Mestna hiša"] for n in range(1, 25)]])


def refused(read: Any, content: bytes) -> InputRefused:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "half.json"
        path.write_bytes(content)
        with pytest.raises(InputRefused) as caught:
            read(path)
    return caught.value


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(ASKED) - 1))
def test_half_written_instance_is_refused_with_a_remedy(length: int) -> None:
    assert all(problem.remedy for problem in refused(read_instance, ASKED[:length]).problems)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(PLANNED) - 1))
def test_half_written_plan_is_refused_with_a_remedy(length: int) -> None:
    assert all(problem.remedy for problem in refused(read_plan, PLANNED[:length]).problems)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(TIMETABLE) - 1))
def test_half_written_workbook_is_refused_with_a_remedy(length: int) -> None:
    with pytest.raises(InputRefused) as caught:
        read_table("termini.xlsx", TIMETABLE[:length])
    assert all(problem.remedy for problem in caught.value.problems)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(TIMETABLE) - 400), st.binary(min_size=1, max_size=300))
def test_workbook_with_a_hole_is_read_whole_or_refused(start: int, garbage: bytes) -> None:
    """Bytes that were lost on the way may hit nothing that counts; then all rows are there."""
    broken = TIMETABLE[:start] + garbage + TIMETABLE[start + len(garbage) :]
    try:
        found = read_table("termini.xlsx", broken)
    except InputRefused:
        return
    assert len(found.rows) == 24
