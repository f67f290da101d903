"""Expressions give what XPath gives, and say where they can't be read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.survey.questionnaire import ExpressionError, Value, parse

VALUES: dict[str, Value] = {
    "n": 3, "t": "kolo", "many": ("a", "b"), "none": None, "yes": True, "day": "2026-06-01", "level": "2",
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("-2 * 3", -6.0),
        ("7 mod 4 - 1", 2.0),
        ("7 div 2", 3.5),
        ("1 div 0", None),
        ("${n} = 3 and ${t} = 'kolo'", True),
        ("${n} != 3 or not(${none} = '')", False),
        ("selected(${many}, 'a')", True),
        ("selected(${many}, 'c')", False),
        ("count-selected(${many}) >= 2", True),
        ("${none} = ''", True),
        ("${none} < 5", False),
        ("${none} + 1", 1.0),
        ("${t} > 1", False),
        ("${t} = 1", False),
        ("${level} < 3", True),
        ("${level} = 2", True),
        ("${yes}", True),
        ("${yes} = true()", True),
        ("${day} >= '2026-01-01'", True),
        ("string-length(${t})", 4.0),
        ("if(${n} > 2, 'many', 'few')", "many"),
        ("regex(${t}, '[a-z]+')", True),
        ("number(${level}) + 1", 3.0),
        ("true() or false() and false()", True),
    ],
)
def test_expression_gives(text: str, expected: Value) -> None:
    assert parse(text).value(VALUES) == expected


def test_expression_speaks_of_the_answer_itself() -> None:
    assert (parse(". >= 1 and . <= 5").holds({}, 5), parse(". >= 1 and . <= 5").holds({}, 6)) == (True, False)


def test_expression_tells_its_keys() -> None:
    assert parse("${a} = 1 or selected(${b}, 'x')").keys == frozenset({"a", "b"})


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("", "end", 0),
        ("1 +", "end", 3),
        ("${a} = ", "end", 7),
        ("1 2", "rest", 2),
        ("today()", "word", 0),
        ("selected(${a})", "arguments", 0),
        ("${a} # 1", "sign", 4),
        ("(1 + 2", "end", 6),
        ("regex('a', '[')", "pattern", 0),
        ("(" * 60 + "1" + ")" * 60, "deep", 40),
        ("1" * 3_000, "long", 2_000),
    ],
)
def test_expression_says_where_it_stopped(text: str, reason: str, place: int) -> None:
    with pytest.raises(ExpressionError) as error:
        parse(text)
    assert (error.value.reason, error.value.place) == (reason, place)


@given(st.text(alphabet="${}ab'() =<>+-*1.,andornotselected ", max_size=40))
def test_expression_is_read_or_refused_never_anything_else(text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionError:
        return
    expression.holds(VALUES, "x")
