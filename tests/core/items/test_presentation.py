"""What a person is shown holds no key: the same whatever is right, and the right place is anywhere."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from kazipot.core.items import presentation
from kazipot.core.items.answering import answer_given, fields_for
from kazipot.core.items.definition import Artefact, Form, Item, Line, Source, Text
from kazipot.core.items.presentation import shown
from kazipot.core.items.scoring import right_answer, score
from tests.factories import items
from tests.factories.items import text

KINDS = (items.single, items.multiple, items.order, items.match, items.hotspot, items.scenario)
RECORDS = [
    each for each in vars(presentation).values() if is_dataclass(each) and each.__module__ == presentation.__name__
]
HARMLESS = {
    "alt", "artefact", "choices", "chosen", "field", "form", "height", "kind", "lines", "number", "others", "parts",
    "picture", "place", "ranks", "role", "spots", "stem", "story", "target", "text", "width", "x", "y",
}  # fmt: skip


def test_records_have_no_field_for_a_key() -> None:
    assert {field.name for record in RECORDS for field in fields(record)} == HARMLESS


def strings(value: Any) -> Iterator[str]:
    """Every text in a record."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from strings(each)
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))


def without_keys(item: Item) -> Item:
    """The item with another key, and other names, reasons and figures, which nobody is to see."""
    options = tuple(replace(option, correct=not option.correct, rationale=text("secret")) for option in item.options)
    return replace(
        item, options=options, explanation=text("secret"), difficulty=2.0, key="another", area="cloud",
        sources=(Source("secret"),), competences=("1.1",), enemies=("secret",),
        parts=tuple(replace(without_keys(part), key=f"{part.key}-other") for part in item.parts),
    )  # fmt: skip


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_item_looks_the_same_whatever_is_right(make: Any, seed: int) -> None:
    item = make("one")
    assert shown(item, seed, "sl") == shown(without_keys(item), seed, "sl")


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_item_shown_holds_no_reason_and_no_key_of_an_option(make: Any) -> None:
    held = list(strings(shown(make("one"), 7, "en")))
    assert [words for words in held if "because of" in words or "Take away" in words] == []
    assert {"sender", "greeting", "first", "second", "letter", "mail"} & set(held) == set()


def test_right_option_may_stand_anywhere() -> None:
    item = items.single("one")
    places = Counter(
        next(choice.place for choice in shown(item, seed, "en").parts[0].choices if choice.text == "en call the bank")
        for seed in range(3_000)
    )
    assert sorted(places) == ["1", "2", "3"]
    assert all(900 < times < 1_100 for times in places.values())


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_form_of_what_is_shown_is_read_as_the_answer_that_was_meant(make: Any) -> None:
    item = make("one")
    for seed in range(20):
        filled = fields_for(item, seed, right_answer(item))
        assert score(item, answer_given(item, seed, filled)) == score(item, right_answer(item))
        page = shown(item, seed, "sl", filled)
        assert {name for name, values in filled.items() if values} <= set(named_fields(page))


def named_fields(page: presentation.QuestionShown) -> Iterator[str]:
    """Names of the fields on a page."""
    for part in page.parts:
        yield from (choice.field for choice in part.choices)
        if part.artefact:
            yield part.artefact.field


def test_what_was_filled_in_is_marked() -> None:
    item = items.hotspot("one")
    page = shown(item, 3, "sl", fields_for(item, 3, ("sender",)))
    artefact = page.parts[0].artefact
    assert artefact is not None
    assert [(line.role, line.chosen) for line in artefact.lines if line.place] == [
        ("from", True), ("body", False), ("link", False),
    ]  # fmt: skip
    filled = fields_for(items.single("one"), 3, "b")
    chosen = [choice.text for choice in shown(items.single("one"), 3, "en", filled).parts[0].choices if choice.chosen]
    assert chosen == ["en click it at once"]


def test_target_is_told_where_hovering_tells_it() -> None:
    lines = tuple(
        Line(role, text(role), target="https://leads.example") for role in ("link", "button", "attachment", "from")
    )
    page = shown(items.single(artefact=Artefact(Form.EMAIL, lines)), 1, "en")
    artefact = page.parts[0].artefact
    assert artefact is not None
    assert [bool(line.target) for line in artefact.lines] == [True, True, False, False]


def test_text_is_in_the_language_or_in_the_other_one() -> None:
    item = items.single(stem=Text("Kaj storite?", ""))
    assert shown(item, 1, "en").parts[0].stem == "Kaj storite?"
    assert shown(items.single("x"), 1, "en").parts[0].stem == "en What do you do about x?"


def test_order_of_a_seed_is_always_the_same() -> None:
    rng = random.Random(5)
    for _time in range(5):
        seed = rng.randrange(2**40)
        assert shown(items.scenario("one"), seed, "sl") == shown(items.scenario("one"), seed, "sl")
