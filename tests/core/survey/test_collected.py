"""What other survey tools write: headings, cells, moments."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.survey.collected import (
    LIMESURVEY,
    MS_FORMS,
    ONE_KA,
    OTHER,
    Mapping,
    Named,
    has_label_row,
    is_missing,
    moment_of,
    month_comes_first,
    parts_of,
    proposed_columns,
    proposed_values,
    recognised,
    targets_of,
    ticked,
    translated,
)
from kazipot.core.survey.questionnaire import Choice, Item, Kind, NotReadable, Page, Questionnaire, Text

LEVELS = tuple(Choice(str(value), Text(f"raven {value}", f"level {value}")) for value in range(5))
MODES = (Choice("course", Text("tečaj", "a course")), Choice("self", Text("sam", "by myself")))
OWN = Item("own_level", Kind.ONE, Text("Kaj zmorete danes?", "What can you do today?"), choices="levels")
NEEDED = Item("needed_level", Kind.ONE, Text("Kaj potrebujete?", "What do you need?"), choices="levels")
MODE = Item("preferred_mode", Kind.MANY, Text("Kako se učite?", "How do you learn?"), choices="modes")
WISH = Item("other_wish", Kind.LONG_TEXT, Text("Kaj si želite?", "What do you wish?"))
ASKED = Questionnaire(
    "small",
    Text("Mala", "Small"),
    (
        Page("one", Text("Prva", "First"), (OWN, NEEDED), per_competence=True),
        Page("two", Text("Druga", "Second"), (MODE, WISH)),
    ),
    {"levels": LEVELS, "modes": MODES},
)
NAMED = [Named(7, "1.1", ("Iskanje", "Searching")), Named(8, "1.2", ("Presojanje", "Judging"))]
TARGETS = targets_of(ASKED, NAMED)


def test_targets_are_every_item_of_every_competence_and_every_choice() -> None:
    assert [target.name for target in TARGETS] == [
        "own_level.1.1", "own_level.1.2", "needed_level.1.1", "needed_level.1.2",
        "preferred_mode", "preferred_mode=course", "preferred_mode=self", "other_wish",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "G01Q01"], LIMESURVEY),
        (["Response ID", "Date submitted", "Last page", "Start language", "Seed", "Question"], LIMESURVEY),
        (["ID", "Start time", "Completion time", "Email", "Name", "Question?"], MS_FORMS),
        (["ID", "Začetni čas", "Čas dokončanja", "E-pošta", "Ime", "Vprašanje?"], MS_FORMS),
        (["Q1", "Q2a", "Q2b", "Q3_1"], ONE_KA),
        (["recnum", "status", "moja_spremenljivka"], ONE_KA),
        (["number", "level", "wish", "Q1"], OTHER),
    ],
)  # fmt: skip
def test_recognised_by_the_headings(headings: list[str], kind: str) -> None:
    assert recognised(headings) == kind


@pytest.mark.parametrize(
    ("heading", "second", "target"),
    [
        ("own_level.1.1", "", "own_level.1.1"),
        ("own_level[1.2]", "", "own_level.1.2"),
        ("own_level_1_1", "", "own_level.1.1"),
        ("ownlevel[11]", "", "own_level.1.1"),
        ("preferredmode[course]", "", "preferred_mode=course"),
        ("What do you need? [1.2 Judging]", "", "needed_level.1.2"),
        ("1.1 Iskanje: Kaj zmorete danes?", "", "own_level.1.1"),
        ("Searching – What can you do today?", "", "own_level.1.1"),
        ("Kako se učite?", "", "preferred_mode"),
        ("G02Q01. How do you learn? [by myself]", "", "preferred_mode=self"),
        ("Q7", "Kaj si želite?", "other_wish"),
        ("Q5a", "tečaj", "preferred_mode=course"),
        ("Kaj zmorete danes?", "", None),
        ("Priimek", "", None),
        ("token", "", "@code"),
        ("E-pošta", "", "@email"),
        ("Kadrovska številka", "", "@number"),
        ("submitdate", "", "@moment"),
    ],
)
def test_proposed_columns_by_key_text_and_choice(heading: str, second: str, target: str | None) -> None:
    assert proposed_columns(ASKED, TARGETS, [(heading, second)]).get(heading) == target


def test_proposed_columns_give_each_meaning_once() -> None:
    assert proposed_columns(ASKED, TARGETS, [("Email", ""), ("E-pošta", "")]) == {"Email": "@email"}


def test_label_row_is_texts_over_numbers() -> None:
    assert has_label_row([["Kaj zmorete?", "Želja"], ["1", "nič"], ["-1", "več"]])
    assert not has_label_row([["2", "Želja"], ["1", "nič"]])
    assert not has_label_row([["Kaj zmorete?"]])


@pytest.mark.parametrize(
    ("kind", "text", "missing"),
    [
        (ONE_KA, "-1", True), (ONE_KA, "-5", True), (ONE_KA, "-99", True), (ONE_KA, "-100", False),
        (ONE_KA, "1", False), (ONE_KA, "besedilo", False),
        (LIMESURVEY, "N/A", True), (LIMESURVEY, "-1", False), (MS_FORMS, "", True), (MS_FORMS, "N/A", False),
    ],
)  # fmt: skip
def test_missing_is_what_the_tool_writes_for_it(kind: str, text: str, missing: bool) -> None:
    assert is_missing(kind, text) is missing


@pytest.mark.parametrize("text", ["Da", "yes", "Y", "Quoted", "1", "Želim izobraževanje;"])
def test_ticked_says_yes(text: str) -> None:
    assert ticked(text, ["Želim izobraževanje"])


@pytest.mark.parametrize("text", ["Ne", "No", "N", "Not quoted", "0", "2"])
def test_ticked_says_no(text: str) -> None:
    assert not ticked(text)


def test_ticked_refuses_what_is_neither() -> None:
    with pytest.raises(NotReadable):
        ticked("morda")


def test_parts_of_a_cell_end_with_a_semicolon() -> None:
    assert parts_of("tečaj;sam;") == ["tečaj", "sam"]


def test_translated_prefers_what_a_person_said() -> None:
    assert translated("1", LEVELS, {"1": "0"}) == "0"
    assert translated("Level 3", LEVELS, {}) == "3"
    assert translated("4", LEVELS, {}) == "4"
    with pytest.raises(NotReadable):
        translated("5", LEVELS, {})


@pytest.mark.parametrize(
    ("text", "month_first", "expected"),
    [
        ("2026-03-05 10:11:12", False, datetime(2026, 3, 5, 10, 11, 12)),
        ("2026-03-05", False, datetime(2026, 3, 5, 12)),
        ("5. 3. 2026 9:05", False, datetime(2026, 3, 5, 9, 5)),
        ("05.03.2026", False, datetime(2026, 3, 5, 12)),
        ("3/5/26 19:06:23", True, datetime(2026, 3, 5, 19, 6, 23)),
        ("3/5/2026 7:06:23 PM", True, datetime(2026, 3, 5, 19, 6, 23)),
        ("3/5/2026 12:06 am", True, datetime(2026, 3, 5, 0, 6)),
        ("5/3/2026", False, datetime(2026, 3, 5, 12)),
        ("1980-01-01 00:00:00", False, None),
    ],
)  # fmt: skip
def test_moment_as_tools_write_it(text: str, month_first: bool, expected: datetime | None) -> None:
    assert moment_of(text, month_first=month_first) == expected


@pytest.mark.parametrize("text", ["včeraj", "31. 2. 2026", "13/13/2026", "5. 3. 2026 25:00", "3/5/2026 13:00 PM"])
def test_moment_refuses_what_is_none(text: str) -> None:
    with pytest.raises(NotReadable):
        moment_of(text, month_first=False)


def test_month_comes_first_unless_a_day_says_otherwise() -> None:
    assert month_comes_first(["3/5/2026 10:00", "3/25/2026"])
    assert not month_comes_first(["3/5/2026", "25/3/2026"])


def test_proposed_values_count_from_one_in_1ka_and_follow_codes_in_limesurvey() -> None:
    counted = {"1": "0", "5": "4"}
    assert proposed_values(ASKED, ONE_KA, {"levels": ["1", "5"]}) == {"levels": counted}
    assert proposed_values(ASKED, ONE_KA, {"levels": ["0", "4"]}) == {"levels": {"0": "0", "4": "4"}}
    assert proposed_values(ASKED, OTHER, {"levels": ["1", "4"]}) == {"levels": {"1": "1", "4": "4"}}
    assert proposed_values(ASKED, LIMESURVEY, {"levels": ["A1", "AO05"]}) == {"levels": {"A1": "0", "AO05": "4"}}
    assert proposed_values(ASKED, LIMESURVEY, {"levels": ["A1", "A9"]}) == {"levels": {"A1": "0"}}


@given(st.text())
def test_nothing_written_breaks_the_reading(text: str) -> None:
    for read in (lambda: moment_of(text, month_first=True), lambda: ticked(text), lambda: translated(text, LEVELS, {})):
        try:
            read()
        except NotReadable:
            continue
    assert isinstance(parts_of(text), list)


@given(st.builds(Mapping, st.text(), st.dictionaries(st.text(), st.text())))
def test_mapping_is_read_back_unchanged(mapping: Mapping) -> None:
    assert Mapping.from_data(mapping.to_data()) == mapping
