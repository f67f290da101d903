"""States and dates of the duty, and the reasons for them."""

from datetime import date

import pytest

from kazipot.core.duty.days import lapses_on
from kazipot.core.duty.events import (
    Accepted,
    Annulled,
    Event,
    Exempted,
    ExemptionEnded,
    Leave,
    Left,
    Placed,
    Proof,
    Trained,
    Verified,
)
from kazipot.core.duty.rules import RuleBook, RuleChanged, Rules
from kazipot.core.duty.standing import State, Step, Why, duty_on, standing

SINCE = date(2020, 1, 1)
HIRED = Placed(SINCE, "MU/1", SINCE, unit=1)
TODAY = date(2026, 6, 1)
BOOK = RuleBook()
TEST = Proof.VERIFICATION
PASSED, FAILED = Verified(date(2025, 6, 10), True), Verified(date(2026, 5, 25), False)


@pytest.mark.parametrize(
    ("events", "state", "due_on", "why"),
    [
        ([], State.NOT_EMPLOYED, None, None),
        ([HIRED, Left(date(2026, 1, 1), "MU/1")], State.NOT_EMPLOYED, None, None),
        ([Placed(date(2026, 7, 1), "MU/1", date(2026, 7, 1), unit=1)], State.FUTURE, None, None),
        ([Placed(date(2026, 5, 1), "MU/1", date(2026, 5, 1), unit=1)], State.OPEN, date(2026, 7, 31), Why.NEWCOMER),
        ([HIRED], State.OVERDUE, date(2020, 3, 31), Why.NEWCOMER),
        ([HIRED, PASSED], State.VALID, date(2027, 6, 9), Why.LAPSED),
        ([HIRED, Verified(date(2024, 6, 10), True)], State.EXPIRING, date(2026, 6, 9), Why.LAPSED),
        ([HIRED, Verified(date(2024, 6, 1), True)], State.EXPIRED, date(2026, 5, 31), Why.LAPSED),
        ([HIRED, FAILED], State.FAILED, date(2020, 3, 31), Why.NEWCOMER),
        ([HIRED, PASSED, FAILED], State.VALID, date(2027, 6, 9), Why.LAPSED),
        ([HIRED, Exempted(date(2026, 1, 1), date(2027, 1, 1))], State.EXEMPT, None, None),
        ([HIRED, Exempted(date(2026, 1, 1)), ExemptionEnded(date(2026, 5, 1))], State.OPEN, date(2026, 7, 31),
         Why.EXEMPTION_ENDED),
        ([HIRED, Leave(date(2025, 9, 1))], State.PAUSED, None, None),
        ([HIRED, Leave(date(2025, 4, 1), date(2026, 4, 1))], State.OPEN, date(2026, 6, 30), Why.RETURNED),
        ([HIRED, PASSED, Annulled(date(2026, 5, 20), TEST, PASSED.on)], State.REVOKED, date(2026, 8, 19), Why.ANNULLED),
        ([HIRED, PASSED, Annulled(date(2026, 5, 20), TEST, PASSED.on, 9)], State.VALID, date(2027, 6, 9), Why.LAPSED),
    ],
    ids=lambda value: value.name if isinstance(value, State) else "",
)  # fmt: skip
def test_state_and_due_date_follow_from_what_happened(
    events: list[Event], state: State, due_on: date | None, why: Why | None
) -> None:
    found = standing(events, TEST, TODAY, BOOK)
    assert (found.state, found.due_on) == (state, due_on)
    assert (found.due_because.why if found.due_because else None) == why


def test_valid_through_the_day_before_it_lapses() -> None:
    assert standing([HIRED, Verified(date(2024, 6, 1), True)], TEST, date(2026, 5, 31), BOOK).is_in_order
    assert not standing([HIRED, Verified(date(2024, 6, 1), True)], TEST, date(2026, 6, 1), BOOK).is_in_order


@pytest.mark.parametrize(
    ("day", "lapses"),
    [
        (date(2024, 5, 4), date(2026, 5, 4)),
        (date(2024, 2, 29), date(2026, 3, 1)),
        (date(2024, 2, 28), date(2026, 2, 28)),
        (date(2024, 12, 31), date(2026, 12, 31)),
    ],
)
def test_proof_lapses_two_years_later(day: date, lapses: date) -> None:
    assert lapses_on(day, 24) == lapses


def test_new_person_has_three_months_and_late_begins_the_day_after() -> None:
    hired = Placed(date(2026, 5, 1), "MU/1", date(2026, 5, 1), unit=1)
    assert not standing([hired], TEST, date(2026, 7, 31), BOOK).is_late(date(2026, 7, 31))
    late = standing([hired], TEST, date(2026, 8, 1), BOOK)
    assert (late.state, late.is_late(date(2026, 8, 1))) == (State.OVERDUE, True)


