"""A questionnaire survives being data, its faults are named, and its items keep or change their version."""

import json
from dataclasses import replace

import pytest

from kazipot.core.survey.questionnaire import (
    Choice,
    Item,
    Kind,
    Page,
    Text,
    continued,
    faults_of,
    from_data,
    numbered,
    reworded,
    to_data,
)
from tests.core.survey.questionnaire.samples import BLOCK, HOURS, LANGUAGE, LAST, LEVELS, questionnaire, text

WISH = BLOCK.items[2]


def faults(*pages: Page) -> set[tuple[str, str]]:
    """Place and code of each fault."""
    return {(fault.place, fault.code) for fault in faults_of(questionnaire(*pages))}


def test_questionnaire_survives_being_json() -> None:
    sample = replace(questionnaire(), framework="DigComp", competences=("1.1", "4.2"), base=("1.1",))
    assert from_data(json.loads(json.dumps(to_data(sample)))) == sample


def test_faults_of_a_good_questionnaire_are_none() -> None:
    assert faults_of(questionnaire()) == []


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (Page("last", text("Last"), ()), ("last", "empty_page")),
        (Page("Last one", text("Last"), (LANGUAGE,)), ("Last one", "key")),
        (Page("last", Text("Zadnja", ""), (LANGUAGE,)), ("last", "language")),
        (Page("last", text("x" * 2_001), (LANGUAGE,)), ("last", "too_long")),
        (Page("last", text("Last"), (LANGUAGE, LANGUAGE)), ("language", "key_twice")),
        (Page("last", text("Last"), (replace(LANGUAGE, choices=""),)), ("language", "no_list")),
        (Page("last", text("Last"), (replace(LANGUAGE, choices="colours"),)), ("language", "unknown_list")),
        (Page("last", text("Last"), (HOURS, LANGUAGE)), ("hours", "later_key")),
        (Page("last", text("Last"), (replace(LANGUAGE, relevant="${nothing} = 1"),)), ("language", "unknown_key")),
        (Page("last", text("Last"), (replace(LANGUAGE, relevant="${own_level} = 1"),)), ("language", "block_key")),
        (Page("last", text("Last"), (replace(LANGUAGE, relevant="${"),)), ("language", "expression")),
        (Page("last", text("Last"), (Item("note", Kind.NOTE, text("N"), required=True),)), ("note", "required_note")),
        (Page("last", text("Last"), (LANGUAGE,), per_competence=True), ("last", "second_block")),
    ],
)
def test_faults_name_the_place(page: Page, fault: tuple[str, str]) -> None:
    assert faults(BLOCK, page) == {fault}


def test_faults_tell_what_is_missing_for_needs() -> None:
    assert faults(LAST) == {(key, "needs_item") for key in ("own_level", "needed_level", "wants_training")}
    yes = replace(WISH, kind=Kind.ONE, choices="languages")
    assert faults(replace(BLOCK, items=(*BLOCK.items[:2], yes))) == {("wants_training", "needs_tick")}
    optional = replace(BLOCK.items[0], required=False)
    assert faults(replace(BLOCK, items=(optional, *BLOCK.items[1:]))) == {("own_level", "needs_levels")}


def test_faults_of_choices() -> None:
    lists = {
        "levels": LEVELS,
        "languages": (Choice("s l", text("S")), Choice("en", text("E")), Choice("en", text("E"))),
    }
    found = {fault.code for fault in faults_of(replace(questionnaire(), choice_lists=lists))}
    assert found == {"choice_value", "choice_twice"}


def test_choices_of_a_competence_replace_the_general_ones() -> None:
    own = (*LEVELS, Choice("1", text("searches the web with help"), "1.1"))
    sample = replace(questionnaire(), choice_lists={"levels": own})
    labels = [choice.label.en for choice in sample.choices_for(BLOCK.items[0], "1.1")]
    assert labels == ["level 0", "searches the web with help", "level 2", "level 3", "level 4"]
    assert sample.choices_for(BLOCK.items[0], "4.1") == LEVELS


def test_numbered_raises_the_version_of_reworded_items_only() -> None:
    old = questionnaire()
    changed = replace(LANGUAGE, label=text("In which language?"))
    new = questionnaire(BLOCK, replace(LAST, items=(changed, HOURS)))
    assert reworded(new, old) == ["language"]
    made = numbered(new, [old])
    assert {item.key: item.version for _page, item in made.items()} == {
        "own_level": 1, "needed_level": 1, "wants_training": 1, "language": 2, "hours": 1,
    }  # fmt: skip
    assert "language" not in continued(made, old)
    assert "hours" in continued(made, old)


def test_numbered_follows_a_changed_choice_and_keeps_a_corrected_spelling() -> None:
    old = questionnaire()
    lists = {**old.choice_lists, "languages": (Choice("sl", text("Slovene")), Choice("en", text("English")))}
    new = replace(old, choice_lists=lists)
    assert numbered(new, [old]).item("language") == replace(LANGUAGE, version=2)
    assert numbered(new, [old], same_meaning=["language"]).item("language") == LANGUAGE


def test_numbered_remembers_an_item_that_was_left_out_for_a_while() -> None:
    first = questionnaire()
    second = questionnaire(BLOCK)
    changed = questionnaire(BLOCK, replace(LAST, items=(replace(LANGUAGE, label=text("Language again")), HOURS)))
    made = numbered(changed, [second, first]).item("language")
    assert made is not None
    assert made.version == 2
