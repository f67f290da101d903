"""The shipped frameworks, their life, and the Commission's workbook."""

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.foundation.errors import InputRefused
from kazipot.foundation.roles import Role
from kazipot.framework import imports, operations, queries
from kazipot.framework.choices import Status
from kazipot.framework.errors import NotADraft, TooEarly
from kazipot.framework.models import Crosswalk, Framework, Level, Outcome, Statement
from tests.factories.organisation import make_employer, sign_in

AT = datetime(2026, 1, 1, 8, tzinfo=UTC)
SUPPLEMENT = Path(__file__).parents[3] / "shared/data/digcomp/DigComp_3_0_Data_Supplement_2025-11-24.xlsx"
pytestmark = pytest.mark.django_db


def shipped() -> tuple[Framework, Framework]:
    operations.install_shipped_frameworks(at=AT)
    return Framework.objects.get(version="2.2"), Framework.objects.get(version="3.0")


def test_both_versions_are_shipped_once_with_names_in_both_languages() -> None:
    old, new = shipped()
    assert operations.install_shipped_frameworks(at=AT) == []
    assert [len(queries.competences(framework.pk)) for framework in (old, new)] == [21, 21]
    found = queries.competence_by_code(new.pk, "3.4")
    assert found is not None
    assert (found.name_sl, found.name_en) == (
        "Računalniško mišljenje in programiranje",
        "Computational thinking and programming",
    )
    eight = Level.objects.filter(framework=new, scale=8).values_list("number", "base_level")
    assert list(eight) == [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (8, 4)]
    six = Level.objects.filter(framework=new, scale=6).values_list("name_sl", "base_level")
    assert list(six) == [("A1", 1), ("A2", 1), ("B1", 2), ("B2", 2), ("C1", 3), ("C2", 4)]


def test_crosswalk_names_every_competence_of_the_old_version() -> None:
    old, new = shipped()
    assert queries.crosswalk(old.pk, new.pk).values("source_id").distinct().count() == 21
    assert Crosswalk.objects.get(source__code="2.5", source__framework=old).relation == "broader"


def test_activation_archives_the_old_version_and_the_past_stays() -> None:
    old, new = shipped()
    operations.activate(framework_id=new.pk, on=date(2026, 1, 1), at=AT, actor=None)
    assert queries.active_framework(date(2022, 3, 21)) is None
    assert queries.active_framework(date(2025, 12, 31)) == old
    assert queries.active_framework(date(2026, 1, 1)) == new
    assert Framework.objects.get(pk=old.pk).status == Status.ARCHIVED
    with pytest.raises(NotADraft):
        operations.activate(framework_id=old.pk, on=date(2026, 2, 1), at=AT, actor=None)


def test_activation_before_the_present_version_is_refused() -> None:
    _, new = shipped()
    with pytest.raises(TooEarly):
        operations.activate(framework_id=new.pk, on=date(2022, 3, 22), at=AT, actor=None)


def test_old_results_are_expressed_in_the_new_version_and_back_with_the_relation() -> None:
    old, new = shipped()
    before, after = (queries.competence_by_code(framework.pk, "2.5") for framework in (old, new))
    assert before is not None
    assert after is not None
    assert queries.expressions(new.pk)[before.pk] == {after.pk}
    assert queries.expressions(new.pk)[after.pk] == {after.pk}
    assert queries.expressions(old.pk)[after.pk] == {before.pk}
    assert [row.relation for row in queries.re_express([before.pk], new.pk)[before.pk]] == ["broader"]
    assert [row.relation for row in queries.re_express([after.pk], old.pk)[after.pk]] == ["narrower"]


def workbook(statement: list[Any]) -> bytes:
    sheets = {
        "1 Competence Areas&Competences": [
            ["Competence number", "Competence name", "Competence descriptor"], ["1.1", "Searching", "To search."],
        ],
        "3 Competence Statements": [
            ["Competence number", "Competence statement ID", "Competence statement", "Proficiency level name"],
            statement,
        ],
        "4 Learning Outcomes": [
            ["Competence number", "Learning Outcome ID", "Learning Outcome", "Proficiency level",
             "Knowledge skill or attitude"],
            ["1.1", "LO1.1.01", "Search with one word.", "Highly advanced", "Skill"],
        ],
    }  # fmt: skip
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return out.getvalue()


def test_workbook_brings_statements_and_outcomes_once() -> None:
    content = workbook(["1.1", "CS1.1.01", "Says why searching helps.", "Basic "])
    _, added = imports.import_framework("digcomp.xlsx", content, at=AT)
    assert added == {"statements": 1, "outcomes": 1, "descriptors": 1}
    assert Outcome.objects.get().base_level == 4
    _, again = imports.import_framework("digcomp.xlsx", content, at=AT)
    assert again == {"statements": 0, "outcomes": 0, "descriptors": 0}


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (["9.9", "CS1", "Text", "Basic"], "Competence number"),
        (["1.1", "CS1", "Text", "Expert"], "Proficiency level name"),
        (["1.1", "", "Text", "Basic"], "Competence statement ID"),
    ],
)
def test_faulty_row_of_the_workbook_is_named_and_nothing_is_written(row: list[Any], field: str) -> None:
    with pytest.raises(InputRefused) as caught:
        imports.import_framework("digcomp.xlsx", workbook(row), at=AT)
    assert [(p.row, p.field) for p in caught.value.problems] == [(2, f"3 Competence Statements: {field}")]
    assert Statement.objects.count() == 0


@pytest.mark.parametrize("path", [path for path in [SUPPLEMENT] if path.exists()])
def test_commission_workbook_is_read_as_it_is(path: Path) -> None:
    book, added = imports.import_framework(path.name, path.read_bytes(), at=AT)
    assert (book.areas, len(book.descriptors)) == (5, 21)
    assert (added["statements"], added["outcomes"]) == (362, 523)


def test_service_imports_and_activates_on_pages(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    shipped()
    sign_in(client, Role.SERVICE, make_employer())
    content = workbook(["1.1", "CS1.1.01", "Says why searching helps.", "Basic "])
    file = SimpleUploadedFile("digcomp.xlsx", content)
    assert client.post(reverse("framework:import"), {"file": file}).status_code == 302
    page = client.get(reverse("framework:competence", args=("DigComp", "3.0", "1.1")))
    assert "Says why searching helps." in page.text
    wrong = client.post(reverse("framework:import"), {"file": SimpleUploadedFile("x.xlsx", b"PK nothing")})
    assert wrong.status_code == 422
    activate = reverse("framework:activate", args=("DigComp", "3.0"))
    assert client.post(activate, {"on": "2020-01-01"}).status_code == 422
    assert client.post(activate, {"on": "2026-06-01"}).status_code == 302
    assert queries.active_framework(date(2026, 5, 31)) == Framework.objects.get(version="2.2")
    assert queries.active_framework(date(2026, 6, 1)) == Framework.objects.get(version="3.0")


def test_counterparts_are_listed_in_both_directions() -> None:
    old, new = shipped()
    there = {(row.source.code, row.target.code if row.target else None) for row in queries.counterparts(old.pk, new.pk)}
    back = {(row.target.code if row.target else None, row.source.code) for row in queries.counterparts(new.pk, old.pk)}
    assert len({code for code, _ in there}) == 21
    assert {pair for pair in there if None not in pair} == {pair for pair in back if None not in pair}
