"""Lessons as data, and when somebody counts as trained by them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.lessons import Step, read_lesson, trained_on

AREAS = ("a", "b")
JAN, FEB = date(2026, 1, 10), date(2026, 2, 10)


def test_lesson_is_read_step_by_step() -> None:
    lesson = read_lesson("# Title\n\nminutes: 6\n\n## One\n\nText.\n\n{{check: one-check}}\n\n## Two\n\nMore.\n")
    assert (lesson.title, lesson.minutes) == ("Title", 6)
    assert lesson.steps == (Step("One", "Text.", "one-check"), Step("Two", "More."))


@pytest.mark.parametrize("text", ["", "# Title\n", "# Title\nminutes: 5\n", "# Title\nminutes: 5\nText.\n## One\nx"])
def test_text_that_is_no_lesson_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_lesson(text)


def test_day_of_the_last_lesson_completes_the_training() -> None:
    assert trained_on({"a": [JAN], "b": [FEB]}, AREAS, as_of=FEB) == FEB
    assert trained_on({"a": [JAN], "b": [FEB]}, AREAS, as_of=FEB - timedelta(days=1)) is None
    assert trained_on({"a": [JAN]}, AREAS, as_of=FEB) is None


def test_lessons_further_apart_than_a_year_are_no_training() -> None:
    assert trained_on({"a": [date(2025, 2, 10)], "b": [FEB]}, AREAS, as_of=FEB) is None
    assert trained_on({"a": [date(2025, 2, 11)], "b": [FEB]}, AREAS, as_of=FEB) == FEB


def test_one_lesson_again_renews_a_training_only_while_the_others_are_fresh() -> None:
    done = {"a": [JAN, date(2026, 12, 1)], "b": [FEB]}
    assert trained_on(done, AREAS, as_of=date(2027, 1, 1)) == date(2026, 12, 1)
    done["a"].append(date(2027, 3, 1))
    assert trained_on(done, AREAS, as_of=date(2027, 3, 1)) == date(2026, 12, 1)


day = st.integers(0, 1_460).map(lambda number: date(2024, 1, 1) + timedelta(days=number))
days = st.lists(day, max_size=5)


@given(done=st.fixed_dictionaries({"a": days, "b": days}), as_of=day)
def test_training_is_a_day_on_which_a_lesson_was_done(done: dict[str, list[date]], as_of: date) -> None:
    found = trained_on(done, AREAS, as_of=as_of)
    if found is not None:
        assert found <= as_of
        assert found in done["a"] + done["b"]
        assert trained_on(done, AREAS, as_of=found) == found
