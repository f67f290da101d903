"""The load test's own parts: a checker that finds what is wrong, a reader of pages, and a small run with a fault."""

import random
import subprocess
import sys
from typing import Any

import pytest
from benchmarks.answering.checker import as_counted, as_stored, compare, diaries
from benchmarks.answering.form import fill, forward, read
from benchmarks.answering.machines import ROOT

PAGE = {"own_level-7": ["2"], "needed_level-7": ["3"], "wants_training-7": []}
STORED = {"own_level-7": ["2"], "needed_level-7": ["3"]}


def day(*entries: dict[str, Any], who: int = 1) -> list[dict[str, Any]]:
    return [{"who": who, **entry} for entry in entries]


SAVED = ({"what": "sending", "fields": PAGE}, {"what": "page"})
RECEIVED = (*SAVED, {"what": "sending", "fields": {}}, {"what": "final"}, {"what": "received"})


def world(**changes: Any) -> dict[str, Any]:
    """One answer, stored once."""
    return {"responses": [1], "events": [1], "answers": [[1, list(STORED.items())]], "drafts": [], **changes}


def found(entries: list[dict[str, Any]], stored: dict[str, Any]) -> tuple[int, int, int]:
    finding = compare(diaries(entries), stored)
    assert bool(finding.faults) == bool(finding.lost or finding.doubled)
    return finding.acknowledged, finding.lost, finding.doubled


def test_checker_is_content_with_what_was_told_and_stored() -> None:
    assert found(day(*RECEIVED), world()) == (1, 0, 0)


@pytest.mark.parametrize(
    "stored",
    [
        world(responses=[], events=[], answers=[]),
        world(answers=[]),
        world(answers=[[1, [*{**STORED, "own_level-7": ["1"]}.items()]]]),
        world(answers=[[1, [*STORED.items(), ("own_level-8", ["2"])]]]),
        world(responses=[], events=[], answers=[], drafts=[[1, STORED]]),
    ],
    ids=["nothing", "no values", "another value", "more than was said", "only a draft"],
)
def test_checker_finds_an_answer_that_is_lost_or_different(stored: dict[str, Any]) -> None:
    assert found(day(*RECEIVED), stored) == (1, 1, 0)


@pytest.mark.parametrize(
    "stored",
    [
        world(responses=[1, 1]),
        world(events=[1, 1]),
        world(events=[]),
        world(answers=[[1, [*STORED.items(), *STORED.items()]]]),
    ],
    ids=["two responses", "counted twice", "not in the trail", "two values"],
)
def test_checker_finds_an_answer_that_is_doubled(stored: dict[str, Any]) -> None:
    assert found(day(*RECEIVED), stored) == (1, 0, 1)


@pytest.mark.parametrize(
    ("draft", "lost"),
    [(STORED, 0), ({**STORED, "own_level-8": ["1"]}, 0), ({}, 1), ({**STORED, "own_level-7": ["1"]}, 1)],
)
def test_checker_finds_a_page_that_is_lost(draft: dict[str, Any], lost: int) -> None:
    nothing = {"responses": [], "events": [], "answers": []}
    assert found(day(*SAVED), world(**nothing, drafts=[[1, draft]])) == (0, lost, 0)


def test_checker_takes_a_page_on_its_way_as_saved_or_not() -> None:
    nothing = {"responses": [], "events": [], "answers": []}
    changed = {"what": "sending", "fields": {**PAGE, "own_level-7": ["4"]}}
    for own, lost in ((2, 0), (4, 0), (3, 1)):
        drafts = [[1, {**STORED, "own_level-7": [str(own)]}]]
        assert found(day(*SAVED, changed, {"what": "stopped"}), world(**nothing, drafts=drafts)) == (0, lost, 0)


