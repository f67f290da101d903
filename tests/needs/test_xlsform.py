"""A workbook written as people write XLSForm is read as they mean it; what is no such workbook is refused."""

import io
import zipfile

import pytest
import xlsxwriter
from django.utils import translation

from kazipot.core.survey.questionnaire import Choice, Item, Kind, Page, Text
from kazipot.needs.imports import read_with_notices, read_xlsform
from tests.needs.xlsform_samples import HEADINGS, Rows, cell, choices, form, refusal, row, settings, survey, workbook


def test_workbook_is_read_as_its_author_means_it() -> None:
    found = read_xlsform(form(), "form.xlsx")
    levels = (*(Choice(str(n), Text(f"Raven {n}", f"Level {n}")) for n in range(5)),
              Choice("1", Text("Išče s pomočjo", "Searches with help"), "1.1"))  # fmt: skip
    assert (found.key, found.title, found.framework) == ("needs", Text("Potrebe", "Needs"), "DigComp")
    assert (found.competences, found.base) == (("1.1", "4.2"), ("1.1",))
    assert found.choice_lists == {
        "places": (
            Choice("office", Text("V pisarni", "In an office")),
            Choice("depot", Text("Na terenu", "In the field")),
        ),
        "levels": levels,
    }
    assert found.pages == (
        Page("work", Text("Vaše delo", "Your work"), (
            Item("place", Kind.ONE, Text("Kje delate?", "Where do you work?"), required=True, choices="places"),
            Item("years", Kind.INTEGER, Text("Koliko let?", "How many years?"), relevant="${place} = 'office'",
                 constraint=". >= 0 and . <= 50", constraint_message=Text("Od 0 do 50.", "0 to 50.")),
        )),
        Page("block", Text("Kompetence", "Competences"), (
            Item("own_level", Kind.ONE, Text("Danes", "Today"), required=True, choices="levels"),
            Item("needed_level", Kind.ONE, Text("Potrebno", "Needed"), required=True, choices="levels"),
            Item("wants_training", Kind.TICK, Text("Usposabljanje", "Training")),
        ), per_competence=True),
        Page("page_1", Text("Potrebe", "Needs"), (
            Item("more", Kind.LONG_TEXT, Text("Še kaj?", "Anything else?"), hint=Text("Brez imen.", "No names.")),
            Item("until", Kind.DATE, Text("Do kdaj?", "Until when?")),
            Item("thanks", Kind.NOTE, Text("Hvala.", "Thank you.")),
        )),
    )  # fmt: skip


def test_what_is_passed_over_is_told() -> None:
    def change(asked: Rows, _choices: Rows, _settings: Rows) -> None:
        asked[0] = [*HEADINGS, "label::Deutsch (de)", "remarks"]
        asked[3] += ["Wo arbeiten Sie?", "ask Ana"]

    with translation.override("en"):
        notices = read_with_notices(form(change), "form.xlsx").notices
    assert [(notice.row, notice.field, notice.value) for notice in notices] == [
        (2, "survey!A (type)", "start"),
        (4, "survey!Q (label::Deutsch (de))", "Wo arbeiten Sie?"),
        (4, "survey!R (remarks)", "ask Ana"),
    ]


def test_nested_groups_become_pages_with_joined_conditions() -> None:
    def change(asked: Rows, _choices: Rows, _settings: Rows) -> None:
        asked[16:] = [
            row("begin group", "outer", "Zunaj", "Outside", relevant="${place} = 'depot'"),
            row("text", "first", "Prvo", "First"),
            row("begin group", "inner", relevant="${years} > 2 or ${years} = 0"),
            row("text", "second", "Drugo", "Second"),
            row("end group"),
            row("text", "third", "Tretje", "Third"),
            row("end group"),
        ]

    pages = read_xlsform(form(change), "form.xlsx").pages[2:]
    assert [(page.key, page.label.en, page.relevant, [item.key for item in page.items]) for page in pages] == [
        ("outer", "Outside", "${place} = 'depot'", ["first"]),
        ("inner", "Outside", "(${place} = 'depot') and (${years} > 2 or ${years} = 0)", ["second"]),
        ("outer_2", "Outside", "${place} = 'depot'", ["third"]),
    ]


def test_group_in_the_repeat_gives_its_condition_to_its_items() -> None:
    def change(asked: Rows, _choices: Rows, _settings: Rows) -> None:
        asked[15:15] = [
            row("begin group", "why", "Zakaj", "Why", relevant="${wants_training} = true()"),
            row("text", "reason", "Razlog", "Reason", relevant="${own_level} = 0"),
            row("end group"),
        ]

    item = read_xlsform(form(change), "form.xlsx").item("reason")
    assert item is not None
    assert item.relevant == "(${wants_training} = true()) and (${own_level} = 0)"


def test_plain_label_is_in_the_default_language() -> None:
    def change(asked: Rows, offered: Rows, told: Rows) -> None:
        for sheet in (asked, offered):
            sheet[0] = ["label" if heading == "label::English (en)" else heading for heading in sheet[0]]
        told[:] = [
            ["form_title", "form_title::Slovenian (sl)", "form_id", "default_language"],
            ["Needs", "Potrebe", "needs", "English (en)"],
        ]

    found = read_xlsform(form(change), "form.xlsx")
    assert found.title == Text("Potrebe", "Needs")
    assert found.pages[0].label == Text("Vaše delo", "Your work")


def test_all_competences_of_the_framework_may_be_asked_about() -> None:
    def change(_asked: Rows, _choices: Rows, told: Rows) -> None:
        told[0].append("competences")
        told[1].append("all")

    assert read_xlsform(form(change), "form.xlsx").competences == ()


def test_curly_quotation_marks_are_put_straight() -> None:
    found = read_xlsform(form(cell(5, "relevant", "${place} = ‘office’")), "form.xlsx").item("years")
    assert found is not None
    assert found.relevant == "${place} = 'office'"


@pytest.mark.parametrize(
    "content", [b"", b"type;name\ntext;a\n", b"\x89PNG", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0old"]
)
def test_file_that_is_no_workbook_is_refused(content: bytes) -> None:
    assert [problem.field for problem in refusal(content)] == ["form.xlsx"]


def test_other_zip_file_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "x")
    assert refusal(out.getvalue())[0].message == "The workbook cannot be read."


def test_file_of_60_mb_is_refused_unopened() -> None:
    problem = refusal(b"PK" + b"\0" * 60 * 1024 * 1024)[0]
    assert problem.message == "The file is too large (60 MB)."
    assert problem.remedy == "Use at most 10 MB."


def test_sheet_too_large_for_a_questionnaire_is_refused() -> None:
    rows = [*survey(), *(row("note", f"n{number}", "x", "x") for number in range(5_000))]
    problem = refusal(workbook(survey=rows, choices=choices(), settings=settings()))[0]
    assert (problem.field, problem.remedy) == ("survey", "Leave at most 5000 rows and 200 columns.")


def test_formula_in_any_sheet_is_named() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet("notes").write_formula("A1", "=1+1")
        for name, rows in {"survey": survey(), "Choices": choices(), "settings": settings()}.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
            if name == "Choices":
                sheet.write_formula("C3", '="Na "&"terenu"')
    assert [(problem.row, problem.field) for problem in refusal(out.getvalue())] == [(3, "Choices!C3")]
