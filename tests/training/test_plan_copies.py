"""What-if copies side by side, need beside seats, the recorded input as a file, and publication by a person."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.core.allocation.problem import Rules
from kazipot.core.allocation.solver import solve
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment
from kazipot.training import operations, queries, tasks
from kazipot.training.errors import NothingToPublish
from kazipot.training.exports import plan_as_json
from kazipot.training.exports.plan_needs import compared, step_rows
from kazipot.training.imports.instance import instance_of
from kazipot.training.models import EvaluationAsk, EvaluationReply, SeatOffer, TrainingPlan
from tests.factories.organisation import make_employer, sign_in
from tests.factories.training import AT, make_course, make_offer
from tests.training.test_plans import FORM, ON, City, buyable
from tests.training.test_plans import worked_out as worked_out_by

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
RULES = Rules(max_absent_share=1.0, max_offers_per_person=2)


def worked_out(**told: Any) -> TrainingPlan:
    """A plan in which a whole unit may be away on one day."""
    return worked_out_by(rules=RULES, **told)


@pytest.fixture
def service(client: Client, settings: Any) -> Client:
    settings.KAZIPOT_TODAY = "2026-06-01"
    client.cookies["language"] = "en"
    client.user = sign_in(client, Role.SERVICE, make_employer(code="JHL"))  # type: ignore[attr-defined]
    return client


def publish(plan: TrainingPlan, at: datetime = NOW) -> operations.Published:
    return operations.publish_plan(plan_id=plan.pk, at=at, actor=None)


def page(client: Client, name: str, plan: TrainingPlan) -> str:
    return client.get(reverse(f"training:{name}", args=[plan.pk])).text


def test_published_plan_offers_its_seats_once_and_tells_people() -> None:
    city = City(3)
    city.add(city.units[0], email="ana@example.si")
    session = buyable(city.course, capacity=3)
    plan = worked_out()
    assert publish(plan) == operations.Published(3, 0)
    planned = queries.planned_offers(plan.pk)
    assert planned == {session.pk: sorted(SeatOffer.objects.values_list("person_id", flat=True))}
    assert OutgoingMessage.objects.filter(key__startswith="training.offer.").count() <= 1
    plan.refresh_from_db()
    assert plan.published_at == NOW
    with pytest.raises(NothingToPublish):
        publish(plan)
    assert SeatOffer.objects.count() == 3


def test_publication_passes_over_what_has_changed_since() -> None:
    city = City(4)
    session, other = buyable(city.course, capacity=3), buyable(make_course("T-9"), capacity=1, starts_on=ON)
    plan = worked_out()
    planned = queries.planned_offers(plan.pk)[session.pk]
    Employment.objects.filter(person_id=planned[0]).update(valid_to=ON)
    make_offer(session, city.people[3], city.units[0], state="declined")
    free = [pk for pk in planned[1:] if pk != city.people[3].pk]
    assert publish(plan) == operations.Published(len(free), 3 - len(free))
    made = SeatOffer.objects.filter(session=session, state="offered").values_list("person_id", flat=True)
    assert sorted(made) == free
    assert not SeatOffer.objects.filter(session=other).exists()


def test_plan_of_cancelled_sessions_is_not_published() -> None:
    city = City(2)
    session = buyable(city.course)
    plan = worked_out()
    operations.cancel_session(session_id=session.pk, because="odpade", at=NOW, actor=None)
    with pytest.raises(NothingToPublish):
        publish(plan)
    plan.refresh_from_db()
    assert plan.published_at is None


def test_publication_never_gives_more_seats_than_are_free() -> None:
    city = City(3)
    session = buyable(city.course, capacity=3)
    plan = worked_out()
    for _ in range(2):
        outsider = city.add(city.units[0])
        make_offer(session, outsider, city.units[0], state="accepted")
    assert publish(plan) == operations.Published(1, 2)
    assert queries.free_seats(session) == 0


def test_person_publishes_on_the_page_after_saying_that_they_looked(service: Client) -> None:
    city = City(2)
    buyable(city.course)
    plan = worked_out()
    address = reverse("training:publish-plan", args=[plan.pk])
    assert service.post(address, {}).status_code == 422
    assert not SeatOffer.objects.exists()
    answer = service.post(address, {"looked": "on"}, follow=True)
    assert "2 seats have been offered." in answer.text
    assert "the seats have been offered." in answer.text
    assert "Publish the plan" not in answer.text
    assert service.post(address, {"looked": "on"}).status_code == 422


def test_copy_keeps_everything_but_what_was_changed_and_stands_beside_the_first(service: Client) -> None:
    city = City(4)
    first, second = buyable(city.course, capacity=2), buyable(city.course, day=16, capacity=2)
    plan = worked_out(seed=99)
    form = page(service, "copy-plan", plan)
    assert 'value="99"' in form
    told = {**FORM, "budget": "1000", "absent": 100, "seed": "99", "left_out": [str(second.pk)]}
    answer = service.post(reverse("training:copy-plan", args=[plan.pk]), told, follow=True)
    copy = TrainingPlan.objects.get(copy_of=plan)
    assert (copy.sessions, copy.rules["left_out"], copy.reached, plan.reached) == (1, [second.pk], 2, 4)
    rows = dict(compared(queries.plans_by_ids([plan.pk, copy.pk])))
    assert (
        rows["Sessions bought"] == ["2", "1"] if "Sessions bought" in rows else rows["Kupljene izvedbe"] == ["2", "1"]
    )
    assert "Plans side by side" in answer.text
    assert "Beside the plan of which this is a copy" in page(service, "plan", copy)
    assert first.pk != second.pk


def test_comparison_forgives_nonsense(service: Client) -> None:
    assert (
        "Choose plans that have been worked out."
        in service.get(reverse("training:compare-plans"), {"plan": ["x", "99999999999", "7"]}).text
    )


def test_need_stands_beside_seats_step_by_step() -> None:
    """Six people want to rise from 1 to 3; the course leads from 0 to 4 and has three seats, two of them bought."""
    city = City(6)
    buyable(city.course, capacity=2)
    buyable(city.course, day=16, capacity=1, fixed=5_000)
    rows = step_rows(worked_out().result or {}, {})
    assert [(row.level, row.need, row.seats, row.bought, row.missing) for row in rows] == [
        (1, 0, 3, 2, "–"), (2, 6, 3, 2, "4"), (3, 6, 3, 2, "4"), (4, 0, 3, 2, "–"),
    ]  # fmt: skip


def test_need_of_few_people_is_not_told_exactly(service: Client) -> None:
    city = City(3)
    buyable(city.course)
    plan = worked_out()
    assert {row.need_told for row in step_rows(plan.result or {}, {})} == {"0", "1–4"}
    assert "1–4" in page(service, "plan-needs", plan)
    chart = service.get(reverse("training:plan-needs-chart", args=[plan.pk]))
    assert chart.headers["Content-Type"] == "image/svg+xml"


def test_recorded_input_as_a_file_gives_the_same_plan(service: Client) -> None:
    city = City(6, 3)
    buyable(city.course, capacity=3), buyable(city.course, day=16, capacity=3, fixed=150)
    service.post(reverse("training:new-plan"), FORM)
    plan = TrainingPlan.objects.get()
    content = service.get(reverse("training:plan-input", args=[plan.pk])).content
    assert plan.result
    assert plan_as_json(solve(instance_of(json.loads(content)))) == plan.result["plan"]


def test_input_is_seen_by_nobody_but_who_asked(service: Client) -> None:
    city = City(2)
    buyable(city.course)
    assert service.get(reverse("training:plan-input", args=[worked_out().pk])).status_code == 404


def test_courses_rated_below_are_left_out_only_when_asked_for() -> None:
    city = City(2)
    session = buyable(city.course)
    before = buyable(city.course, starts_on=ON.replace(month=1))
    for number in range(5):
        EvaluationAsk.objects.create(
            session=before, person=city.add(city.units[0]), kind="reaction", token_digest=str(number),
            asked_on=ON.replace(month=1), closes_on=ON.replace(month=2), is_answered=True,
        )  # fmt: skip
        answers = dict.fromkeys(("useful", "clear", "level", "place", "again"), 2)
        EvaluationReply.objects.create(session=before, kind="reaction", answers=answers)

    def ask(least: float | None) -> TrainingPlan:
        return operations.request_plan(
            year=2026, on=ON, budget=Decimal(1_000), seed=7, notice_days=7, rules=RULES, at=AT, actor=None,
            least_rating=least,
        )  # fmt: skip

    assert queries.ratings(2026, ON) == {city.course.pk: pytest.approx(2)}
    assert ask(None).sessions == 1
    assert ask(2.0).sessions == 1
    good = buyable(make_course("T-2"), day=20)
    plan = ask(2.5)
    assert plan.sessions == 1
    assert f'"s{good.pk}"' in plan.input
    assert f'"s{session.pk}"' not in plan.input
    assert plan.rules["rated_below"] == sorted([before.pk, session.pk])


def test_published_plan_asks_for_a_new_forecast() -> None:
    city = City(4)
    buyable(city.course)
    tasks.work_out_outlook(at=NOW, notice_days=7, target=0.5)
    assert not queries.is_outlook_due(ON)
    publish(worked_out())
    assert queries.is_outlook_due(ON)
