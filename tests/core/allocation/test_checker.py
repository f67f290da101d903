"""The checker finds each kind of violation and wrong claim, and names who and what."""

from dataclasses import replace
from datetime import date

import pytest

from kazipot.core.allocation.checker import check
from kazipot.core.allocation.problem import (
    Bounds,
    Meeting,
    Need,
    Objectives,
    Offer,
    Person,
    Plan,
    Problem,
    Rules,
    Session,
    Span,
    Unit,
)

DAY = date(2026, 3, 2)
MORNING, NOON = Meeting(DAY, 540, 780), Meeting(DAY, 720, 840)
LATER = Meeting(date(2026, 3, 9), 540, 780)


def person(name: str, **changes: object) -> Person:
    usual = Person(name, "u1", (Need("4.1", 1, 3, 1.5),), ("sl",), ("room",), waited_years=2)
    return replace(usual, **changes)  # type: ignore[arg-type]


def session(name: str, **changes: object) -> Session:
    usual = Session(name, "fri", (Span("4.1", 1, 2),), (MORNING,), 2, 1, 100.0, 10.5, "sl", "room")
    return replace(usual, **changes)  # type: ignore[arg-type]


def problem(*, people: tuple[Person, ...], sessions: tuple[Session, ...], **changes: object) -> Problem:
    usual = Problem(2026, 1, 1000.0, Rules(1.0, 2), (Unit("u1", 10), Unit("u2", 5)), people, sessions)
    return replace(usual, **changes)  # type: ignore[arg-type]


def broken(asked: Problem, *seats: tuple[str, str]) -> list[tuple[str, str]]:
    """Rules broken by these offers, with their subjects, claims left aside."""
    offers = tuple(Offer(*seat) for seat in seats)
    nothing = Objectives(0, 0.0, 0.0, 0.0, 0.0)
    bought = tuple(dict.fromkeys(offer.session for offer in offers))
    plan = Plan(bought, offers, nothing, Bounds(99, 1.0), optimal=False)
    return [(v.rule, v.subject) for v in check(asked, plan).violations if v.rule != "objective"]


@pytest.mark.parametrize(
    ("person_changes", "session_changes", "rule"),
    [
        ({"needs": (Need("1.1", 1, 3),)}, {}, "fits_no_need"),
        ({"needs": (Need("4.1", 2, 3),)}, {}, "fits_no_need"),
        ({"languages": ("en",)}, {}, "language"),
        ({"modes": ("online",)}, {}, "mode"),
        ({"places": ("A",)}, {"place": "B"}, "place"),
        ({"accessibility": ("step-free",)}, {}, "accessibility"),
        ({"unavailable": (DAY,)}, {}, "unavailable"),
        ({"hours": (600, 900)}, {}, "working_hours"),
        ({}, {"requires": ("s9",)}, "prerequisite_missing"),
    ],
)
def test_unsuitable_offer_is_found(
    person_changes: dict[str, object], session_changes: dict[str, object], rule: str
) -> None:
    other = session("s9", meetings=(LATER,))
    asked = problem(people=(person("p1", **person_changes),), sessions=(session("s1", **session_changes), other))
    assert broken(asked, ("p1", "s1")) == [(rule, "p1, s1")]


def test_suitable_offer_is_fine() -> None:
    assert broken(problem(people=(person("p1"),), sessions=(session("s1"),)), ("p1", "s1")) == []


def test_prerequisite_must_have_ended_before() -> None:
    first, second = session("s1"), session("s2", meetings=(LATER,), requires=("s1",))
    asked = problem(people=(person("p1"),), sessions=(first, second))
    assert broken(asked, ("p1", "s1"), ("p1", "s2")) == []
    late = replace(asked, sessions=(replace(first, meetings=(LATER,)), replace(second, meetings=(MORNING,))))
    assert broken(late, ("p1", "s1"), ("p1", "s2")) == [("prerequisite_missing", "p1, s2")]


