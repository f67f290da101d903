"""Tables are read whoever made them, and what could hurt is refused in words."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
import xlsxwriter

from kazipot.foundation.errors import InputRefused
from kazipot.foundation.tables import as_day, as_text, as_yes, read_table


def workbook(rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "d. m. yyyy"}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def refusal(content: bytes, name: str = "seznam.csv", **kwargs: Any) -> InputRefused:
    with pytest.raises(InputRefused) as caught:
        read_table(name, content, **kwargs)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_of_any_separator_and_encoding_is_read(encoding: str, separator: str) -> None:
    text = f"ime{separator}priimek\r\nŽiga{separator}Čuček\r\n"
    table = read_table("a.csv", text.encode(encoding))
    assert table.headings == ("ime", "priimek")
    assert table.rows == ((2, ("Žiga", "Čuček")),)


def test_rows_count_as_a_person_counts_them() -> None:
    table = read_table("a.csv", b'ime;opomba\n\nAna;"dve\nvrstici"\nBor;x\n')
    assert [number for number, _ in table.rows] == [4, 5]


def test_workbook_is_read_with_its_types() -> None:
    table = read_table("a.xlsx", workbook([["št", "dan"], [12, datetime(2024, 12, 31)]]))
    assert table.rows == ((2, (12, date(2024, 12, 31))),)


def test_moment_in_a_workbook_is_its_day_unless_asked_for() -> None:
    content = workbook([["čas"], [datetime(2024, 12, 31, 10, 30)]])
    assert read_table("a.xlsx", content).rows == ((2, (date(2024, 12, 31),)),)
    assert read_table("a.xlsx", content, moments=True).rows == ((2, (datetime(2024, 12, 31, 10, 30),)),)


def test_formula_is_refused_and_its_cell_named() -> None:
    error = refusal(workbook([["ime", "vsota"], ["Ana", "=1+1"]]), "a.xlsx")
    assert [(p.row, p.field, p.message, p.remedy) for p in error.problems] == [
        (2, "B2", "Celica vsebuje formulo namesto vrednosti.", "Tabelo kopirajte in prilepite kot vrednosti.")
    ]


@pytest.mark.parametrize(
    "told", ['r="XFD1048576"', "r='xfd1048576'", 'a=">" r = "XFD1048576"', f'{" " * 1000}r="XFD1048576"']
)
def test_cell_in_the_last_corner_is_refused_before_room_is_made_for_it(told: str) -> None:
    honest = workbook([["ime", "priimek"], ["Ana", "Novak"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(honest)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            part = before.read(info)
            if info.filename == "xl/worksheets/sheet1.xml":
                part = part.replace(b'<c r="B2"', f"<c {told}".encode())
            after.writestr(info.filename, part)
    assert refusal(out.getvalue(), "a.xlsx").problems[0].message == (
        "List delovnega zvezka ima preveč praznih vrstic ali stolpcev."
    )


def test_zip_bomb_is_refused_before_it_is_opened() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    assert len(out.getvalue()) < 100_000
    error = refusal(out.getvalue(), "bomba.xlsx")
    assert "nerazumno velikost" in str(error.message)


def test_bomb_that_lies_about_its_size_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * 60_000_000)
    content = out.getvalue().replace((60_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    error = refusal(content, "bomba.xlsx")
    assert "delovnega zvezka ni mogoče prebrati" in str(error.message).lower()


def test_file_larger_than_the_page_takes_is_refused_with_its_size() -> None:
    error = refusal(b"a;b\n" + b"x" * (50 * 1024 * 1024), max_bytes=10 * 1024 * 1024)
    assert str(error.message).startswith("Datoteka je prevelika (50 MB).")
    assert "10 MB" in error.problems[0].remedy


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Datoteka je prazna."),
        (b"ime;priimek\n", "pod glavo nima vrstic"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 20, "zaklenjena z geslom"),
        (b"\x00\x01\x02" * 10, "ni ne CSV ne XLSX"),
        (b'ime;priimek\nAna;"Novak\n', "narekovaj"),
        (b"ime\n\x81\x83\x90", "Črk v datoteki ni mogoče prebrati."),
        (b"PK\x03\x04 nothing", "Delovnega zvezka ni mogoče prebrati."),
    ],
)
def test_unreadable_file_is_refused_with_a_remedy(content: bytes, words: str) -> None:
    error = refusal(content)
    assert words in str(error.message)
    assert error.problems[0].remedy


@pytest.mark.parametrize(
    "text", ["31. 12. 2024", "31.12.2024", "31. 12. 2024.", "31/12/2024", "2024-12-31", "2024-12-31 00:00:00"]
)
def test_day_is_understood_as_people_write_it(text: str) -> None:
    assert as_day(text) == date(2024, 12, 31)


@pytest.mark.parametrize("text", ["30. 2. 2024", "31.12.24", "kmalu", "12/31/2024", 45000])
def test_day_that_does_not_exist_is_not_guessed(text: str | int) -> None:
    with pytest.raises(ValueError, match=r".+"):
        as_day(text)


def test_text_and_yes_are_understood() -> None:
    assert (as_text("  Ana \u00a0 Marija "), as_text(12), as_text(None)) == ("Ana Marija", "12", "")
    assert (as_yes("Da"), as_yes("ni opravil"), as_yes(True)) == (True, False, True)
    with pytest.raises(ValueError, match="mogoče"):
        as_yes("mogoče")
