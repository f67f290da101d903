"""Whatever is wrong in an XLSForm is named by row, column and remedy, in the user's language."""

from typing import Any

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyxform.errors import PyXFormError

from kazipot.core.survey.questionnaire import faults_of
from kazipot.foundation.errors import InputRefused
from kazipot.needs.imports import read_xlsform
from tests.needs.xlsform_samples import (
    FILTER,
    HEADINGS,
    Rows,
    cell,
    choices,
    form,
    refusal,
    row,
    settings,
    survey,
    workbook,
)

CELLS = [
    (5, "type", "intger", "Did you mean integer?"),
    (5, "type", "geopoint", "Use one of these: select_one"),
    (5, "type", "image", "Use one of these"),
    (5, "type", "rank places", "Use one of these"),
    (5, "type", "range", "Use one of these"),
    (5, "type", "select_one places or_other", "Use one of these"),
    (5, "type", "select_one_from_file a.csv", "Use one of these"),
    (5, "type", "", "Write its type"),
    (4, "type", "select_one", "Name a list."),
    (4, "type", "select_one colours", "write the list of choices"),
    (15, "type", "text", "Make it a tick"),
    (5, "name", "Years", "small letters"),
    (5, "name", "place", "its own name"),
    (3, "name", "place", "its own name"),
    (3, "name", "meta", "Choose another name."),
    (5, "label::English (en)", "", "in English too"),
    (5, "label::Slovenščina (sl)", "", "in Slovenian too"),
    (5, "label::English (en)", "Hello ${place}", "without it"),
    (5, "label::English (en)", "x" * 2_001, "at most 2000 characters"),
    (17, "hint::en", "", "in English too"),
    (5, "constraint_message::sl", "", "in Slovenian too"),
    (5, "required", "${place} = 'office'", "yes or no"),
    (19, "required", "yes", "leave it optional"),
    (13, "relevant", "${years} > 2", "without a condition"),
    (13, "type", "select_one places", "from 0, 1, 2, 3 and 4"),
    (13, "required", "", "required choice of one from 0, 1, 2, 3 and 4"),
    (4, "relevant", "${years} > 2", "change the order"),
    (5, "relevant", "${nobody} = 1", "Correct the name"),
    (17, "relevant", "${own_level} = 1", "asked once"),
    (3, "relevant", "${nobody} = 1", "Correct the name"),
    (5, "constraint", "today() > 3", "Use and, or"),
    (5, "constraint", ". >= 0 and (. <= 50", "Close every bracket"),
    (5, "constraint", "regex(., '[')", "regular expression"),
    (5, "constraint", "selected(.)", "as many values"),
    (5, "constraint", ". >= 0 . <= 50", "Correct the expression"),
    (4, "choice_filter", "region = ${years}", "delete the filter"),
    (4, "choice_filter", FILTER, "in the repeat"),
    (5, "calculation", "1 + 1", "Delete the calculation"),
    (10, "calculation", "3 * 4", "ask the question itself"),
    (9, "repeat_count", "3", "count-selected(${competences})"),
    (8, "default", "1.1 9.9", "take it out of the default"),
    (8, "type", "select_multiple kompetence", "Write the competences there."),
]  # fmt: skip


@pytest.mark.parametrize(("number", "heading", "value", "remedy"), CELLS)
def test_fault_is_named_by_row_column_value_and_remedy(number: int, heading: str, value: str, remedy: str) -> None:
    problems = refusal(form(cell(number, heading, value)))
    index = HEADINGS.index(heading)
    place = (number, f"survey!{'ABCDEFGHIJKLMNOP'[index]} ({heading})")
    # a name that is used twice is a fault where it stands the second time
    if value == "place":
        place = (max(number, 4), place[1])
    found = [problem for problem in problems if (problem.row, problem.field) == place]
    assert len(found) == 1, [problem.as_line() for problem in problems]
    assert remedy in found[0].remedy
    assert found[0].value == value or (found[0].value.endswith("…") and value.startswith(found[0].value[:-1]))


def test_fault_in_an_expression_names_the_character() -> None:
    problem = refusal(form(cell(5, "constraint", ". >= 0 and today() < 3")))[0]
    assert problem.message == "Character 12 of the expression: “today” is not known."