def test_overlap_and_number_of_offers_are_found() -> None:
    asked = problem(people=(person("p1"),), sessions=(session("s1"), session("s2", meetings=(NOON,))))
    assert broken(asked, ("p1", "s1"), ("p1", "s2")) == [("overlap", "p1, s1, s2")]
    one = replace(asked, rules=Rules(1.0, 1), sessions=(session("s1"), session("s2", meetings=(LATER,))))
    assert broken(one, ("p1", "s1"), ("p1", "s2")) == [("too_many_offers", "p1")]


def test_meetings_that_touch_do_not_overlap() -> None:
    after = Meeting(DAY, MORNING.end, MORNING.end + 60)
    asked = problem(people=(person("p1"),), sessions=(session("s1"), session("s2", meetings=(after,))))
    assert broken(asked, ("p1", "s1"), ("p1", "s2")) == []


def test_capacity_minimum_and_days_are_found() -> None:
    everybody = tuple(person(f"p{i}") for i in range(3))
    seats = [(f"p{i}", "s1") for i in range(3)]
    assert broken(problem(people=everybody, sessions=(session("s1"),)), *seats) == [("capacity", "s1")]
    large = problem(people=everybody, sessions=(session("s1", capacity=9, min_people=4),))
    assert broken(large, *seats) == [("too_few_people", "s1")]
    strict = replace(large, sessions=(session("s1", capacity=9),), rules=Rules(0.29, 2))
    assert broken(strict, *seats) == [("absent", "u1, 2026-03-02")]


def test_person_with_two_sessions_on_a_day_is_away_once() -> None:
    after = session("s2", meetings=(Meeting(DAY, 800, 900),))
    asked = problem(people=(person("p1"),), sessions=(session("s1"), after), rules=Rules(0.1, 2))
    assert broken(asked, ("p1", "s1"), ("p1", "s2")) == []


def test_money_is_counted_exactly() -> None:
    asked = problem(people=(person("p1"),), sessions=(session("s1"),), budget=110.5)
    assert broken(asked, ("p1", "s1")) == []
    assert broken(replace(asked, budget=110.49), ("p1", "s1")) == [("budget", "")]
    contract = replace(asked, rules=Rules(1.0, 2, budgets=(("fri", 110.0),)))
    assert broken(contract, ("p1", "s1")) == [("contract_budget", "fri")]


def test_unknown_and_doubled_are_found() -> None:
    asked = problem(people=(person("p1"),), sessions=(session("s1"),))
    assert broken(asked, ("p1", "s1"), ("p1", "s1")) == [("offered_twice", "p1, s1")]
    assert broken(asked, ("p1", "s1"), ("p7", "s1")) == [("unknown_person", "p7")]
    assert broken(asked, ("p1", "s7")) == [("unknown_session", "s7"), ("unknown_session", "s7")]


def test_claims_are_recomputed() -> None:
    asked = problem(people=(person("p1"), person("p2", unit="u2")), sessions=(session("s1"),))
    right = Objectives(1, 0.0, 1.5, 2.0, 110.5)
    plan = Plan(("s1",), (Offer("p1", "s1"),), right, Bounds(2, 1.0), optimal=False)
    verdict = check(asked, plan)
    assert verdict.violations == ()
    assert verdict.objectives == replace(right, unit_shares=(0.0, 1.0))
    for name, value in (("reached", 2), ("need_weight", 1.6), ("waited_years", 3), ("cost", 110.0)):
        wrong = replace(plan, objectives=replace(right, **{name: value}))
        assert [(v.rule, v.subject) for v in check(asked, wrong).violations] == [("objective", name)]
    low = replace(plan, bounds=Bounds(0, 1.0))
    assert [(v.rule, v.subject) for v in check(asked, low).violations] == [("bound", "reached")]
    proud = replace(plan, optimal=True)
    rules = [(v.rule, v.subject) for v in check(asked, proud).violations]
    assert rules == [("optimal", "reached"), ("optimal", "worst_unit_share")]


def test_session_bought_for_nobody_is_found() -> None:
    asked = problem(people=(person("p1"),), sessions=(session("s1", min_people=0),))
    plan = Plan(("s1",), (), Objectives(0, 0.0, 0.0, 0.0, 100.0), Bounds(1, 1.0), optimal=False)
    assert [v.rule for v in check(asked, plan).violations] == ["too_few_people"]
