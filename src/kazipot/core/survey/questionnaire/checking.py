"""What an answer may be: read from what was typed, and held against the item's rules."""

import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kazipot.core.survey.questionnaire.definition import Item, Kind, Value
from kazipot.core.survey.questionnaire.expressions import parse

SHORT_TEXT, LONG_TEXT = 300, 5_000
"""The longest answers in characters."""
LARGEST = 10**12
DIGITS = re.compile(r"[+-]?\d{1,13}")
UNPRINTABLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127])
"""Control signs that no keyboard types; databases refuse the first of them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why an answer isn't taken: a code, and what the message needs to know.

    Codes: required, choice, whole_number, number, too_large, day, too_long, constraint.
    """

    code: str
    detail: Mapping[str, object] = field(default_factory=dict)


class NotReadable(ValueError):
    """What was typed is no answer of the item's kind."""

    def __init__(self, code: str, **detail: object) -> None:
        super().__init__(code)
        self.fault = Fault(code, detail)


def read(item: Item, typed: Sequence[str], offered: Collection[str]) -> Value:
    """The answer from what was typed or chosen (several texts for MANY); None when there is none.

    `offered` are the values of the choices. Raises NotReadable.
    """
    texts = [text.translate(UNPRINTABLE).strip() for text in typed]
    texts = [text for text in texts if text]
    if item.kind is Kind.NOTE or not texts:
        return None
    if item.kind is Kind.MANY:
        if not set(texts) <= set(offered):
            raise NotReadable("choice")
        return tuple(value for value in offered if value in texts)
    return _read_one(item.kind, texts[-1], offered)


def _read_one(kind: Kind, text: str, offered: Collection[str]) -> Value:
    match kind:
        case Kind.ONE:
            if text not in offered:
                raise NotReadable("choice")
            return text
        case Kind.TICK:
            return True
        case Kind.INTEGER:
            return _integer(text)
        case Kind.DECIMAL:
            return _decimal(text)
        case Kind.DATE:
            return _day(text)
        case _:
            longest = LONG_TEXT if kind is Kind.LONG_TEXT else SHORT_TEXT
            if len(text) > longest:
                raise NotReadable("too_long", longest=longest, length=len(text))
            return text


def _integer(text: str) -> int:
    plain = text.replace(" ", "").replace("\u00a0", "")
    if not DIGITS.fullmatch(plain):
        raise NotReadable("whole_number")
    number = int(plain)
    if abs(number) > LARGEST:
        raise NotReadable("too_large")
    return number


def _decimal(text: str) -> float:
    try:
        number = float(text.replace(",", ".")) if len(text) <= 40 else math.inf
    except ValueError as error:
        raise NotReadable("number") from error
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise NotReadable("too_large")
    return number


def _day(text: str) -> str:
    """An ISO day; also read as people write it here, 1. 6. 2026."""
    local = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text)
    try:
        day = date(int(local[3]), int(local[2]), int(local[1])) if local else date.fromisoformat(text)
    except ValueError as error:
        raise NotReadable("day") from error
    return day.isoformat()


def refusal(item: Item, value: Value, values: Mapping[str, Value]) -> Fault | None:
    """Why an answer isn't enough, given all answers so far; None when it is. Asked only of items that are relevant."""
    if value is None or value == ():
        return Fault("required") if item.required else None
    if item.constraint and not parse(item.constraint).holds(values, value):
        return Fault("constraint")
    return None
