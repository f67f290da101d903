"""Expressions of a questionnaire: when an item is asked, and what an answer must fulfil.

The language is the part of XPath 1.0 that XLSForm authors use (XLSForm.org, "Operators" and "Functions"):

    or and = != < <= > >= + - * div mod ( )   numbers, 'texts', ${key}, . (the answer itself)
    selected(x, 'a')  count-selected(x)  not(x)  true()  false()  string-length(x)  number(x)  if(a, b, c)
    regex(x, 'pattern')

An empty answer equals '' and nothing else; compared by size it is false, in arithmetic it counts as 0. Comparing with a
number compares numbers; a text that is no number is unequal to every number.
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kazipot.core.survey.questionnaire.definition import Value

TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<text>'[^']*'|\"[^\"]*\")|\$\{\s*(?P<key>[^}\s]+)\s*\}"
    r"|(?P<sign><=|>=|!=|[=<>()+,*-])|(?P<dot>\.)|(?P<word>[A-Za-z][A-Za-z-]*))"
)
DEEPEST = 40
LONGEST = 2_000
type Values = Mapping[str, Value]
type Step = Callable[[Values, Value], Value]


class ExpressionError(ValueError):
    """The expression can't be read; `place` is the character (from 0) at which reading stopped, `reason` a code."""

    def __init__(self, reason: str, place: int, found: str = "") -> None:
        super().__init__(f"{reason} at {place}: {found}")
        self.reason, self.place, self.found = reason, place, found


@dataclass(frozen=True, slots=True)
class Expression:
    """A read expression: the keys it speaks of, and how it is worked out."""

    keys: frozenset[str]
    step: Step

    def value(self, values: Values, current: Value = None) -> Value:
        """What the expression comes to, with the answers so far and the answer at hand."""
        return self.step(values, current)

    def holds(self, values: Values, current: Value = None) -> bool:
        """Whether it is true."""
        return _truth(self.step(values, current))


def parse(text: str) -> Expression:
    """Read an expression. Raises ExpressionError (reasons: sign, word, end, rest, arguments, pattern, deep, long)."""
    if len(text) > LONGEST:
        raise ExpressionError("long", LONGEST)
    return _Reader(text).whole()


ARGUMENTS = {
    "selected": 2, "count-selected": 1, "not": 1, "true": 0, "false": 0, "string-length": 1, "number": 1, "if": 3,
    "regex": 2,
}  # fmt: skip
POWERS = {
    "or": 1, "and": 2, "=": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4, "+": 5, "-": 5, "*": 6, "div": 6, "mod": 6,
}  # fmt: skip


class _Reader:
    """Reads by operator precedence (Pratt 1973)."""

    def __init__(self, text: str) -> None:
        self.text, self.keys, self.at = text, set[str](), 0
        self.tokens: list[tuple[str, str, int]] = []
        place = 0
        while text[place:].strip():
            match = TOKEN.match(text, place)
            if match is None:
                raise ExpressionError("sign", place, text[place : place + 10].strip())
            kind = str(match.lastgroup)
            self.tokens.append((kind, match[kind], match.start(kind)))
            place = match.end()

    def whole(self) -> Expression:
        step = self.part(0, 0)
        if self.at < len(self.tokens):
            _kind, found, place = self.tokens[self.at]
            raise ExpressionError("rest", place, found)
        return Expression(frozenset(self.keys), step)

    def next(self) -> tuple[str, str, int]:
        if self.at >= len(self.tokens):
            raise ExpressionError("end", len(self.text))
        self.at += 1
        return self.tokens[self.at - 1]

    def take(self, sign: str) -> None:
        _kind, found, place = self.next()
        if found != sign:
            raise ExpressionError("sign", place, found)

    def is_next(self, sign: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][1] == sign

    def part(self, power: int, depth: int) -> Step:
        if depth > DEEPEST:
            raise ExpressionError("deep", self.tokens[self.at - 1][2])
        left = self.single(depth)
        while self.at < len(self.tokens):
            kind, sign, _place = self.tokens[self.at]
            binds = POWERS.get(sign, 0) if kind in {"sign", "word"} else 0
            if binds <= power:
                break
            self.at += 1
            left = _operation(sign, left, self.part(binds, depth + 1))
        return left

    def single(self, depth: int) -> Step:
        kind, found, place = self.next()
        if kind == "number":
            number = float(found)
            return lambda _values, _current: number
        if kind == "text":
            return lambda _values, _current: found[1:-1]
        if kind == "key":
            self.keys.add(found)
            return lambda values, _current: values.get(found)
        if kind == "dot":
            return lambda _values, current: current
        if found == "(":
            inner = self.part(0, depth + 1)
            self.take(")")
            return inner
        if found == "-":
            negated = self.part(POWERS["*"], depth + 1)
            return lambda values, current: -_number(negated(values, current), 0.0)
        if kind == "word" and found in ARGUMENTS:
            return self.function(found, place, depth)
        raise ExpressionError("word" if kind == "word" else "sign", place, found)

    def function(self, name: str, place: int, depth: int) -> Step:
        self.take("(")
        told: list[Step] = []
        while not self.is_next(")"):
            if told:
                self.take(",")
            told.append(self.part(0, depth + 1))
        self.take(")")
        if len(told) != ARGUMENTS[name]:
            raise ExpressionError("arguments", place, name)
        if name == "regex":
            return self.pattern(told, place)
        return _function(name, told)

    def pattern(self, told: list[Step], place: int) -> Step:
        try:
            pattern = re.compile(_as_text(told[1]({}, None)))
        except re.error as error:
            raise ExpressionError("pattern", place, str(error)) from error
        return lambda values, current: pattern.fullmatch(_as_text(told[0](values, current))[:LONGEST]) is not None


