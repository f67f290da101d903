"""Rule 1: when an answer states a need."""

import pytest

from kazipot.core.survey.stated_need import Answered, stated_need


@pytest.mark.parametrize(
    ("own", "needed", "wants", "expected"),
    [
        (0, 4, False, None),
        (0, 0, True, (0, 1)),
        (1, 3, True, (1, 3)),
        (3, 1, True, (3, 4)),
        (2, 2, True, (2, 3)),
        (4, 4, True, (4, 4)),
        (4, 0, True, (4, 4)),
    ],
)
def test_stated_need_follows_rule_1(own: int, needed: int, wants: bool, expected: tuple[int, int] | None) -> None:
    assert stated_need(Answered(own, needed, wants)) == expected


@pytest.mark.parametrize(("own", "needed"), [(-1, 0), (0, 5), (5, 5)])
def test_answered_refuses_levels_outside_the_scale(own: int, needed: int) -> None:
    with pytest.raises(ValueError):
        Answered(own, needed, False)
