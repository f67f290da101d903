"""What holds of every log: order is nothing, more proof is never worse, and the indicator agrees."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kazipot.core.duty.days import lapses_on
from kazipot.core.duty.events import Event, Exempted, Leave, Left, Placed, Proof, Trained, Verified
from kazipot.core.duty.rules import RuleBook, Rules
from kazipot.core.duty.standing import NOT_ASKED, duty_on, standing
from kazipot.core.indicators.verification import within

FIRST = date(2020, 1, 1)
DAYS = st.dates(FIRST, date(2030, 12, 31))
BOOK = RuleBook()
HIRED = Placed(FIRST, "a", FIRST, unit=1)
NUMBERS = st.integers(0, 5)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""Machines on which tests run side by side are slow at times."""


def _period(kind: type[Leave] | type[Exempted]) -> st.SearchStrategy[Event]:
    return st.builds(
        lambda day, length: kind(day, None if length is None else day + timedelta(days=length)),
        DAYS,
        st.none() | st.integers(1, 900),
    )


EVENTS: st.SearchStrategy[list[Event]] = st.lists(
    st.one_of(
        st.builds(Verified, DAYS, st.booleans(), NUMBERS),
        st.builds(Trained, DAYS, NUMBERS),
        st.builds(lambda day, job: Placed(day, job, day, unit=2), DAYS, st.sampled_from("ab")),
        st.builds(Left, DAYS, st.sampled_from("ab")),
        _period(Leave),
        _period(Exempted),
    ),
    max_size=8,
)


@unhurried
@given(EVENTS, DAYS, st.randoms(use_true_random=False))
def test_order_of_recording_does_not_matter(events: list[Event], on: date, chance: object) -> None:
    shuffled = [HIRED, *events]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    found, other = duty_on([HIRED, *events], on, BOOK), duty_on(shuffled, on, BOOK)
    assert (found.state, found.valid_until, found.due_on) == (other.state, other.valid_until, other.due_on)


@unhurried
@given(EVENTS, DAYS, DAYS)
def test_further_pass_never_makes_validity_or_the_due_date_earlier(events: list[Event], day: date, on: date) -> None:
    before = standing([HIRED, *events], Proof.VERIFICATION, on, BOOK)
    after = standing([HIRED, *events, Verified(day, True, 9)], Proof.VERIFICATION, on, BOOK)
    assert (after.valid_until or date.min) >= (before.valid_until or date.min)
    assert (after.due_on or date.max) >= (before.due_on or date.max) or before.due_on is None
    assert after.is_in_order or not before.is_in_order


@unhurried
@given(st.lists(DAYS, min_size=1), st.integers(1, 60), st.integers(0, 400))
def test_validity_is_never_further_than_the_last_result_the_window_and_the_months(
    days: list[date], months: int, window: int
) -> None:
    book = RuleBook(Rules(months=months, window_days=window))
    on = max(days)
    found = standing([HIRED, *(Verified(day, True) for day in days)], Proof.VERIFICATION, on, book)
    assert found.valid_until is not None
    assert lapses_on(on, months) <= found.valid_until + timedelta(days=1) <= lapses_on(
        on + timedelta(days=window), months
    )  # fmt: skip


@unhurried
@given(EVENTS, DAYS)
def test_whoever_the_indicator_counts_is_in_order(events: list[Event], on: date) -> None:
    found = duty_on([HIRED, *events], on, BOOK)
    passed = [row.on for row in events if isinstance(row, Verified) and row.passed and row.on <= on]
    trained = [row.on for row in events if isinstance(row, Trained) and row.on <= on]
    counted = all(within(max(days, default=None), months=24, as_of=on) for days in (passed, trained))
    if found.state not in NOT_ASKED:
        assert found.is_in_order or not counted


@unhurried
@given(DAYS, st.integers(1, 60), DAYS)
def test_lapsing_is_where_the_window_of_the_indicator_ends(day: date, months: int, on: date) -> None:
    assert within(day, months=months, as_of=on) == (day <= on < lapses_on(day, months))


@unhurried
@given(EVENTS, DAYS, st.lists(st.builds(Verified, DAYS, st.booleans(), NUMBERS), max_size=3))
def test_what_comes_later_changes_no_earlier_day(events: list[Event], on: date, later: list[Verified]) -> None:
    ahead = [row for row in later if row.on > on]
    assert duty_on([HIRED, *events], on, BOOK) == duty_on([HIRED, *events, *ahead], on, BOOK)


@unhurried
@given(EVENTS, DAYS)
def test_every_state_has_its_reason_and_every_date_its_own(events: list[Event], on: date) -> None:
    for found in (duty_on([HIRED, *events], on, BOOK).training, duty_on([HIRED, *events], on, BOOK).verification):
        assert found.state not in NOT_ASKED or found.because is not None
        assert (found.due_on is None) == (found.due_because is None)
        assert found.valid_until is None or found.because is not None
