"""Reads a strategy file: YAML with line numbers into a checked `Strategy`; every fault is named with its line."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from kazipot.foundation.errors import Problem
from kazipot.strategy.errors import StrategyRefused
from kazipot.strategy.queries.definition import OnDay, Strategy

Location = tuple[str | int, ...]
LARGEST = 1_000_000
"""No strategy needs a megabyte; who names a larger file named the wrong one."""

FAULTS: Mapping[str, tuple[Any, Any]] = {
    "missing": (_("This key is missing."), _("Add it; docs/measures.md describes every key.")),
    "extra_forbidden": (_("This key is not known."), _("Correct its name or remove it.")),
    "union_tag_invalid": (_("This value is not one of those allowed here."), _("Use one of: %(expected)s.")),
    "union_tag_not_found": (_("The key that says which kind this is is missing."), _("Add “kind” or “rule”.")),
    "literal_error": (_("This value is not one of those allowed here."), _("Use one of: %(expected)s.")),
    "less_than_equal": (_("This number is too large."), _("Use at most %(le)s.")),
    "greater_than_equal": (_("This number is too small."), _("Use at least %(ge)s.")),
    "int_type": (_("A whole number must stand here."), _("Write digits only, without quotation marks.")),
    "bool_type": (_("Yes or no must stand here."), _("Write true or false, without quotation marks.")),
    "date_type": (_("A date must stand here."), _("Write it as 2023-01-31, without quotation marks.")),
    "string_type": (_("A text must stand here."), _("Put it in quotation marks.")),
    "string_too_short": (_("This text is empty."), _("Write the text.")),
    "string_pattern_mismatch": (
        _("This id is not usable."),
        _("Begin with a letter; use letters, digits, dots and hyphens, at most 16."),
    ),
    "too_short": (_("This list is empty."), _("Add at least one entry.")),
    "tuple_type": (_("A list must stand here."), _("Begin each entry with a hyphen on a line of its own.")),
    "model_type": (_("Keys with values must stand here."), _("Write “key: value” lines, indented.")),
    "model_attributes_type": (_("Keys with values must stand here."), _("Write “key: value” lines, indented.")),
}
OTHER = (_("This value cannot be used."), _("Compare with the file that is shipped."))


def active() -> Strategy:
    """The strategy of this installation (`settings.KAZIPOT_STRATEGY`), read anew when the file changes.

    Raises StrategyRefused.
    """
    path = Path(settings.KAZIPOT_STRATEGY)
    try:
        state = path.stat()
    except OSError:
        raise StrategyRefused([_unreadable(path)]) from None
    return _cached(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _cached(path: Path, changed: int, size: int) -> Strategy:  # noqa: ARG001
    return read(path)


def read(path: Path) -> Strategy:
    """Read and check a file. Raises StrategyRefused, naming every fault with its line."""
    try:
        content = path.read_bytes()
        if len(content) > LARGEST:
            raise StrategyRefused([_problem(None, str(path), f"{len(content)}", _("The file is too large."), "")])
        return parse(content.decode("utf-8-sig"))
    except OSError:
        raise StrategyRefused([_unreadable(path)]) from None
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise StrategyRefused(
            [_problem(line, str(path.name), "", _("This is not UTF-8 text."), _("Save the file as UTF-8."))]
        ) from None


def _problem(row: int | None, field: str, value: str, message: Any, remedy: Any) -> Problem:
    """A fault in the reader's language."""
    return Problem(row, field, value, str(message), str(remedy))


def _unreadable(path: Path) -> Problem:
    return _problem(None, "KAZIPOT_STRATEGY", str(path), _("The file cannot be read."), _("Check its path and rights."))


