"""Items as YAML: the line of what can't be read is told, and what is written is read back."""

import pytest

from kazipot.core.items.reading import Fault
from kazipot.core.items.written import as_yaml, items_from_yaml
from tests.factories import items

ALL = [items.single(), items.multiple(), items.order(), items.match(), items.hotspot(), items.scenario()]


def test_items_written_are_read_back() -> None:
    assert items_from_yaml(as_yaml(ALL)) == (ALL, [])


def test_one_item_alone_is_read_too() -> None:
    text = as_yaml(ALL[:1])
    alone = "\n".join(line[2:] for line in text.splitlines())
    assert items_from_yaml(alone) == (ALL[:1], [])


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("- key: a\n  stem: {sl: [\n", "line 3", "no_yaml"),
        ("- key: a\n  kind: single\n  key: b\n", "line 3", "field_twice"),
        ("- &a [1]\n- *a\n", "", "alias"),
        ("- !!python/object/apply:os.getcwd []\n", "line 1", "no_yaml"),
        ("", "", "empty"),
        ("just words", "", "not_a_list"),
        ("x" * 1_000_001, "", "too_long"),
        ("- {[1]: 2}", "line 1", "no_yaml"),
        ("- 2026-13-45", "", "no_yaml"),
        ("[" * 3_000, "", "no_yaml"),
    ],
)
def test_fault_of_a_text_names_its_line(text: str, path: str, code: str) -> None:
    found, faults = items_from_yaml(text)
    assert found == []
    assert [fault.code for fault in faults] == [code]
    assert faults[0].path.startswith(path)


def test_words_that_yaml_takes_for_something_else_are_named() -> None:
    _found, faults = items_from_yaml("- {key: a, kind: single, stem: {sl: no, en: 2026}}")
    assert faults == [
        Fault("a", "stem.sl", "not_text", "False", "4000"),
        Fault("a", "stem.en", "not_text", "2026", "4000"),
    ]
