"""A questionnaire survives being a workbook, and pyxform makes a form of every workbook that we write."""

import io
import string
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from kazipot.core.survey.questionnaire import Choice, Item, Kind, Page, Questionnaire, Text, faults_of
from kazipot.needs.exports import xlsform
from kazipot.needs.imports import read_with_notices, read_xlsform
from tests.core.survey.questionnaire.samples import BLOCK, LEVELS, questionnaire

SIGNS = st.characters(
    exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n", exclude_characters="$\ufffe\uffff"
)
WORDS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=40),
    st.sampled_from(["=1+1", "TRUE", "1.0", "007", "_x000D_", "1.\u00a0junij", "”tako“", "<b>&amp;</b>", "x" * 2_000]),
).map(str.strip).filter(bool)  # fmt: skip
TEXTS = st.builds(Text, WORDS, WORDS)
KEYS = st.text(string.ascii_lowercase, min_size=1, max_size=1).flatmap(
    lambda first: st.text(string.ascii_lowercase + string.digits + "_", max_size=8).map(lambda rest: first + rest)
).filter(lambda key: key not in {"meta", "data"} and not key.endswith("_count"))  # fmt: skip
HELPERS = st.sampled_from(["competences", "competence", "competence_code", "competence_name", "page_1"])
VALUES = st.text(st.characters(categories=["L", "N", "S", "P"]), min_size=1, max_size=12)
CODES = st.from_regex(r"[0-9]\.[0-9]", fullmatch=True)
ROLES = ("own_level", "needed_level", "wants_training")


@st.composite
def lists_of_choices(draw: Any) -> dict[str, tuple[Choice, ...]]:
    names = draw(st.lists(st.one_of(KEYS, HELPERS).filter("levels".__ne__), unique=True, max_size=3))
    found = {}
    for name in names:
        values = draw(st.lists(VALUES, unique=True, min_size=1, max_size=4))
        own = draw(st.lists(st.tuples(st.sampled_from(values), CODES), unique=True, max_size=2))
        choices = [Choice(value, draw(TEXTS)) for value in values]
        found[name] = (*choices, *(Choice(value, draw(TEXTS), code) for value, code in own))
    own = draw(st.lists(st.tuples(st.sampled_from("01234"), CODES), unique=True, max_size=3))
    return {**found, "levels": (*LEVELS, *(Choice(value, draw(TEXTS), code) for value, code in own))}


def conditions(keys: list[str]) -> st.SearchStrategy[str]:
    """Conditions that speak of the given keys."""
    if not keys:
        return st.just("")
    key = st.sampled_from(keys)
    return st.one_of(
        st.just(""),
        key.map(lambda told: f"${{{told}}} = 'x' or string-length(${{{told}}}) > 3"),
        key.map(lambda told: f'not(selected(${{{told}}}, "a"))'),
        key.map(lambda told: f"if(${{{told}}} >= 2, true(), ${{{told}}} != '’')"),
    )


@st.composite
def items(draw: Any, key: str, usable: list[str], lists: list[str]) -> Item:
    kind = draw(st.sampled_from(list(Kind)))
    constraint = draw(st.sampled_from(["", ". >= 1 and . <= 40", "regex(., '[a-z]+')", ". != 'a b'"]))
    return Item(
        key,
        kind,
        draw(TEXTS),
        hint=draw(st.one_of(st.just(Text()), TEXTS)),
        required=kind is not Kind.NOTE and draw(st.booleans()),
        relevant=draw(conditions(usable)),
        constraint=constraint,
        constraint_message=draw(st.one_of(st.just(Text()), TEXTS)),
        choices=draw(st.sampled_from(lists)) if kind in {Kind.ONE, Kind.MANY} else "",
    )


@st.composite
def questionnaires(draw: Any) -> Questionnaire:
    """Any questionnaire without faults, with texts as they are after trimming."""
    lists = draw(lists_of_choices())
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=4))
    free = st.one_of(KEYS, HELPERS).filter(lambda key: key not in ROLES)
    keys = iter(draw(st.lists(free, unique=True, min_size=sum(sizes) + len(sizes), max_size=sum(sizes) + len(sizes))))
    block = draw(st.integers(0, len(sizes) - 1))
    earlier: list[str] = []
    pages = []
    for number, size in enumerate(sizes):
        usable, asked = list(earlier), []
        relevant, label, key = draw(conditions(earlier)), draw(TEXTS), next(keys)
        for _ in range(size):
            item = draw(items(next(keys), usable, list(lists)))
            usable.append(item.key)
            asked.append(item)
        if number == block:
            asked = [*BLOCK.items, *asked]
        else:
            earlier = usable
        pages.append(Page(key, label, tuple(asked), relevant, number == block))
    competences = draw(st.lists(CODES, unique=True, max_size=4))
    base = draw(st.lists(st.sampled_from(competences) if competences else CODES, unique=True, max_size=3))
    framework = draw(st.sampled_from(["", "DigComp"]))
    return Questionnaire(draw(KEYS), draw(TEXTS), tuple(pages), lists, framework, tuple(competences), tuple(base))


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(questionnaires())
def test_questionnaire_survives_being_a_workbook(asked: Questionnaire) -> None:
    assert faults_of(asked) == []
    content = xlsform(asked)
    reading = read_with_notices(content, "a.xlsx")
    assert reading.questionnaire == asked
    assert reading.notices == ()
    form = convert(content, file_type=".xlsx", validate=False)
    assert form.warnings == []
    assert all(f"/{page.key}/{item.key}" in form.xform for page, item in asked.items())


def test_versions_are_not_in_the_file() -> None:
    sample = questionnaire()
    reworded = replace(BLOCK, items=(replace(BLOCK.items[0], version=3), *BLOCK.items[1:]))
    assert read_xlsform(xlsform(replace(sample, pages=(reworded, *sample.pages[1:]))), "a.xlsx") == sample


def test_repeat_works_in_other_programs() -> None:
    own = (*LEVELS, Choice("1", Text("išče", "searches"), "1.1"))
    sample = replace(questionnaire(), competences=("1.1", "4.2"), base=("4.2",))
    sample = replace(sample, choice_lists={**sample.choice_lists, "levels": own})
    form = convert(xlsform(sample, {"1.1": Text("Iskanje", "Browsing")}), file_type=".xlsx").xform
    # the page has the name that the question would have, so the question gets another one
    asked = "/data/competences_2"
    assert 'jr:count=" /data/competences_count "' in form
    assert f'calculate="count-selected( {asked} )"' in form
    assert f'/competence_code" type="string" calculate="selected-at( {asked} , position(..)-1)"' in form
    assert f"jr:choice-name( ../competence_code , ' {asked} ')" in form
    assert '<output value=" ../competence_name "/>' in form
    assert "[competence =  current()/../competence_code  or string(competence) = '']" in form
    assert "<value>Iskanje</value>" in form
    assert "<competences_2>4.2</competences_2>" in form


def test_workbook_keeps_its_heading_in_sight_and_every_cell_a_text() -> None:
    sample = questionnaire()
    formula = replace(sample.pages[1], label=Text("=1+1", "+2"))
    book = load_workbook(io.BytesIO(xlsform(replace(sample, pages=(BLOCK, formula)))))
    assert [sheet.title for sheet in book] == ["survey", "choices", "settings"]
    assert {sheet.freeze_panes for sheet in book} == {"C2"}
    assert all(cell.font.bold for sheet in book for cell in sheet[1])
    assert {cell.data_type for sheet in book for row in sheet for cell in row if cell.value is not None} == {"s"}
    assert book["survey"].column_dimensions["C"].width > book["survey"].column_dimensions["A"].width
