"""Scoring an answer: how many of an item's points it earns.

Every kind but the scenario is right or wrong as a whole (partial credit for lucky ticks is no evidence of competence);
a scenario earns a point for each part, and is calibrated as a polytomous item.
"""

from collections.abc import Mapping

from kazipot.core.items.definition import Answer, Item, Kind


class NoSuchAnswer(ValueError):
    """An answer that the item does not offer; `item` is the key of the item or of its part."""

    def __init__(self, item: str) -> None:
        super().__init__(f"{item} offers no such answer")
        self.item = item


def points(item: Item) -> int:
    """The most points that an item gives: 1, or the number of a scenario's parts."""
    return len(item.parts) if item.kind is Kind.SCENARIO else 1


def right_answer(item: Item) -> Answer:
    """The answer that earns all points."""
    if item.kind is Kind.SCENARIO:
        return {part.key: right_answer(part) for part in item.parts}
    if item.kind is Kind.SINGLE:
        return next(option.key for option in item.options if option.correct)
    if item.kind is Kind.ORDER:
        return tuple(option.key for option in item.options)
    if item.kind is Kind.MATCH:
        return tuple((option.key, option.key) for option in item.options if option.text)
    return tuple(option.key for option in item.options if option.correct)


def score(item: Item, answer: Answer) -> int:
    """Points earned, 0 to `points(item)`. Raises NoSuchAnswer for keys that the item doesn't have or an incomplete
    order; a question left empty is answered by () or, in a scenario, by leaving the part out, and earns nothing."""
    if item.kind is Kind.SCENARIO:
        return _scenario(item, answer)
    keys = {option.key for option in item.options}
    given = _keys(item, answer)
    if not given <= keys:
        raise NoSuchAnswer(item.key)
    if item.kind is Kind.SINGLE:
        return int(answer == right_answer(item))
    if not isinstance(answer, tuple):
        raise NoSuchAnswer(item.key)
    if item.kind is Kind.ORDER:
        if answer and (given != keys or len(answer) != len(keys)):
            raise NoSuchAnswer(item.key)
        return int(answer == right_answer(item))
    right = right_answer(item)
    assert isinstance(right, tuple)
    return int(sorted(answer) == sorted(right))


def _keys(item: Item, answer: Answer) -> set[str]:
    if isinstance(answer, str):
        return {answer}
    if isinstance(answer, Mapping):
        raise NoSuchAnswer(item.key)
    keys: set[str] = set()
    for each in answer:
        if isinstance(each, str) == (item.kind is Kind.MATCH):
            raise NoSuchAnswer(item.key)
        keys |= {each} if isinstance(each, str) else set(each)
    return keys


def _scenario(item: Item, answer: Answer) -> int:
    parts = {part.key: part for part in item.parts}
    if not isinstance(answer, Mapping) or not set(answer) <= set(parts):
        raise NoSuchAnswer(item.key)
    return sum(score(parts[key], given) for key, given in answer.items())