def test_faults_are_told_in_slovenian() -> None:
    with pytest.raises(InputRefused) as caught:
        read_xlsform(form(cell(5, "constraint", ". >= 0 and today() < 3")), "form.xlsx")
    assert caught.value.problems[0].message == "12. znak izraza: »today« ni znano."
    assert str(caught.value).startswith("Vprašalnik v datoteki form.xlsx ni bil prebran.")


def test_every_fault_is_told_at_once() -> None:
    def change(asked: Rows, offered: Rows, told: Rows) -> None:
        asked[4][0] = "geopoint"
        offered[2][3] = ""
        offered[3][0] = ""
        told[1][2] = "needs of 2026"

    assert [(problem.row, problem.field) for problem in refusal(form(change))] == [
        (2, "settings!C (form_id)"),
        (4, "choices!A (list_name)"),
        (5, "survey!A (type)"),
        (8, "survey!P (default)"),
        (3, "choices!D (label::English (en))"),
    ]


@pytest.mark.parametrize(
    ("rows", "place", "remedy"),
    [
        (slice(5, 6), (3, "survey!A (type)"), "Add a row “end group” after it."),
        (slice(15, 16), (9, "survey!A (type)"), "Add a row “end repeat” after it."),
        (slice(2, 3), (5, "survey!A (type)"), "add “begin group” where it starts"),
        (slice(3, 5), (3, "survey!B (name)"), "Put a question on it"),
        (slice(12, 13), (1, "survey!B (name)"), "Add it there"),
    ],
)
def test_group_left_open_or_empty_is_named(rows: slice, place: tuple[int, str], remedy: str) -> None:
    def change(asked: Rows, _choices: Rows, _settings: Rows) -> None:
        del asked[rows]
        if rows.start == 3:
            asked[-3:] = [row("text", "more", "Še kaj?", "More?")]

    problems = refusal(form(change))
    found = [problem for problem in problems if (problem.row, problem.field) == place]
    assert [remedy in problem.remedy for problem in found] == [True], [problem.as_line() for problem in problems]


def test_group_closed_as_a_repeat_is_named() -> None:
    problems = refusal(form(cell(6, "type", "end repeat")))
    assert (problems[0].row, problems[0].remedy) == (6, "First close “begin group” of row 3.")


def test_name_that_pyxform_takes_for_itself_is_named() -> None:
    problems = refusal(form(cell(3, "name", "block_count")))
    assert [(problem.row, problem.field, problem.remedy) for problem in problems] == [
        (3, "survey!B (name)", "Choose another name.")
    ]


def test_refusal_by_pyxform_is_passed_on_with_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise PyXFormError("[row : 5] On the 'survey' sheet, the 'relevant' value is invalid. No such function.")

    monkeypatch.setattr("kazipot.needs.imports.xlsform.judge.convert", refuse)
    problem = refusal(form())[0]
    assert (problem.row, problem.field) == (5, "survey!H (relevant)")
    assert "No such function." in problem.message


JUNK = st.one_of(
    st.sampled_from([
        "", "begin group", "end group", "begin repeat", "end repeat", "calculate", "select_one levels", "note",
        "${place}", "${", "competences", "place", "all", "yes", "label", "%s", "{0}", "type", "::", "label::en",
    ]),
    st.text(max_size=12),
    st.integers(),
    st.booleans(),
)  # fmt: skip


@hypothesis.settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(0, 16), JUNK), min_size=1, max_size=6))
def test_junk_in_any_cell_is_read_or_refused_in_words(junk: list[tuple[int, int, int, Any]]) -> None:
    def change(*sheets: Rows) -> None:
        for index, number, column, value in junk:
            rows = sheets[index]
            cells = rows[number % len(rows)]
            cells += [""] * (column + 1 - len(cells))
            cells[column] = value

    content = form(change)
    try:
        found = read_xlsform(content, "form.xlsx")
    except InputRefused:
        assert refusal(content)
    else:
        assert faults_of(found) == []


