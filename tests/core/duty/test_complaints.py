"""Complaints of people about other systems for recurring duties; here each is a test of its name."""

from datetime import date

from kazipot.core.duty.events import Accepted, Placed, Proof, Trained, Verified
from kazipot.core.duty.rules import RuleBook, Rules
from kazipot.core.duty.standing import State, Step, Why, duty_on, standing

SINCE = date(2020, 1, 1)
HIRED = Placed(SINCE, "MU/1", SINCE, unit=1, profile=10)
BOOK = RuleBook()
TEST = Proof.VERIFICATION


def passed(day: date, number: int = 0) -> Verified:
    return Verified(day, True, number)


def test_due_date_a_year_too_far_under_fixed_expiry() -> None:
    first, early, again = passed(date(2024, 5, 4)), passed(date(2026, 3, 1)), passed(date(2026, 3, 20))
    renewed = standing([HIRED, first, early], TEST, date(2026, 3, 2), BOOK)
    assert renewed.valid_until == date(2028, 5, 3)
    twice = standing([HIRED, first, early, again], TEST, date(2026, 3, 21), BOOK)
    assert twice.valid_until == date(2028, 5, 3), "a second result in the same window adds nothing"
    much_too_early = standing([HIRED, first, passed(date(2025, 5, 4))], TEST, date(2025, 5, 5), BOOK)
    assert much_too_early.valid_until == date(2027, 5, 3), "before the window it counts from its own day"


def test_last_years_and_this_years_completion_both_kept() -> None:
    events = [HIRED, Trained(date(2025, 3, 1)), Trained(date(2026, 3, 1), 1)]
    assert standing(events, Proof.TRAINING, date(2025, 12, 31), BOOK).done_on == date(2025, 3, 1)
    assert standing(events, Proof.TRAINING, date(2026, 12, 31), BOOK).done_on == date(2026, 3, 1)


def test_no_reminder_that_a_proof_lapses_when_a_newer_one_is_held() -> None:
    older, newer = passed(date(2024, 5, 4)), passed(date(2025, 9, 1))
    found = standing([HIRED, older, newer], TEST, date(2026, 4, 20), BOOK)
    assert (found.state, found.valid_until) == (State.VALID, date(2027, 8, 31))


def test_no_reassignment_when_role_or_unit_no_longer_asks_for_it() -> None:
    book = RuleBook(Rules(spared_profiles=frozenset({11}), spared_units=frozenset({2})))
    lapsed = passed(date(2023, 1, 1))
    day = date(2026, 6, 1)
    assert standing([HIRED, lapsed], TEST, day, book).state is State.EXPIRED
    other_work = Placed(date(2026, 1, 1), "MU/1", SINCE, unit=1, profile=11)
    other_unit = Placed(date(2026, 1, 1), "MU/1", SINCE, unit=2, profile=10)
    for moved in (other_work, other_unit):
        found = standing([HIRED, lapsed, moved], TEST, day, book)
        assert (found.state, found.due_on) == (State.SPARED, None)
        assert duty_on([HIRED, lapsed, moved], day, book).step is Step.NOTHING


def test_earlier_completions_recognised_within_an_age_limit() -> None:
    hired = Placed(date(2026, 1, 1), "MU/1", date(2026, 1, 1), unit=1)
    at_hiring = date(2026, 1, 10)
    young = Accepted(at_hiring, TEST, date(2025, 1, 11))
    old = Accepted(at_hiring, TEST, date(2025, 1, 10))
    found = standing([hired, young], TEST, date(2026, 2, 1), BOOK)
    assert (found.state, found.valid_until, found.because and found.because.why) == (
        State.VALID, date(2027, 1, 10), Why.ACCEPTED,
    )  # fmt: skip
    assert standing([hired, old], TEST, date(2026, 2, 1), BOOK).state is State.OPEN


def test_the_person_is_told_you_are_done() -> None:
    day = date(2026, 6, 1)
    both = [HIRED, Trained(date(2026, 4, 1)), passed(date(2026, 4, 15))]
    assert duty_on(both, day, BOOK).step is Step.DONE
    assert duty_on(both[:2], day, BOOK).step is Step.VERIFY
    assert duty_on([HIRED], day, BOOK).step is Step.TRAIN


def test_older_records_reissued_keep_their_date() -> None:
    day, on = date(2025, 5, 4), date(2026, 6, 1)
    issued = standing([HIRED, passed(day, 1)], TEST, on, BOOK)
    reissued = standing([HIRED, passed(day, 1), passed(day, 99)], TEST, on, BOOK)
    assert reissued == issued
    assert reissued.valid_until == date(2027, 5, 3)


def test_a_five_year_old_best_result_does_not_count() -> None:
    best, last = passed(date(2021, 6, 1)), Verified(date(2026, 5, 20), False)
    found = standing([HIRED, best, last], TEST, date(2026, 6, 1), BOOK)
    assert (found.state, found.valid_until) == (State.FAILED, date(2023, 5, 31))
    assert standing([HIRED, best], TEST, date(2026, 6, 1), BOOK).state is State.EXPIRED