def test_checker_knows_what_is_no_longer_asked() -> None:
    more = {"barriers": ["accessibility"], "accessibility_need": ["larger letters"]}
    entries = day(
        {"what": "sending", "fields": {**PAGE, **more}}, {"what": "page"},
        {"what": "sending", "fields": {"barriers": ["no_time"]}}, {"what": "page"}, *RECEIVED[2:],
    )  # fmt: skip
    counts = [*STORED.items(), ("barriers", ["no_time"])]
    assert found(entries, world(answers=[[1, counts]])) == (1, 0, 0)
    assert found(entries, world(answers=[[1, [*counts, ("accessibility_need", ["larger letters"])]]])) == (1, 1, 0)


def test_checker_counts_who_could_not_go_on() -> None:
    assert found(day(*RECEIVED, {"what": "lost", "why": "a page without a way on"}), world()) == (1, 1, 0)


def test_checker_refuses_fields_that_it_does_not_know() -> None:
    with pytest.raises(LookupError, match="colour_7"):
        as_stored({**PAGE, "colour_7": ["red"]})


FORM = """<header><form method="post" action="/language/"><button name="language" value="en">English</button></form></header>
<main><a href="?part=1">Začni</a><form method="post"><input type="hidden" name="csrf" value="abc">
<input type="radio" name="level" value="0"><input type="radio" name="level" value="1" checked>
<input type="checkbox" name="wish"><input type="checkbox" name="told" required>
<input type="number" name="age" min="18" max="19"><select name="mode"><option value="">–</option><option value="live" selected>V živo</option></select>
<textarea name="text" maxlength="5">prej &amp; potem</textarea><input name="gone" disabled>
<button type="submit" name="step" value="back">Nazaj</button><button name="step" value="next">Naprej</button></form></main>"""  # noqa: E501


def test_reader_sees_what_a_person_is_asked() -> None:
    page = read(FORM)
    (form,) = page.forms
    assert (page.links, form.hidden, form.buttons) == (
        ["?part=1"],
        [("csrf", "abc")],
        [("step", "back"), ("step", "next")],
    )
    assert [(field.name, field.kind) for field in form.asked] == [
        ("level", "radio"), ("wish", "checkbox"), ("told", "checkbox"), ("age", "number"), ("mode", "select"),
        ("text", "textarea"),
    ]  # fmt: skip
    assert form.fields["level"].checked == ["1"]
    assert form.fields["text"].value == "prej & potem"


def test_reader_fills_in_legal_answers() -> None:
    (form,) = read(FORM).forms
    drawn = [dict(fill(form, random.Random(seed))) for seed in range(50)]
    assert {one["level"] for one in drawn} == {"0", "1"}
    assert {one.get("wish") for one in drawn} == {None, "on"}
    assert {one["told"] for one in drawn} == {"on"}
    assert {one["age"] for one in drawn} == {"18", "19"}
    assert {one["mode"] for one in drawn} == {"live"}
    assert forward(form) == [("step", "next")]


def test_reader_keeps_what_is_ticked_on_a_page_that_has_one_more_question() -> None:
    (form,) = read(FORM).forms
    drawn = [dict(fill(form, random.Random(seed), keep=True)) for seed in range(50)]
    assert {one["level"] for one in drawn} == {"1"}
    assert {one.get("wish") for one in drawn} == {None, "on"}


def test_answer_that_nothing_leads_to_any_more_does_not_count() -> None:
    said = {"barriers": ["shifts"], "accessibility_need": ["larger letters"]}
    assert as_counted(said) == {"barriers": ["shifts"]}
    assert as_counted({**said, "barriers": ["accessibility"]}) == {**said, "barriers": ["accessibility"]}


@pytest.mark.slow
def test_nothing_is_lost_when_the_database_restarts_while_people_answer() -> None:
    command = [sys.executable, "benchmarks/answering_load.py", "--people", "24", "--seconds", "8", "--think", "0.1"]
    done = subprocess.run(
        [*command, "--faults", "restart database"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing lost, nothing doubled" in done.stdout
    assert done.stdout.count("fault: restart database") == 2
