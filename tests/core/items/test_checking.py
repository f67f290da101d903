"""Is an item whole: each rule by an item that breaks it."""

from dataclasses import replace
from typing import Any

import pytest

from kazipot.core.items.checking import faults_of, missing_texts
from kazipot.core.items.definition import Area, Artefact, Form, Item, Kind, Line, Option, Source, Text
from tests.factories import items
from tests.factories.items import choice, text

KINDS = (items.single, items.multiple, items.order, items.match, items.hotspot, items.scenario)
MAIL = items.hotspot().artefact
assert MAIL is not None
PICTURE = Artefact(
    Form.PICTURE, picture="desk.png", alt=text("a desk"),
    areas=(Area("sender", 0, 0, 50, 50, text("slip")), Area("greeting", 50, 0, 50, 50, text("cup")),
           Area("link", 0, 50, 50, 50, text("key"))),
)  # fmt: skip


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_whole_item_has_no_faults(make: Any) -> None:
    assert faults_of(make()) == []


def test_whole_picture_has_no_faults() -> None:
    assert faults_of(items.hotspot(artefact=PICTURE)) == []


def right(item: Item, *keys: str) -> Item:
    """The item with these options right and no others."""
    return replace(item, options=tuple(replace(option, correct=option.key in keys) for option in item.options))


BROKEN: dict[str, tuple[Item, str, str]] = {
    "two right": (right(items.single(), "a", "b"), "options", "not_one_right"),
    "none right": (right(items.single()), "options", "not_one_right"),
    "one option": (items.single(options=(choice("a", "yes", correct=True),)), "options", "few"),
    "all right": (right(items.multiple(), "a", "b", "c", "d"), "options", "right_and_wrong"),
    "none of many right": (right(items.multiple()), "options", "right_and_wrong"),
    "same key": (items.single(options=(choice("a", "yes", correct=True), choice("a", "no"))), "options", "twice"),
    "order of two": (replace(items.order(), options=items.order().options[:2]), "options", "few"),
    "order with right ones": (right(items.order(), "first"), "options.first.correct", "not_here"),
    "match with right ones": (right(items.match(), "file"), "options.file.correct", "not_here"),
    "match of one": (replace(items.match(), options=items.match().options[:1]), "options", "few"),
    "hotspot without artefact": (items.hotspot(artefact=None), "artefact", "missing"),
    "all regions right": (right(items.hotspot(), "sender", "greeting", "link"), "options", "right_and_wrong"),
    "region without option": (
        replace(items.hotspot(), options=items.hotspot().options[:2]), "artefact", "region_without_option",
    ),
    "option without region": (
        replace(items.hotspot(), options=(*items.hotspot().options, Option("nowhere", Text(), False, text("x")))),
        "options.nowhere", "no_region",
    ),
    "role of another form": (
        items.hotspot(artefact=replace(MAIL, lines=(*MAIL.lines, Line("me", text("hi"))))),
        "artefact.lines.5.role", "unknown_word",
    ),
    "target of a body": (
        items.hotspot(artefact=replace(MAIL, lines=(*MAIL.lines, Line("body", text("hi"), target="https://a.si")))),
        "artefact.lines.5.target", "not_here",
    ),
    "picture by a path": (
        items.hotspot(artefact=replace(PICTURE, picture="../../secret.png")), "artefact.picture", "no_picture",
    ),
    "area out of the picture": (
        items.hotspot(artefact=replace(PICTURE, areas=(replace(PICTURE.areas[0], x=60.0), *PICTURE.areas[1:]))),
        "artefact.areas.sender", "outside",
    ),
    "one part": (replace(items.scenario(), parts=items.scenario().parts[:1]), "parts", "number_of_parts"),
    "story in a story": (
        items.scenario(parts=(items.single("one"), items.scenario("two"))), "parts.two.kind", "story_in_story",
    ),
    "fault in a part": (
        items.scenario(parts=(right(items.single("one")), items.single("two"))), "parts.one.options", "not_one_right",
    ),
    "parts of a single": (items.single(parts=(items.single(),)), "parts", "not_here"),
    "unknown area": (items.single(area="magic"), "area", "unknown_area"),
    "no source": (items.single(sources=()), "sources", "none"),
    "address that is none": (
        items.single(sources=(Source("x", "javascript:alert(1)"),)), "sources.1.address", "no_address",
    ),
    "no competence": (items.single(competences=()), "competences", "none"),
    "unknown competence": (items.single(competences=("4.7",)), "competences", "no_competence"),
    "too hard": (items.single(difficulty=3.5), "difficulty", "no_number"),
    "no explanation": (items.single(explanation=Text()), "explanation.sl", "no_text"),
    "no rationale": (
        items.single(options=(choice("a", "yes", correct=True), Option("b", text("no")))),
        "options.b.rationale.en", "no_text",
    ),
    "blank in one language": (items.single(stem=Text("Kaj?", "  ")), "stem.en", "no_text"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_fault_is_named_by_path_and_code(name: str) -> None:
    item, path, code = BROKEN[name]
    assert (path, code) in {(fault.path, fault.code) for fault in faults_of(item)}
    assert {fault.item for fault in faults_of(item)} == {item.key}


def test_missing_texts_are_counted_by_language() -> None:
    item = items.single(stem=Text("Kaj storite?", ""))
    assert missing_texts(item, ["sl"]) == []
    assert [fault.path for fault in missing_texts(item, ["en"])] == ["stem.en"]


def test_part_of_a_story_needs_no_explanation_of_its_own() -> None:
    assert items.scenario().parts[0].explanation == Text()
    assert items.scenario().kind is Kind.SCENARIO
    assert missing_texts(items.scenario()) == []