def _function(name: str, told: list[Step]) -> Step:
    match name:
        case "selected":
            return lambda values, current: _as_text(told[1](values, current)) in _chosen(told[0](values, current))
        case "count-selected":
            return lambda values, current: float(len(_chosen(told[0](values, current))))
        case "not":
            return lambda values, current: not _truth(told[0](values, current))
        case "true" | "false":
            return lambda _values, _current: name == "true"
        case "string-length":
            return lambda values, current: float(len(_as_text(told[0](values, current))))
        case "if":
            return lambda values, current: (
                told[1](values, current) if _truth(told[0](values, current)) else told[2](values, current)
            )
        case _:
            return lambda values, current: _number(told[0](values, current), None)


def _operation(sign: str, left: Step, right: Step) -> Step:
    match sign:
        case "or":
            return lambda values, current: _truth(left(values, current)) or _truth(right(values, current))
        case "and":
            return lambda values, current: _truth(left(values, current)) and _truth(right(values, current))
        case "=":
            return lambda values, current: _equal(left(values, current), right(values, current))
        case "!=":
            return lambda values, current: not _equal(left(values, current), right(values, current))
        case "<" | "<=" | ">" | ">=":
            return lambda values, current: _compare(sign, left(values, current), right(values, current))
        case _:
            return lambda values, current: _arithmetic(sign, left(values, current), right(values, current))


def _is_empty(value: Value) -> bool:
    return value is None or value in {"", ()}


def _number[D](value: Value, otherwise: D) -> float | D:
    if isinstance(value, tuple) or _is_empty(value):
        return otherwise
    try:
        number = float(value)  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return otherwise
    return number if math.isfinite(number) else otherwise


def _as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(value) if isinstance(value, tuple) else str(value)


def _chosen(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else tuple(_as_text(value).split())


def _truth(value: Value) -> bool:
    return value != 0 if isinstance(value, int | float) else not _is_empty(value)


def _equal(one: Value, other: Value) -> bool:
    if _is_empty(one) or _is_empty(other):
        return _is_empty(one) and _is_empty(other)
    if isinstance(one, bool) or isinstance(other, bool):
        return _truth(one) == _truth(other)
    first, second = _number(one, None), _number(other, None)
    if first is not None and second is not None:
        return first == second
    return _as_text(one) == _as_text(other)


def _compare(sign: str, one: Value, other: Value) -> bool:
    first, second = _number(one, None), _number(other, None)
    if first is None or second is None:
        both = (_as_text(one), _as_text(other))
        if not all(re.fullmatch(r"\d{4}-\d\d-\d\d", text) for text in both):
            return False
        return _ordered(sign, *both)  # days are compared as days
    return _ordered(sign, first, second)


def _ordered[T: (str, float)](sign: str, one: T, other: T) -> bool:
    match sign:
        case "<":
            return one < other
        case "<=":
            return one <= other
        case ">":
            return one > other
        case _:
            return one >= other


def _arithmetic(sign: str, one: Value, other: Value) -> Value:
    first, second = _number(one, 0.0), _number(other, 0.0)
    match sign:
        case "+":
            return first + second
        case "-":
            return first - second
        case "*":
            return first * second
        case "div":
            return first / second if second else None
        case _:
            return first % second if second else None