def test_transfer_between_employers_keeps_the_proof() -> None:
    moved = [
        HIRED, PASSED, Left(date(2026, 1, 1), "MU/1"), Placed(date(2026, 1, 1), "JHL/7", date(2026, 1, 1), unit=5),
    ]  # fmt: skip
    found = duty_on(moved, TODAY, BOOK)
    assert (found.verification.state, found.verification.valid_until, found.unit) == (
        State.VALID, date(2027, 6, 9), 5,
    )  # fmt: skip


def test_two_jobs_count_once_under_the_one_held_longest() -> None:
    second = Placed(date(2026, 5, 1), "JHL/7", date(2026, 5, 1), unit=5)
    assert duty_on([HIRED, second], TODAY, BOOK).unit == 1
    assert standing([HIRED, second], TEST, TODAY, BOOK).due_on == date(2020, 3, 31)
    left = [HIRED, second, Left(date(2026, 5, 20), "MU/1")]
    assert duty_on(left, TODAY, BOOK).unit == 5
    assert standing(left, TEST, TODAY, BOOK).due_on == date(2026, 7, 31)


def test_trained_and_verified_are_two_facts_with_their_own_days() -> None:
    found = duty_on([HIRED, PASSED, Trained(date(2024, 7, 1))], TODAY, BOOK)
    assert (found.training.valid_until, found.verification.valid_until) == (date(2026, 6, 30), date(2027, 6, 9))
    assert (found.state, found.valid_until, found.step) == (State.EXPIRING, date(2026, 6, 30), Step.TRAIN)
    accepted = duty_on([HIRED, Accepted(TODAY, Proof.TRAINING, date(2026, 1, 1))], TODAY, BOOK)
    assert (accepted.training.state, accepted.verification.state) == (State.VALID, State.OVERDUE)


def test_early_renewal_tells_which_date_it_keeps() -> None:
    found = standing([HIRED, Verified(date(2024, 6, 10), True), Verified(date(2026, 5, 1), True)], TEST, TODAY, BOOK)
    assert found.because is not None
    assert (found.because.why, found.because.day, found.because.kept, found.valid_until) == (
        Why.RENEWED, date(2026, 5, 1), date(2026, 6, 9), date(2028, 6, 9),
    )  # fmt: skip
    assert found.counted_until == date(2028, 4, 30), "the indicator counts two years from the result itself"
    assert found.window_from is not None
    assert found.window_from <= found.counted_until, "the next window opens before the indicator stops counting"


def test_changed_rules_leave_earlier_dates_as_they_were() -> None:
    book = RuleBook(Rules(), [RuleChanged(date(2026, 1, 1), Rules(months=12))])
    assert standing([HIRED, PASSED], TEST, TODAY, book).valid_until == date(2027, 6, 9)
    later = Verified(date(2026, 2, 1), True)
    assert standing([HIRED, later], TEST, TODAY, book).valid_until == date(2027, 1, 31)


def test_after_failing_one_waits_and_after_the_last_attempt_help_comes_first() -> None:
    trained = Trained(date(2026, 1, 1))
    first, second = Verified(date(2026, 5, 25), False), Verified(date(2026, 6, 10), False)
    once = duty_on([HIRED, trained, first], TODAY, BOOK)
    assert (once.step, once.verification.next_attempt_on) == (Step.WAIT, date(2026, 6, 8))
    assert duty_on([HIRED, trained, first], date(2026, 6, 8), BOOK).step is Step.VERIFY
    twice = duty_on([HIRED, trained, first, second], date(2026, 7, 20), BOOK)
    assert (twice.step, twice.verification.failed, twice.verification.next_attempt_on) == (Step.HELP, 2, None)
    helped = duty_on([HIRED, trained, first, second, Trained(date(2026, 7, 1), 1)], date(2026, 7, 20), BOOK)
    assert (helped.step, helped.verification.needs_help) == (Step.VERIFY, False)


def test_waiting_time_is_that_of_the_day_of_the_failed_attempt_and_holds_for_the_exempt_too() -> None:
    book = RuleBook(Rules(waiting_days=5), [RuleChanged(date(2026, 5, 26), Rules(waiting_days=30))])
    failed = standing([HIRED, FAILED], TEST, date(2026, 5, 28), book)
    assert (failed.waits_until(date(2026, 5, 29)), failed.waits_until(date(2026, 5, 30))) == (date(2026, 5, 30), None)
    exempt = standing([HIRED, FAILED, Exempted(date(2026, 5, 27))], TEST, date(2026, 5, 28), book)
    assert (exempt.state, exempt.next_attempt_on) == (State.EXEMPT, date(2026, 5, 30))


def test_duty_that_begins_later_gives_everybody_the_time_of_newcomers() -> None:
    book = RuleBook(Rules(asked_since=date(2026, 5, 1)))
    assert standing([HIRED], TEST, date(2026, 4, 30), book).state is State.FUTURE
    found = standing([HIRED], TEST, TODAY, book)
    assert (found.state, found.due_on, found.due_because and found.due_because.why) == (
        State.OPEN, date(2026, 7, 31), Why.BEGAN,
    )  # fmt: skip
