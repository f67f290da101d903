"""House rules that no linter knows, read from the syntax of the source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

from tests.journeys.pages import all_pages

SOURCE = Path(__file__).resolve().parents[2] / "src" / "kazipot"
FLOORS = (
    {"core"}, {"foundation"}, {"organisation"}, {"framework"}, {"advisors", "needs", "hiring"},
    {"training"}, {"verification"}, {"strategy"}, {"project"},
)  # fmt: skip
ROOMS = ("organisation", "framework", "advisors", "needs", "hiring", "training", "verification", "strategy")
LONGEST = 500
UNFINISHED = ("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error")
CLOCK = {("datetime", "now"), ("datetime", "today"), ("date", "today"), ("timezone", "now"), ("timezone", "localdate")}


def _modules() -> list[Path]:
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def _calls(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if isinstance(owner, ast.Name | ast.Attribute):
                yield (owner.id if isinstance(owner, ast.Name) else owner.attr, node.func.attr)


def _floor(package: str) -> int:
    return next(number for number, names in enumerate(FLOORS) if package in names)


def test_module_is_shorter_than_the_longest_allowed() -> None:
    long = [
        str(path.relative_to(SOURCE)) for path in _modules() if len(path.read_text("utf-8").splitlines()) >= LONGEST
    ]
    assert long == []


def test_module_holds_nothing_unfinished() -> None:
    found = [
        f"{path.relative_to(SOURCE)}: {word}"
        for path in _modules()
        for word in UNFINISHED
        if word in path.read_text(encoding="utf-8")
    ]
    assert found == []


@pytest.mark.parametrize("package", [*ROOMS, "core", "foundation"])
def test_clock_is_read_in_one_place(package: str) -> None:
    readers = [
        f"{path.relative_to(SOURCE)}: {'.'.join(call)}"
        for path in sorted((SOURCE / package).rglob("*.py"))
        if path != SOURCE / "foundation" / "clock.py"
        for call in _calls(path)
        if call in CLOCK
    ]
    assert readers == []


@pytest.mark.parametrize("package", [*ROOMS, "core"])
def test_chance_comes_in_as_an_argument(package: str) -> None:
    """`random.Random(seed)` is an argument made; `random.choice(…)` is chance of the whole process."""
    drawn = [
        f"{path.relative_to(SOURCE)}: {'.'.join(call)}"
        for path in sorted((SOURCE / package).rglob("*.py"))
        for call in _calls(path)
        if call[0] == "random" and call[1] != "Random"
    ]
    assert drawn == []


def test_foreign_keys_point_down_and_leave_no_way_back() -> None:
    wrong = []
    for model in apps.get_models():
        if not model.__module__.startswith("kazipot."):
            continue
        own = model.__module__.split(".")[1]
        for field in model._meta.get_fields():
            if not (field.is_relation and field.concrete and field.related_model):
                continue
            target = field.related_model.__module__.split(".")
            if target[0] != "kazipot" or target[1] == own:
                continue
            if _floor(target[1]) >= _floor(own) or not field.remote_field.hidden:
                wrong.append(f"{model.__name__}.{field.name} -> {target[1]}")
    assert wrong == []


def _names(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern) and entry.name:
            yield f"{space}{entry.name}"


def test_every_address_stands_in_the_access_table() -> None:
    missing = {*_names(get_resolver())} - {page.name for page in all_pages()}
    assert sorted(missing) == []
