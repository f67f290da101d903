"""Items from plain data and back; every fault is named."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.items.definition import Item
from kazipot.core.items.reading import Fault, NoItem, as_data, from_data, read_items
from tests.core.items.drawing import any_items
from tests.factories import items


@settings(deadline=None, max_examples=50)
@given(any_items)
def test_item_comes_back_as_it_was(item: Item) -> None:
    data = as_data(item)
    assert from_data(data) == item
    assert from_data(json.loads(json.dumps(data))) == item


@settings(deadline=None, max_examples=20)
@given(any_items)
def test_item_comes_back_from_yaml(item: Item) -> None:
    written = yaml.safe_dump(as_data(item), allow_unicode=True)
    assert from_data(yaml.safe_load(written)) == item


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
)


@settings(deadline=None, max_examples=50)
@given(data=anything, item=any_items, name=st.sampled_from(sorted(as_data(items.scenario()))))
def test_any_data_is_an_item_or_named_faults(data: Any, item: Item, name: str) -> None:
    for attempt in (data, [data], [as_data(item) | {name: data}]):
        found, faults = read_items(attempt)
        assert bool(found) != bool(faults)


def test_all_faults_are_found_at_once() -> None:
    good, bad = as_data(items.single("good")), as_data(items.multiple("bad"))
    bad["kind"] = "essay"
    bad["difficulty"] = "hard"
    bad["colour"] = "red"
    bad["options"][1]["correct"] = "yes"
    bad["options"][2]["text"]["sl"] = True
    bad["options"][3]["key"] = "Not A Key"
    del bad["stem"]
    found, faults = read_items([good, bad])
    assert [item.key for item in found] == ["good"]
    assert {(fault.item, fault.path, fault.code, fault.value) for fault in faults} == {
        ("bad", "kind", "unknown_word", "essay"),
        ("bad", "difficulty", "no_number", "hard"),
        ("bad", "colour", "unknown_field", ""),
        ("bad", "stem", "missing", "None"),
        ("bad", "options.b.correct", "not_yes_or_no", "yes"),
        ("bad", "options.c.text.sl", "not_text", "True"),
        ("bad", "options.Not A Key.key", "no_key", "Not A Key"),
    }


def test_item_without_key_is_named_by_its_number() -> None:
    data = as_data(items.single())
    del data["key"]
    _found, faults = read_items([as_data(items.single()), data])
    assert faults == [Fault("2", "key", "missing", "None", "64")]


@pytest.mark.parametrize(("data", "code"), [([], "empty"), ({"key": "a"}, "not_a_list"), ("text", "not_a_list")])
def test_what_is_no_list_is_no_bank(data: Any, code: str) -> None:
    assert read_items(data) == ([], [Fault("", "", code)])


def test_area_is_that_of_the_file_unless_the_item_names_one() -> None:
    own = as_data(items.single("own"))
    without = as_data(items.single("without", area=""))
    found, _faults = read_items([own, without], area="cloud")
    assert [item.area for item in found] == ["phishing", "cloud"]


def test_control_characters_are_no_text() -> None:
    data = as_data(items.single("a")) | {"explanation": {"sl": "a\x00b", "en": "two\nlines"}}
    assert [(fault.path, fault.code) for fault in read_items([data])[1]] == [("explanation.sl", "control_character")]


def test_list_without_end_is_refused() -> None:
    data = as_data(items.single("long")) | {"options": [{}] * 100}
    assert [fault.code for fault in read_items([data])[1]] == ["too_many"]


def test_no_item_names_what_is_wrong() -> None:
    with pytest.raises(NoItem, match="a: stem: missing"):
        from_data({"key": "a", "kind": "single"})
