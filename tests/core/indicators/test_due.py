"""Due dates: worked examples of each rule."""

from datetime import date

import pytest

from kazipot.core.indicators import due
from kazipot.core.indicators.due import Due

ADOPTED = date(2023, 3, 27)


@pytest.mark.parametrize(
    ("as_of", "passed"), [(date(2023, 6, 1), False), (date(2024, 3, 26), False), (date(2024, 3, 27), True)]
)
def test_after_adoption_keeps_its_first_due_date(as_of, passed):
    assert due.after_adoption(ADOPTED, 12, as_of=as_of) == Due(date(2024, 3, 27), passed)


def test_by_is_due_on_the_day_itself():
    assert due.by(date(2025, 1, 1), as_of=date(2025, 1, 1)) == Due(date(2025, 1, 1), True)


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2024, 12, 30), Due(date(2024, 12, 31), False)),
        (date(2024, 12, 31), Due(date(2024, 12, 31), True)),
        (date(2025, 1, 1), Due(date(2025, 12, 31), False)),
    ],
)
def test_year_end_is_of_the_year_looked_at(as_of, expected):
    assert due.year_end(as_of=as_of) == expected


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        (date(2023, 5, 1), Due(date(2024, 12, 31), False)),
        (date(2024, 5, 1), Due(date(2024, 12, 31), False)),
        (date(2025, 5, 1), Due(date(2024, 12, 31), True)),
        (date(2026, 1, 1), Due(date(2026, 12, 31), False)),
    ],
)
def test_even_year_end_is_of_the_year_reported_but_not_before_the_adoption(as_of, expected):
    assert due.even_year_end(ADOPTED, as_of=as_of) == expected


def test_always_holds_from_the_adoption():
    assert due.always(ADOPTED, as_of=ADOPTED) == Due(None, True)
    assert due.always(ADOPTED, as_of=date(2023, 3, 26)) == Due(None, False)


def test_rolling_holds_from_the_end_of_the_first_window():
    assert due.rolling(ADOPTED, 24, as_of=date(2025, 3, 26)) == Due(None, False)
    assert due.rolling(ADOPTED, 24, as_of=date(2025, 3, 27)) == Due(None, True)
