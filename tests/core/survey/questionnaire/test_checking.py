"""What was typed becomes an answer, or says why not."""

import pytest

from kazipot.core.survey.questionnaire import Fault, Item, Kind, NotReadable, Value, read, refusal
from tests.core.survey.questionnaire.samples import HOURS, LANGUAGE, text


def item(kind: Kind) -> Item:
    """An item of a kind."""
    return Item("x", kind, text("X"))


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (Kind.ONE, ["b"], "b"),
        (Kind.ONE, [""], None),
        (Kind.MANY, ["b", "a", "b"], ("a", "b")),
        (Kind.TICK, ["on"], True),
        (Kind.TICK, [], None),
        (Kind.INTEGER, [" 14 000 "], 14_000),
        (Kind.DECIMAL, ["1,5"], 1.5),
        (Kind.DATE, ["1. 6. 2026"], "2026-06-01"),
        (Kind.DATE, ["2026-06-01"], "2026-06-01"),
        (Kind.TEXT, ["  čakam na \x00tečaj \U0001f600 "], "čakam na tečaj \U0001f600"),
        (Kind.LONG_TEXT, ["prva\ndruga"], "prva\ndruga"),
        (Kind.LONG_TEXT, ["שלום"], "שלום"),
        (Kind.NOTE, ["x"], None),
    ],
)
def test_read_understands(kind: Kind, typed: list[str], expected: Value) -> None:
    assert read(item(kind), typed, ["a", "b"]) == expected


@pytest.mark.parametrize(
    ("kind", "typed", "code"),
    [
        (Kind.ONE, "c", "choice"),
        (Kind.MANY, "c", "choice"),
        (Kind.INTEGER, "1.5", "whole_number"),
        (Kind.INTEGER, "9" * 13, "too_large"),
        (Kind.INTEGER, "9" * 500, "whole_number"),
        (Kind.DECIMAL, "one", "number"),
        (Kind.DECIMAL, "1e400", "too_large"),
        (Kind.DECIMAL, "9" * 50, "too_large"),
        (Kind.DATE, "31. 2. 2026", "day"),
        (Kind.TEXT, "x" * 301, "too_long"),
        (Kind.LONG_TEXT, "x" * 5_001, "too_long"),
    ],
)
def test_read_says_why_not(kind: Kind, typed: str, code: str) -> None:
    with pytest.raises(NotReadable) as error:
        read(item(kind), [typed], ["a", "b"])
    assert error.value.fault.code == code


def test_refusal_wants_required_answers_and_the_range() -> None:
    assert refusal(BLOCK_ITEM, None, {}) == Fault("required")
    assert refusal(LANGUAGE, None, {}) is None
    assert (refusal(HOURS, 40, {}), refusal(HOURS, 41, {})) == (None, Fault("constraint"))


BLOCK_ITEM = Item("own_level", Kind.ONE, text("Today"), required=True, choices="levels")
