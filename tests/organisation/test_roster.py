"""A roster comes in whole or not at all: what it changes, and what it is refused for, row by row."""

from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from kazipot.foundation.errors import InputRefused
from kazipot.foundation.tables import PAGE_BYTES
from kazipot.organisation.errors import TooManyLeavers
from kazipot.organisation.imports import import_people, read_roster
from kazipot.organisation.models import Employment, Person
from kazipot.organisation.queries import RosterPlan, plan_roster
from tests.factories.organisation import make_employer, make_unit

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)
HEAD = "Delodajalec;Enota;Kadrovska številka;Ime;Priimek;E-pošta;Delovno mesto;Zaposlen od;Zaposlen do"


@pytest.fixture(autouse=True)
def units() -> None:
    for code in ("OGDP", "SLS"):
        make_unit(make_employer("MU"), code)


def line(number: str = "1", unit: str = "OGDP", first: str = "Žiga", post: str = "D1", **days: str) -> str:
    since, until = days.get("since", "1. 2. 2020"), days.get("until", "")
    return f"MU;{unit};{number};{first};Čeč;;{post};{since};{until}"


def staff(count: int = 20) -> list[str]:
    return [line(str(number)) for number in range(1, count + 1)]


def bring(folder: Path, at: datetime, *lines: str, encoding: str = "utf-8", **kwargs: Any) -> RosterPlan:
    path = folder / "roster.csv"
    path.write_bytes("\r\n".join([HEAD, *lines]).encode(encoding))
    return import_people(path, as_of=kwargs.pop("as_of", DAY), at=at, **kwargs)[0]


def faults(folder: Path, at: datetime, *lines: str) -> list[tuple[int | None, str, str, str, str]]:
    with pytest.raises(InputRefused) as refused:
        bring(folder, at, *lines)
    assert Person.objects.count() == 0
    return [(p.row, p.field, p.value, str(p.message), str(p.remedy)) for p in refused.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_roster_reads_the_encodings_of_slovenian_spreadsheets(tmp_path: Path, at: datetime, encoding: str) -> None:
    assert bring(tmp_path, at, line(), encoding=encoding).summary()["added"] == 1
    person = Person.objects.get()
    job = Employment.objects.get()
    assert (person.first_name, person.last_name, job.hired_on) == ("Žiga", "Čeč", date(2020, 2, 1))


def test_roster_twice_changes_nothing(tmp_path: Path, at: datetime) -> None:
    bring(tmp_path, at, *staff())
    expected = {"added": 0, "changed": 0, "moved": 0, "ended": 0, "unchanged": 20}
    assert bring(tmp_path, at, *staff()).summary() == expected


def test_roster_only_looked_at_writes_nothing(tmp_path: Path, at: datetime) -> None:
    assert bring(tmp_path, at, *staff(), dry_run=True).summary()["added"] == 20
    assert Employment.objects.count() == 0


def test_roster_tells_added_changed_moved_and_ended_apart(tmp_path: Path, at: datetime) -> None:
    bring(tmp_path, at, *staff(), as_of=date(2026, 5, 1))
    later = [line("1", first="Žan"), line("2", unit="SLS"), *staff()[3:], line("21", since="1. 6. 2026")]
    plan = bring(tmp_path, at, *later)
    assert plan.summary() == {"added": 1, "changed": 1, "moved": 1, "ended": 1, "unchanged": 18}
    moved = Employment.objects.filter(personnel_number="2").order_by("valid_from")
    assert [(e.unit.code, e.valid_to) for e in moved] == [("OGDP", DAY), ("SLS", None)]
    assert Employment.objects.get(personnel_number="3").valid_to == DAY


def test_roster_that_ends_more_than_a_tenth_asks_for_confirmation(tmp_path: Path, at: datetime) -> None:
    bring(tmp_path, at, *staff(), as_of=date(2026, 5, 1))
    with pytest.raises(TooManyLeavers, match="3"):
        bring(tmp_path, at, *staff(17))
    assert Employment.objects.filter(valid_to=None).count() == 20
    assert bring(tmp_path, at, *staff(17), confirm_leavers=True).summary()["ended"] == 3


def test_roster_names_each_faulty_row_and_writes_none(tmp_path: Path, at: datetime) -> None:
    found = faults(
        tmp_path,
        at,
        line("1"),
        line("1", first="Ana"),
        line("2", unit="SSL"),
        line("3", since="31. 2. 2024"),
        line("4", since="1. 3. 2024", until="1. 2. 2024"),
        line("5", first=""),
    )
    assert found == [
        (3, "personnel_number", "1", "Ta številka je že v vrstici 2.",
         "Vsaka oseba naj ima eno številko, vsako delovno mesto pa naj bo navedeno enkrat."),
        (4, "unit", "SSL", "Te šifre na dan seznama ni.", "Ste mislili SLS?"),
        (5, "valid_from", "31. 2. 2024", "Takega dne ni.", "Dan napišite takole: 31. 12. 2024."),
        (6, "valid_to", "1. 2. 2024", "Zaposlitev se konča, preden se začne.", "Popravite enega od obeh dni."),
        (7, "first_name", "", "Polje je prazno.", "Izpolnite ga."),
    ]  # fmt: skip


def test_roster_without_a_needed_column_names_it() -> None:
    with pytest.raises(InputRefused) as refused:
        read_roster("a.csv", b"Delodajalec;Enota\nMU;OGDP\n")
    assert [problem.field for problem in refused.value.problems] == [
        "personnel_number", "first_name", "last_name", "post", "valid_from",
    ]  # fmt: skip


def test_roster_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(InputRefused, match="10 MB"):
        read_roster("a.csv", b"x" * (50 * 1024 * 1024), max_bytes=PAGE_BYTES)


def test_roster_of_a_workbook_reads_days_and_numbers(at: datetime) -> None:
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "d. m. yyyy"})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEAD.split(";"))
    sheet.write_row(1, 0, ["MU", "OGDP", 17, "Ana", "Žagar", "", "D1"])
    sheet.write_datetime(1, 7, datetime(2021, 3, 1))
    book.close()
    row = read_roster("a.xlsx", out.getvalue()).rows[0]
    assert (row.personnel_number, row.last_name, row.valid_from, row.valid_to) == (
        "17",
        "Žagar",
        date(2021, 3, 1),
        None,
    )


@pytest.mark.parametrize("count", [1, 40])
def test_plan_of_a_roster_asks_the_database_as_often_for_any_size(count: int, django_assert_num_queries: Any) -> None:
    roster = read_roster("a.csv", "\n".join([HEAD, *staff(count)]).encode())
    with django_assert_num_queries(8):
        plan_roster(roster, as_of=DAY)
