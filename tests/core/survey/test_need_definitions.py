"""A need, three ways."""

import pytest

from kazipot.core.survey.need_definitions import (
    OFFICIAL,
    RULES,
    Crossed,
    State,
    Target,
    Verdict,
    crossed,
    measured,
    of_person,
    required,
    stated,
)
from kazipot.core.survey.stated_need import Answered

NEED, NONE, UNKNOWN = (
    Verdict("stated", 1, "need", 0, 1),
    Verdict("stated", 1, "no need"),
    Verdict("stated", 1, "unknown"),
)


def test_the_official_definition_is_the_stated_one_and_every_rule_has_a_version() -> None:
    assert OFFICIAL == "stated"
    assert RULES == {"stated": 1, "required": 1, "measured": 1}


def test_stated_follows_the_wish_whatever_the_gap() -> None:
    assert stated(Answered(1, 3, True)) == Verdict("stated", 1, "need", 1, 3)
    assert stated(Answered(3, 1, True)) == Verdict("stated", 1, "need", 3, 4)
    assert stated(Answered(1, 3, False)) == Verdict("stated", 1, "no need")
    assert stated(None) == Verdict("stated", 1, "unknown")


@pytest.mark.parametrize(
    ("level", "target", "state", "levels"),
    [
        (1, Target(2, 3), "need", (1, 2)),
        (0, Target(4, 4), "need", (0, 4)),
        (2, Target(2, 3), "no need", (None, None)),
        (3, Target(2, 3), "no need", (None, None)),
        (4, Target(2, 3), "no need", (None, None)),
        (1, None, "no need", (None, None)),
        (None, None, "no need", (None, None)),
        (None, Target(2, 3), "unknown", (None, None)),
    ],
)
def test_required_and_measured_ask_whether_the_level_lies_below_the_range(
    level: int | None, target: Target | None, state: State, levels: tuple[int | None, int | None]
) -> None:
    assert required(level, target) == Verdict("required", 1, state, *levels)
    assert measured(level, target) == Verdict("measured", 1, state, *levels)


def test_levels_outside_the_scale_are_refused() -> None:
    with pytest.raises(ValueError):
        required(5, Target(1, 2))
    with pytest.raises(ValueError):
        measured(-1, None)
    with pytest.raises(ValueError):
        Target(3, 2)
    with pytest.raises(ValueError):
        Target(0, 5)


def test_a_person_has_a_need_if_any_competence_has_and_is_unknown_rather_than_without() -> None:
    assert of_person([NONE, UNKNOWN, NEED]) == "need"
    assert of_person([NONE, UNKNOWN]) == "unknown"
    assert of_person([NONE, NONE]) == "no need"
    assert of_person([]) == "unknown"


def test_crossing_two_definitions_counts_what_the_second_would_change() -> None:
    pairs: list[tuple[State, State]] = [
        *[("need", "need")] * 20,
        *[("need", "no need")] * 7,
        *[("no need", "need")] * 46,
        *[("no need", "no need")] * 27,
        ("need", "unknown"),
        ("unknown", "unknown"),
    ]
    found = crossed(pairs)
    assert found == Crossed(both=20, first_only=7, second_only=46, neither=27, unknown=2)
    assert found.agreement == pytest.approx(0.47)
    assert crossed([]).agreement is None
