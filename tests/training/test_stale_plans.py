"""The world goes on while a plan is worked out: what it says of a session that is gone is offered to nobody."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from kazipot.core.allocation.problem import Rules
from kazipot.training import errors, operations, queries, tasks
from kazipot.training.choices import PlanStatus
from kazipot.training.models import SeatOffer, Session, TrainingPlan
from kazipot.training.tasks import plans
from tests.factories.training import make_course, make_session
from tests.training.test_line import EARLY, in_need
from tests.training.test_line_at_once import at_once, slowly

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 5, 20, 9, tzinfo=UTC)


def asked_for() -> TrainingPlan:
    return operations.request_plan(
        year=2026, on=EARLY.date(), budget=Decimal(1_000), seed=1, notice_days=7, rules=Rules(), at=EARLY, actor=None
    )


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Any) -> None:
    """Something happens between the question and the plan."""
    original = plans.solve

    def solve(problem: Any) -> Any:
        act()
        return original(problem)

    monkeypatch.setattr(plans, "solve", solve)


def test_session_that_is_cancelled_during_the_solve_is_offered_to_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    session = make_session(capacity=5)
    people = in_need(3)
    plan = asked_for()
    meanwhile(
        monkeypatch,
        lambda: operations.cancel_session(session_id=session.pk, because="bolezen", at=EARLY, actor=None),
    )
    assert tasks.work_out_plan(at=EARLY, moment=MOMENT, plan_id=plan.pk)
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DONE
    assert plan.result["bought"][0]["offers"] == len(people)
    with pytest.raises(errors.NothingToPublish):
        operations.publish_plan(plan_id=plan.pk, at=EARLY, actor=None)
    with pytest.raises(errors.SessionIsOver):
        operations.offer_seats(session_id=session.pk, reason="need", seed=1, at=EARLY, actor=None)
    assert operations.refill(session_id=session.pk, at=EARLY) == []
    assert not SeatOffer.objects.exists()


def test_session_that_shrinks_during_the_solve_is_offered_to_no_more_than_it_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session = make_session(capacity=5)
    in_need(4)
    plan = asked_for()

    def shrink() -> None:
        Session.objects.filter(pk=session.pk).update(capacity=2)

    meanwhile(monkeypatch, shrink)
    tasks.work_out_plan(at=EARLY, moment=MOMENT, plan_id=plan.pk)
    plan.refresh_from_db()
    assert plan.result["bought"][0]["offers"] == 4
    assert operations.publish_plan(plan_id=plan.pk, at=EARLY, actor=None) == operations.Published(2, 2)
    operations.refill_due(at=EARLY)
    assert SeatOffer.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_plan_and_a_worker_at_once_ask_nobody_to_two_dates_of_a_course(monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_course()
    june = make_session(course, capacity=1)
    in_need(1)
    plan = asked_for()
    tasks.work_out_plan(at=EARLY, moment=MOMENT, plan_id=plan.pk)
    july = make_session(course, starts_on=date(2026, 7, 1), capacity=1)
    slowly(monkeypatch, queries, "line_of")
    slowly(monkeypatch, queries, "out_of_line")
    at_once(
        lambda: operations.publish_plan(plan_id=plan.pk, at=EARLY, actor=None),
        lambda: operations.refill(session_id=july.pk, at=EARLY),
    )
    assert SeatOffer.objects.filter(session__in=[june, july]).count() == 1


def test_plan_of_a_cancelled_session_is_not_asked_for_again() -> None:
    session = make_session(make_course("T-2"), capacity=5)
    in_need(3)
    operations.cancel_session(session_id=session.pk, because="bolezen", at=EARLY, actor=None)
    with pytest.raises(errors.NothingToPlan):
        asked_for()
    assert queries.free_seats(session) == 5
