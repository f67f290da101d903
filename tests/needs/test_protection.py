"""`./kazipot needs protect` and `needs audit`: files in, files out, exit status, refusals."""

import csv
import json
from pathlib import Path

import pytest

from kazipot.project.cli import arguments, commands

HIERARCHY = """dimension,child,parent
unit,schools,*
unit,ŠŠ,schools
unit,OŠ,schools
unit,zoo,*
level,low,*
level,high,*
"""
TABLE = """unit,level,count
ŠŠ,low,2
ŠŠ,high,20
OŠ,low,30
OŠ,high,11
zoo,low,12
zoo,high,0
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a table and its hierarchy; messages in English."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    (tmp_path / "table.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "h.csv").write_text(HIERARCHY, encoding="utf-8")
    return tmp_path


def run(folder: Path, action: str, *words: str) -> int:
    files = {
        "protect": ["table.csv", "--hierarchy", "h.csv", "--out", "out.csv"],
        "audit": ["table.csv", "out.csv", "--hierarchy", "h.csv"],
    }[action]
    named = [word if word.startswith("-") else str(folder / word) for word in files]
    return commands.run(arguments.parser().parse_args(["needs", action, *named, *words]))


def written(folder: Path) -> list[dict[str, str]]:
    with (folder / "out.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_protect_writes_every_cell_and_tells_no_reasons(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "protect") == 0
    rows = {(row["unit"], row["level"]): (row["count"], row["status"]) for row in written(folder)}
    assert len(rows) == 5 * 3
    assert rows["*", "*"] == ("75", "published")
    assert rows["schools", "low"] == ("32", "published")
    assert rows["zoo", "high"] == ("0", "published")
    hidden = {cell for cell, told in rows.items() if told == ("", "suppressed")}
    assert hidden == {("ŠŠ", "low"), ("ŠŠ", "high"), ("OŠ", "low"), ("OŠ", "high")}
    said = capsys.readouterr()
    assert said.out == "4 of 15 cells suppressed, 1 of them small; the fewest possible: this\n"
    assert said.err == ""


def test_audit_goes_to_standard_error_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "protect", "--audit", "--k", "3") == 0
    told = json.loads(capsys.readouterr().err)
    assert told["leaks"] == 0
    assert told["cells"][0] == {
        "cell": {"unit": "ŠŠ", "level": "low"},
        "low": 0.0, "high": 22.0, "width": 22.0, "needed": 3, "exact": True, "leaks": False,
    }  # fmt: skip
    assert len(told["cells"]) == 4


def test_zeros_are_protected_on_request(folder: Path) -> None:
    assert run(folder, "protect", "--protect-zeros", "--audit") == 0
    rows = {(row["unit"], row["level"]): row["status"] for row in written(folder)}
    assert rows["zoo", "high"] == "suppressed"


def test_audit_of_a_changed_output_fails(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(folder, "protect")
    assert run(folder, "audit") == 0
    text = (folder / "out.csv").read_text(encoding="utf-8")
    (folder / "out.csv").write_text(text.replace("OŠ,low,,suppressed", "OŠ,low,30,published"), encoding="utf-8")
    capsys.readouterr()
    assert run(folder, "audit") == 1
    told = json.loads(capsys.readouterr().err)
    assert [cell["cell"] for cell in told["cells"] if cell["leaks"]] == [
        {"unit": "ŠŠ", "level": "low"},
        {"unit": "ŠŠ", "level": "high"},
        {"unit": "OŠ", "level": "high"},
    ]
    assert told["leaks"] == 3


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (("OŠ,low,,suppressed", "OŠ,low,31,published"), "Count and status don't go with the true table."),
        (("zoo,high,0,published\n", ""), "Cells are missing."),
        (("zoo,high,0", "zoo,hi,0"), "This cell is not in the table, or stands twice."),
        (("unit,level,count,status", "unit,level,count,state"), "The headings are not those of a protected table."),
    ],
)
def test_audit_refuses_what_is_no_protected_table(
    folder: Path, capsys: pytest.CaptureFixture[str], change: tuple[str, str], sentence: str
) -> None:
    run(folder, "protect")
    text = (folder / "out.csv").read_text(encoding="utf-8")
    (folder / "out.csv").write_text(text.replace(*change), encoding="utf-8")
    assert run(folder, "audit") == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "change", "sentence"),
    [
        ("table.csv", ("OŠ,low,30", "OŠ,low,-3"), "4: count: '-3': This is not a count."),
        ("table.csv", ("OŠ,low,30", "OŠ,low,2.5"), "4: count: '2.5': This is not a count."),
        ("table.csv", ("OŠ,low", "šola,low"), "4: unit: 'šola': This code is not in the hierarchy."),
        ("table.csv", ("OŠ,low", "schools,low"), "4: unit: 'schools': This code has codes below it."),
        ("table.csv", ("OŠ,low", "ŠŠ,low"), "4: unit, level: 'ŠŠ, low': This cell stands in row 2 already."),
        ("table.csv", ("OŠ,low,30", "OŠ,low"), "The row has another number of columns than the headings."),
        ("table.csv", ("unit,level,count", "unit,level,number"), "different names of dimensions and count"),
        ("table.csv", ("unit,level,count", "unit,status,count"), "different names of dimensions and count"),
        (
            "h.csv",
            ("unit,ŠŠ,schools", "unit,ŠŠ,school"),
            "3: parent: 'school': This parent doesn't lead to the root *.",
        ),
        ("h.csv", ("unit,schools,*", "unit,schools,ŠŠ"), "2: parent: 'ŠŠ': This parent doesn't lead to the root *."),
        ("h.csv", ("unit,zoo,*", "unit,ŠŠ,*"), "5: child: 'ŠŠ': This code stands in row 3 already."),
        ("h.csv", ("unit,zoo,*", "unit,*,zoo"), "5: child: '*': This is no code."),
        ("h.csv", ("level,low", "levels,low"), "6: dimension: 'levels': The table has no such column."),
        ("h.csv", ("dimension,child", "dimension,code"), "The headings are not dimension, child, parent."),
    ],
)
def test_wrong_input_is_refused_by_row_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], name: str, change: tuple[str, str], sentence: str
) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert change[0] in text
    (folder / name).write_text(text.replace(*change), encoding="utf-8")
    assert run(folder, "protect", "--audit") == 2
    assert sentence in capsys.readouterr().err
    assert not (folder / "out.csv").exists()


def test_missing_rows_are_zeros_and_semicolons_are_read(folder: Path) -> None:
    table = "\ufeff" + TABLE.replace("zoo,high,0\n", "").replace(",", ";")
    (folder / "table.csv").write_text(table, encoding="utf-8")
    assert run(folder, "protect", "--audit") == 0
    assert {"unit": "zoo", "level": "high", "count": "0", "status": "published"} in written(folder)


def test_file_that_is_not_text_is_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "table.csv").write_bytes("unit,level,count\nŠŠ,low,1".encode("cp1250"))
    assert run(folder, "protect") == 2
    assert "This is not UTF-8." in capsys.readouterr().err


def test_place_that_cannot_be_written_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "out.csv").mkdir()
    assert run(folder, "protect") == 2
    assert "This file cannot be written." in capsys.readouterr().err


@pytest.mark.parametrize("k", ["1", "-3", "five"])
def test_threshold_has_to_be_a_number_that_makes_counts_small(folder: Path, k: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(folder, "protect", f"--k={k}")
    assert stopped.value.code == 2