def test_second_repeat_and_repeat_in_a_repeat_are_refused() -> None:
    def change(asked: Rows, _choices: Rows, _settings: Rows) -> None:
        asked[15:15] = [
            row("begin repeat", "again", "Spet", "Again", repeat_count="2"),
            row("text", "why", "Zakaj", "Why"),
            row("end repeat"),
        ]

    assert [(problem.row, problem.field) for problem in refusal(form(change))] == [(16, "survey!A (type)")]


@pytest.mark.parametrize(
    ("number", "column", "value", "field", "remedy"),
    [
        (2, 1, "in office", "choices!B (name)", "1 to 64 characters"),
        (2, 1, "", "choices!B (name)", "1 to 64 characters"),
        (3, 1, "office", "choices!B (name)", "another value"),
        (3, 2, "", "choices!C (label::Slovenščina (sl))", "in Slovenian too"),
        (11, 3, "", "choices!D (label::English (en))", "in English too"),
        (2, 0, "", "choices!A (list_name)", "the name of its list"),
    ],
)
def test_fault_of_a_choice_is_named(number: int, column: int, value: str, field: str, remedy: str) -> None:
    def change(_asked: Rows, offered: Rows, _settings: Rows) -> None:
        offered[number - 1][column] = value

    found = [problem for problem in refusal(form(change)) if problem.row == number]
    assert [(problem.field, remedy in problem.remedy) for problem in found] == [(field, True)]


def test_list_with_the_name_of_a_question_is_told_apart_from_it() -> None:
    def change(asked: Rows, offered: Rows, _settings: Rows) -> None:
        asked[3][0] = "select_one place"
        asked[3][3] = ""
        offered[1][0] = offered[2][0] = "place"
        offered[2][3] = ""

    assert [(problem.row, problem.field) for problem in refusal(form(change))] == [
        (3, "choices!D (label::English (en))"),
        (4, "survey!D (label::English (en))"),
    ]


@pytest.mark.parametrize(
    ("column", "value", "field"),
    [
        (0, "", "settings!A (form_title)"),
        (1, "", "settings!B (form_title_en)"),
        (2, "", "settings!C (form_id)"),
        (2, "needs of 2026", "settings!C (form_id)"),
        (3, "Français (fr)", "settings!D (default_language)"),
    ],
)
def test_fault_of_the_settings_is_named(column: int, value: str, field: str) -> None:
    def change(_asked: Rows, _choices: Rows, told: Rows) -> None:
        told[1][column] = value

    assert [(problem.row, problem.field, problem.value) for problem in refusal(form(change))] == [(2, field, value)]


def test_language_without_a_column_is_named_once() -> None:
    def change(asked: Rows, offered: Rows, _settings: Rows) -> None:
        for sheet in (asked, offered):
            sheet[0] = ["remarks" if heading == "label::English (en)" else heading for heading in sheet[0]]

    assert [(problem.row, problem.field) for problem in refusal(form(change))] == [
        (1, "survey (label::English (en))"),
        (1, "choices (label::English (en))"),
    ]


def test_columns_that_stand_twice_or_ask_for_more_are_named() -> None:
    def change(asked: Rows, _choices: Rows, _settings: Rows) -> None:
        asked[0] = [*HEADINGS, "relevance", "media::image"]
        asked[3] += ["", "house.png"]

    assert [(problem.row, problem.field, problem.value) for problem in refusal(form(change))] == [
        (1, "survey!H (relevant)", "relevance"),
        (4, "survey!R (media::image)", "house.png"),
    ]


def test_sheets_that_are_missing_are_named() -> None:
    assert [(p.row, p.field) for p in refusal(workbook(choices=choices(), settings=settings()))] == [(None, "survey")]
    assert [(p.row, p.field) for p in refusal(workbook(survey=survey(), choices=choices()))] == [(None, "settings")]
    missing = refusal(workbook(survey=survey(), settings=settings()))
    assert [(p.row, p.field) for p in missing if p.row is None] == [(None, "choices")]
    assert [(p.row, p.field) for p in refusal(workbook(survey=[], settings=settings()))][:3] == [
        (1, "survey (type)"), (1, "survey (name)"), (1, "survey (label)"),
    ]  # fmt: skip