def parse(text: str) -> Strategy:
    """Check the text of a strategy file. Raises StrategyRefused, naming every fault with its line."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise StrategyRefused([_not_yaml(error)]) from None
    if root is None:
        raise StrategyRefused([_problem(1, "", "", _("The file is empty."), _("Start from the file that is shipped."))])
    reader = _Reader()
    data = reader.value(root, ())
    problems = reader.problems
    try:
        strategy = Strategy.model_validate(data)
    except ValidationError as error:
        problems += [_fault(reader, detail) for detail in error.errors(include_url=False) if reader.is_true(detail)]
    else:
        problems += _inconsistencies(reader, strategy)
        if not problems:
            return strategy
    raise StrategyRefused(sorted(_once(problems), key=lambda problem: problem.row or 0))


def _once(problems: Iterable[Problem]) -> list[Problem]:
    return list({(problem.row, problem.field): problem for problem in reversed(list(problems))}.values())


def _not_yaml(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    return _problem(
        mark.line + 1 if mark else None,
        "YAML",
        str(getattr(error, "problem", "") or ""),
        _("The file is not valid YAML from here on."),
        _("Check indentation, quotation marks and colons."),
    )


class _Reader:
    """Turns YAML nodes into plain values and remembers on which line each of them stands."""

    def __init__(self) -> None:
        self.lines: dict[Location, int] = {}
        self.values: dict[Location, str] = {}
        self.problems: list[Problem] = []
        self._loader = yaml.SafeLoader("")

    def value(self, node: yaml.Node, where: Location) -> Any:
        """The value of a node; lists become tuples, so that nothing read can be changed."""
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return dict(self._entries(node, where))
        if isinstance(node, yaml.SequenceNode):
            return tuple(self.value(child, (*where, number)) for number, child in enumerate(node.value))
        self.values[where] = str(node.value)
        try:
            return self._loader.construct_object(node, deep=True)
        except (ValueError, yaml.YAMLError):
            self.report(where, _("There is no such value."), _("Check the date or number."))
            return None

    def _entries(self, node: yaml.MappingNode, where: Location) -> Iterator[tuple[str, Any]]:
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = str(key_node.value)
            place = (*where, key)
            if key in seen:
                self.lines[place] = key_node.start_mark.line + 1
                self.report(place, _("This key stands here twice."), _("Remove one of the two."))
                continue
            seen.add(key)
            self.lines[place] = key_node.start_mark.line + 1
            yield key, self.value(value_node, place)

    def resolve(self, where: Location) -> Location:
        """The place in the file that a location of the checker means: the checker's own steps left out."""
        place: Location = ()
        for step in where:
            if (*place, step) in self.lines:
                place = (*place, step)
        return place

    def is_true(self, detail: Any) -> bool:
        """Whether the checker's fault is one: it calls a list empty when no entry of it is right."""
        return not (detail["type"] == "too_short" and (*self.resolve(detail["loc"]), 0) in self.lines)

    def report(self, where: Location, message: Any, remedy: Any) -> None:
        """Note a fault at a place."""
        place = self.resolve(where)
        self.problems.append(
            _problem(self.lines.get(place, 1), _dotted(place), self.values.get(place, ""), message, remedy)
        )


def _dotted(where: Location) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in where)


def _fault(reader: _Reader, detail: Any) -> Problem:
    """A fault that the checker found, in our words."""
    kind, where, context = detail["type"], detail["loc"], detail.get("ctx", {})
    message, remedy = FAULTS.get(kind, OTHER)
    place = reader.resolve(where)
    if kind.startswith("union_tag"):
        tag = (*place, str(context.get("discriminator", "")).strip("'"))
        place = tag if tag in reader.lines else place
        context = {"expected": context.get("expected_tags", "")}
    field = _dotted((*place, where[-1])) if kind == "missing" else _dotted(place)
    return _problem(reader.lines.get(place, 1), field, reader.values.get(place, ""), message, str(remedy) % context)


def _inconsistencies(reader: _Reader, strategy: Strategy) -> list[Problem]:
    """Faults between parts that are each right: ids given twice, unknown measures, due before the adoption."""
    before = len(reader.problems)
    if strategy.runs_until <= strategy.adopted_on:
        reader.report(
            ("runs_until",), _("The strategy ends before it is adopted."), _("Correct adopted_on or runs_until.")
        )
    known = {measure.id for measure in strategy.measures}
    for part in ("measures", "indicators"):
        seen: set[str] = set()
        for number, item in enumerate(getattr(strategy, part)):
            if item.id in seen:
                reader.report((part, number, "id"), _("This id stands here twice."), _("Give each its own id."))
            seen.add(item.id)
    for number, indicator in enumerate(strategy.indicators):
        where: Location = ("indicators", number)
        if indicator.measure not in known:
            reader.report((*where, "measure"), _("There is no measure with this id."), _("Use an id from “measures”."))
        if isinstance(indicator.due, OnDay) and indicator.due.day < strategy.adopted_on:
            reader.report(
                (*where, "due", "day"),
                _("It is due before the strategy is adopted."),
                _("Correct the day or adopted_on."),
            )
    found, reader.problems = reader.problems[before:], reader.problems[:before]
    return found
