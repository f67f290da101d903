"""Items as authors write them: YAML, read with the line of what can't be read, and written for reading."""

from collections.abc import Sequence
from typing import Any

import yaml

from kazipot.core.items.definition import Item
from kazipot.core.items.reading import Fault, as_data, read_items

LONGEST = 1_000_000
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(LOADER):  # type: ignore[misc]
    """Plain YAML without a field named twice."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        seen: set[object] = set()
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, list | dict):
                raise yaml.MarkedYAMLError(problem="no name", problem_mark=key_node.start_mark)
            if key in seen:
                raise yaml.MarkedYAMLError(problem="field_twice", problem_mark=key_node.start_mark)
            seen.add(key)
        found: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return found


def items_from_yaml(text: str, *, area: str = "") -> tuple[list[Item], list[Fault]]:
    """Items of a YAML text (a list, or one alone), and everything that is wrong with it."""
    if len(text) > LONGEST:
        return [], [Fault("", "", "too_long", str(len(text)), str(LONGEST))]
    try:
        data = yaml.load(text, _Loader)  # noqa: S506  (a safe loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        code = "field_twice" if getattr(error, "problem", "") == "field_twice" else "no_yaml"
        return [], [Fault("", f"line {mark.line + 1}" if mark else "", code)]
    if _repeats(data, set()):
        return [], [Fault("", "", "alias")]
    return read_items([data] if isinstance(data, dict) else data, area=area)


def _repeats(data: object, seen: set[int]) -> bool:
    """Whether a part stands in several places: an alias, with which a short text becomes one without end."""
    if not isinstance(data, list | dict):
        return False
    if id(data) in seen:
        return True
    seen.add(id(data))
    return any(_repeats(each, seen) for each in (data.values() if isinstance(data, dict) else data))


def as_yaml(items: Sequence[Item]) -> str:
    """Items as a YAML text that reads well; `items_from_yaml` reads them back, equal."""
    written: str = yaml.safe_dump(
        [as_data(item) for item in items], allow_unicode=True, sort_keys=False, width=110, default_flow_style=None
    )
    return written
