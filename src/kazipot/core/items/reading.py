"""Items from plain data (YAML or JSON that has been parsed) and back, without loss; all faults are found at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kazipot.core.items.definition import Area, Artefact, Form, Item, Kind, Line, Option, Source, Text

KEY = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""What no text holds; a line may end inside of one."""
LONGEST_KEY, LONGEST_TEXT, MOST = 64, 4_000, 60
HARDEST = 4.0
FIELDS = (
    "key", "kind", "area", "difficulty", "competences", "enemies", "sources", "stem", "artefact", "options", "parts",
    "explanation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an item: its key (or its number, when the key can't be read), the path of the field, a code
    that the interface has words for, the value as it stands, and figures for the words."""

    item: str
    path: str
    code: str
    value: str = ""
    needed: str = ""


class NoItem(ValueError):
    """Data that holds no readable item."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{fault.item}: {fault.path}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)


def read_items(data: object, *, area: str = "") -> tuple[list[Item], list[Fault]]:
    """Items of a list, and the faults of those that can't be read. `area`: that of items that name none."""
    if not isinstance(data, list) or not data:
        return [], [Fault("", "", "not_a_list" if data else "empty")]
    items: list[Item] = []
    faults: list[Fault] = []
    for number, entry in enumerate(data, start=1):
        name = entry.get("key") if isinstance(entry, Mapping) else None
        reader = _Reader(name if isinstance(name, str) and name else str(number))
        item = reader.item(entry, "", area)
        faults += reader.faults
        if not reader.faults:
            items.append(item)
    return items, faults


def from_data(data: object) -> Item:
    """The item that `as_data` wrote. Raises NoItem."""
    items, faults = read_items([data])
    if faults:
        raise NoItem(faults)
    return items[0]


class _Reader:
    """Reads one item and gathers its faults; what can't be read becomes something empty."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: list[Fault] = []

    def fault(self, path: str, code: str, value: object = "", needed: str = "") -> None:
        self.faults.append(Fault(self.name, path, code, _shown(value), needed))

    def item(self, data: object, path: str, area: str = "") -> Item:
        given = self.fields(data, path, FIELDS)
        return Item(
            key=self.key(given.get("key"), _join(path, "key")),
            kind=Kind(self.word(given.get("kind"), _join(path, "kind"), tuple(Kind)) or Kind.SINGLE),
            stem=self.text(given.get("stem"), _join(path, "stem")),
            area=self.key(given["area"], _join(path, "area")) if "area" in given else area,
            options=tuple(self.option(row, at) for row, at in self.rows(given, path, "options")),
            artefact=self.artefact(given["artefact"], _join(path, "artefact")) if "artefact" in given else None,
            parts=tuple(self.item(row, at) for row, at in self.rows(given, path, "parts")),
            explanation=self.text(given.get("explanation", {}), _join(path, "explanation")),
            competences=tuple(self.string(row, at) for row, at in self.rows(given, path, "competences")),
            difficulty=self.number(given.get("difficulty", 0.0), _join(path, "difficulty"), -HARDEST, HARDEST),
            sources=tuple(self.source(row, at) for row, at in self.rows(given, path, "sources")),
            enemies=tuple(self.key(row, at) for row, at in self.rows(given, path, "enemies")),
        )

    def option(self, data: object, path: str) -> Option:
        given = self.fields(data, path, ("key", "text", "correct", "rationale", "match"))
        correct = given.get("correct", False)
        if not isinstance(correct, bool):
            self.fault(_join(path, "correct"), "not_yes_or_no", correct)
        return Option(
            key=self.key(given.get("key"), _join(path, "key")),
            text=self.text(given.get("text", {}), _join(path, "text")),
            correct=correct is True,
            rationale=self.text(given.get("rationale", {}), _join(path, "rationale")),
            match=self.text(given.get("match", {}), _join(path, "match")),
        )

    def artefact(self, data: object, path: str) -> Artefact:
        given = self.fields(data, path, ("form", "lines", "picture", "alt", "areas"))
        return Artefact(
            form=Form(self.word(given.get("form"), _join(path, "form"), tuple(Form)) or Form.DOCUMENT),
            lines=tuple(self.line(row, at) for row, at in self.rows(given, path, "lines")),
            picture=self.string(given.get("picture", ""), _join(path, "picture")),
            alt=self.text(given.get("alt", {}), _join(path, "alt")),
            areas=tuple(self.region(row, at) for row, at in self.rows(given, path, "areas")),
        )

    def line(self, data: object, path: str) -> Line:
        given = self.fields(data, path, ("role", "text", "region", "target"))
        return Line(
            role=self.key(given.get("role"), _join(path, "role")),
            text=self.text(given.get("text"), _join(path, "text")),
            region=self.key(given["region"], _join(path, "region")) if "region" in given else "",
            target=self.string(given.get("target", ""), _join(path, "target")),
        )

    def region(self, data: object, path: str) -> Area:
        given = self.fields(data, path, ("region", "x", "y", "width", "height", "text"))
        x, y, width, height = (
            self.number(given.get(side), _join(path, side), 0.0, 100.0) for side in ("x", "y", "width", "height")
        )
        key = self.key(given.get("region"), _join(path, "region"))
        return Area(key, x, y, width, height, self.text(given.get("text"), _join(path, "text")))

    def source(self, data: object, path: str) -> Source:
        given = self.fields(data, path, ("title", "address"))
        title = self.string(given.get("title"), _join(path, "title"))
        return Source(title, self.string(given.get("address", ""), _join(path, "address")))

    def fields(self, data: object, path: str, known: Sequence[str]) -> Mapping[str, Any]:
        if not isinstance(data, Mapping):
            self.fault(path, "missing" if data is None else "not_fields", data, ", ".join(known))
            return {}
        for name in data:
            if name not in known:
                self.fault(_join(path, str(name)), "unknown_field", "", ", ".join(known))
        return {name: value for name, value in data.items() if name in known and value is not None}

    def rows(self, given: Mapping[str, Any], path: str, name: str) -> list[tuple[object, str]]:
        value, at = given.get(name, []), _join(path, name)
        if not isinstance(value, list):
            self.fault(at, "not_a_list", value)
            return []
        if len(value) > MOST:
            self.fault(at, "too_many", len(value), str(MOST))
            return []
        return [(row, _join(at, _name(row, number))) for number, row in enumerate(value, start=1)]

    def text(self, data: object, path: str) -> Text:
        given = self.fields(data, path, ("sl", "en"))
        return Text(*(self.string(given.get(each, ""), _join(path, each)) for each in ("sl", "en")))

    def string(self, data: object, path: str) -> str:
        if not isinstance(data, str):
            code = "missing" if data is None else "not_text"
        elif CONTROL.search(data):
            code = "control_character"
        elif len(data) > LONGEST_TEXT:
            code = "too_long"
        else:
            return data
        self.fault(path, code, data, str(LONGEST_TEXT))
        return ""

    def key(self, data: object, path: str) -> str:
        if isinstance(data, str) and KEY.fullmatch(data) and len(data) <= LONGEST_KEY:
            return data
        self.fault(path, "missing" if data is None else "no_key", data, str(LONGEST_KEY))
        return ""

    def word(self, data: object, path: str, known: Sequence[str]) -> str:
        if isinstance(data, str) and data in known:
            return data
        self.fault(path, "missing" if data is None else "unknown_word", data, ", ".join(known))
        return ""

    def number(self, data: object, path: str, least: float, most: float) -> float:
        if isinstance(data, int | float) and not isinstance(data, bool) and least <= data <= most:
            return float(data)
        self.fault(path, "missing" if data is None else "no_number", data, f"{least:g} … {most:g}")
        return 0.0


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _name(row: object, number: int) -> str:
    """How a row of a list is named in a path: by its key or, without one, by its number."""
    named = row.get("key") if isinstance(row, Mapping) else None
    return named if isinstance(named, str) and named else str(number)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def as_data(item: Item) -> dict[str, Any]:
    """The item as plain data, without what is empty; `from_data` reads it back, equal."""
    return _held(
        key=item.key,
        kind=str(item.kind),
        area=item.area,
        difficulty=item.difficulty,
        competences=list(item.competences),
        enemies=list(item.enemies),
        sources=[{"title": source.title} | _held(address=source.address) for source in item.sources],
        stem=_text(item.stem),
        artefact=_artefact(item.artefact) if item.artefact else None,
        options=[_option(option) for option in item.options],
        parts=[as_data(part) for part in item.parts],
        explanation=_text(item.explanation),
    ) | {"stem": _text(item.stem)}


def _option(option: Option) -> dict[str, Any]:
    return _held(
        key=option.key, text=_text(option.text), correct=option.correct, rationale=_text(option.rationale),
        match=_text(option.match),
    )  # fmt: skip


def _artefact(artefact: Artefact) -> dict[str, Any]:
    lines = [
        {"role": line.role} | _held(region=line.region, target=line.target) | {"text": _text(line.text)}
        for line in artefact.lines
    ]
    areas = [
        {
            "region": area.region, "x": area.x, "y": area.y, "width": area.width, "height": area.height,
            "text": _text(area.text),
        }
        for area in artefact.areas
    ]  # fmt: skip
    return {"form": str(artefact.form)} | _held(
        lines=lines, picture=artefact.picture, alt=_text(artefact.alt), areas=areas
    )


def _text(text: Text) -> dict[str, str]:
    return _held(sl=text.sl, en=text.en)


def _held(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}
