"""The status word: the table of the rule, and what holds for all numbers."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.indicators.status import Status, status

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("numerator", "denominator", "due_passed", "begun", "expected"),
    [
        (0, 10, False, False, Status.NOT_STARTED),
        (0, 10, True, False, Status.NOT_STARTED),
        (0, 10, False, True, Status.UNDER_WAY),
        (0, 10, True, True, Status.UNDER_WAY),
        (4, 10, False, False, Status.UNDER_WAY),
        (4, 10, True, False, Status.PARTLY),
        (5, 10, False, False, Status.ACHIEVED),
        (5, 10, True, False, Status.ACHIEVED),
        (0, 0, False, False, Status.NOT_STARTED),
        (0, 0, True, False, Status.NOT_STARTED),
        (0, 0, True, True, Status.UNDER_WAY),
    ],
)
def test_status_follows_the_table(numerator, denominator, due_passed, begun, expected):
    assert status(numerator, denominator, target=HALF, due_passed=due_passed, begun=begun) is expected


@st.composite
def shares(draw):
    denominator = draw(st.integers(0, 200))
    return draw(st.integers(0, denominator)), denominator


TARGETS = st.integers(1, 100).map(lambda percent: Fraction(percent, 100))


@given(shares(), TARGETS, st.booleans(), st.booleans())
def test_status_is_achieved_exactly_when_the_target_is_reached(share, target, due_passed, begun):
    numerator, denominator = share
    reached = denominator > 0 and numerator >= target * denominator
    assert (status(numerator, denominator, target=target, due_passed=due_passed, begun=begun) is Status.ACHIEVED) == (
        reached
    )


@given(shares(), TARGETS, st.booleans(), st.booleans())
def test_status_never_falls_when_one_more_is_met(share, target, due_passed, begun):
    order = list(Status)
    numerator, denominator = share
    if numerator < denominator:
        words = [
            order.index(status(count, denominator, target=target, due_passed=due_passed, begun=begun))
            for count in (numerator, numerator + 1)
        ]
        assert words == sorted(words)


@given(shares(), TARGETS, st.booleans())
def test_status_is_partly_only_when_the_due_date_has_passed(share, target, begun):
    assert status(*share, target=target, due_passed=False, begun=begun) is not Status.PARTLY
