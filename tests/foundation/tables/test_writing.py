"""Nothing that leaves for a spreadsheet is run by it."""

import csv
import io
from datetime import date
from fractions import Fraction

import pytest
from python_calamine import CalamineWorkbook

from kazipot.foundation.tables import csv_bytes, neutral, xlsx_bytes

COMMAND = "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("text", [COMMAND, "+386 1 306", "-1+1", "@SUM(A1)", "\tx", "\rx"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert neutral(text) == "'" + text


def test_numbers_days_and_ordinary_texts_stay_as_they_are() -> None:
    assert [neutral(v) for v in (-3, Fraction(1, 2), date(2024, 1, 2), None, "Ana")] == [
        "-3", "0.5", "2024-01-02", "", "Ana",
    ]  # fmt: skip


def test_csv_opens_in_a_spreadsheet_here() -> None:
    content = csv_bytes(["ime"], [[COMMAND], ["Špela; Ž"]])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows == [["ime"], ["'" + COMMAND], ["Špela; Ž"]]


def test_workbook_holds_a_command_as_text() -> None:
    content = xlsx_bytes(["ime", "dan"], [[COMMAND, date(2024, 12, 31)]], title="Ljudje [1]")
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    assert sheet.name == "Ljudje 1"
    assert sheet.to_python() == [["ime", "dan"], [COMMAND, date(2024, 12, 31)]]
    assert b"<f>" not in content
