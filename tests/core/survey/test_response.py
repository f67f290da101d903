"""Dispositions and response rates by AAPOR's definitions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.response import Case, Disposition, Response, disposition, response


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (Case(questions=10, answered=10), Disposition.COMPLETE),
        (Case(questions=10, answered=8), Disposition.COMPLETE),
        (Case(questions=10, answered=7), Disposition.PARTIAL),
        (Case(questions=10, answered=5), Disposition.PARTIAL),
        (Case(questions=10, answered=4), Disposition.REFUSAL),
        (Case(questions=10), Disposition.NON_CONTACT),
        (Case(questions=10, answered=10, declined=True), Disposition.REFUSAL),
        (Case(questions=10, answered=10, eligible=False), Disposition.NOT_ELIGIBLE),
        (Case(eligible=None), Disposition.UNKNOWN),
        (Case(eligible=None, declined=True), Disposition.REFUSAL),
        (Case(able=False), Disposition.OTHER),
        (Case(able=False, reached=False), Disposition.NON_CONTACT),
    ],
)
def test_disposition_is_the_first_that_applies(case: Case, expected: Disposition) -> None:
    assert disposition(case) == expected


def test_case_refuses_more_answers_than_questions() -> None:
    with pytest.raises(ValueError):
        Case(questions=1, answered=2)


def test_rr1_counts_complete_interviews_of_all_who_may_have_been_eligible() -> None:
    """I 600, P 50, R 100, NC 180, O 20, U 50: RR1 = 600/1000, RR2 = 650/1000; the 30 not eligible don't count."""
    found = Response(600, 50, 100, 180, 20, 50, 30)
    assert (found.asked, found.rr1, found.rr2) == (1000, 0.6, 0.65)


def test_nobody_asked_has_no_rate() -> None:
    assert Response(not_eligible=3).rr1 is None
    assert Response().rr2 is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(Disposition), st.integers(1, 9))))
def test_response_adds_weights_and_rr1_is_least(cases: list[tuple[Disposition, float]]) -> None:
    found = response(cases)
    assert found.asked + found.not_eligible == sum(weight for _, weight in cases)
    assert found == response(reversed(cases))
    if found.asked:
        assert found.rr1 is not None
        assert found.rr2 is not None
        assert 0 <= found.rr1 <= found.rr2 <= 1
