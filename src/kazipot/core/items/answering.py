"""In which order a person sees the options of an item, and what their answer means then.

What is sent to a page are places in that order (1, 2, …), never the keys of options: the keys of an order or a match
would tell the right answer. The order follows from a seed, so that it can be found again.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kazipot.core.items.definition import Answer, Item, Kind

type Given = Mapping[str, Sequence[str]]
"""What a form holds: values by name of field."""


class Incomplete(ValueError):
    """An answer that misses something; `number` is that of the part (0: the item itself)."""

    def __init__(self, number: int) -> None:
        super().__init__(f"part {number} is not answered")
        self.number = number


@dataclass(frozen=True, slots=True)
class Part:
    """An item, or a part of a scenario (`number` from 1): keys in the order shown. `right`: of the other side of a
    match."""

    number: int
    item: Item
    left: tuple[str, ...]
    right: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The name of its field; fields of an order or a match are numbered: `field-1`, `field-2` …"""
        return f"a{self.number}"

    def fields(self) -> Iterator[str]:
        """The names of all its fields."""
        if self.item.kind in {Kind.ORDER, Kind.MATCH}:
            yield from (f"{self.field}-{place}" for place in range(1, len(self.left) + 1))
        else:
            yield self.field


def parts_shown(item: Item, seed: int) -> tuple[Part, ...]:
    """The item's parts, or the item itself, as somebody with this seed sees them."""
    parts = item.parts if item.kind is Kind.SCENARIO else (item,)
    first = 1 if item.kind is Kind.SCENARIO else 0
    chance = (random.Random(f"{seed} {number}") for number, _part in enumerate(parts, first))  # noqa: S311  (a shuffle)
    return tuple(_shown(part, number, rng) for (number, part), rng in zip(enumerate(parts, first), chance, strict=True))


def _shown(item: Item, number: int, rng: random.Random) -> Part:
    if item.kind is Kind.HOTSPOT:
        return Part(number, item, _regions(item))
    keys = [option.key for option in item.options if option.text]
    if item.kind is Kind.MATCH:
        right = [option.key for option in item.options if option.match]
        return Part(number, item, _mixed(keys, rng), _mixed(right, rng))
    mixed = _mixed(keys, rng)
    if item.kind is Kind.ORDER and mixed == tuple(keys):
        mixed = mixed[1:] + mixed[:1]
    return Part(number, item, mixed)


def _mixed(keys: Sequence[str], rng: random.Random) -> tuple[str, ...]:
    return tuple(rng.sample(keys, len(keys)))


def _regions(item: Item) -> tuple[str, ...]:
    """Regions in the order of the artefact."""
    if item.artefact is None:
        return tuple(option.key for option in item.options)
    found = [line.region for line in item.artefact.lines if line.region]
    found += [area.region for area in item.artefact.areas]
    options = {option.key for option in item.options}
    return tuple(dict.fromkeys(key for key in found if key in options))


def answer_given(item: Item, seed: int, given: Given) -> Answer:
    """The answer that a form holds. Raises Incomplete where something is missing or stands twice, and LookupError for
    a place that was not shown."""
    parts = parts_shown(item, seed)
    if item.kind is not Kind.SCENARIO:
        return _answer(parts[0], given)
    return {part.item.key: _answer(part, given) for part in parts}


def nothing(item: Item) -> Answer:
    """The answer of who says that they don't know."""
    return {} if item.kind is Kind.SCENARIO else ()


def _answer(part: Part, given: Given) -> Answer:
    kind = part.item.kind
    if kind in {Kind.ORDER, Kind.MATCH}:
        values = [[value for value in given.get(field, ()) if value] for field in part.fields()]
        if any(len(value) != 1 for value in values):
            raise Incomplete(part.number)
        if kind is Kind.MATCH:
            right = [_key(part.right, value[0]) for value in values]
            return tuple(zip(part.left, right, strict=True))
        if sorted(value[0] for value in values) != sorted(str(n) for n in range(1, len(values) + 1)):
            raise Incomplete(part.number)
        return tuple(key for _rank, key in sorted(zip((int(value[0]) for value in values), part.left, strict=True)))
    chosen = [_key(part.left, value) for value in given.get(part.field, ()) if value]
    if not chosen or (kind is Kind.SINGLE and len(chosen) > 1):
        raise Incomplete(part.number)
    return chosen[0] if kind is Kind.SINGLE else tuple(sorted(set(chosen)))


def _key(keys: Sequence[str], place: str) -> str:
    if not (place.isascii() and place.isdigit() and len(place) < 4 and 1 <= int(place) <= len(keys)):
        raise LookupError(place)
    return keys[int(place) - 1]


def fields_for(item: Item, seed: int, answer: Answer) -> dict[str, list[str]]:
    """The form that holds an answer: the way back, for what was filled in and for tests."""
    found: dict[str, list[str]] = {}
    for part in parts_shown(item, seed):
        own = answer.get(part.item.key, ()) if isinstance(answer, Mapping) else answer
        found |= _fields(part, own)
    return found


def _fields(part: Part, answer: Answer) -> dict[str, list[str]]:
    places = {key: str(place) for place, key in enumerate(part.left, 1)}
    if isinstance(answer, str):
        return {part.field: [places[answer]]}
    assert isinstance(answer, tuple)
    if part.item.kind is Kind.MATCH:
        right = {key: str(place) for place, key in enumerate(part.right, 1)}
        return {f"{part.field}-{places[pair[0]]}": [right[pair[1]]] for pair in answer}
    keys = [key for key in answer if isinstance(key, str)]
    if part.item.kind is Kind.ORDER:
        return {f"{part.field}-{places[key]}": [str(rank)] for rank, key in enumerate(keys, 1)}
    return {part.field: sorted(places[key] for key in keys)}


def as_kept(answer: Answer) -> object:
    """An answer as JSON keeps it."""
    if isinstance(answer, Mapping):
        return {part: as_kept(own) for part, own in answer.items()}
    if isinstance(answer, str):
        return answer
    return [each if isinstance(each, str) else list(each) for each in answer]


def from_kept(kept: object) -> Answer:
    """The answer that JSON kept."""
    if isinstance(kept, Mapping):
        return {str(part): from_kept(own) for part, own in kept.items()}
    if isinstance(kept, str):
        return kept
    assert isinstance(kept, list)
    if all(isinstance(each, str) for each in kept):
        return tuple(kept)
    return tuple((str(left), str(right)) for left, right in kept)
