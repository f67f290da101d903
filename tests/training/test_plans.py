"""Plans of the training year: from records to a checked plan, on its page, by a worker, again byte for byte."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from kazipot.core.allocation.checker import check
from kazipot.core.allocation.exact import LEVELS
from kazipot.core.allocation.holidays import easter, holidays
from kazipot.core.allocation.problem import Rules
from kazipot.core.allocation.solver import solve
from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person, Unit
from kazipot.project.__main__ import main
from kazipot.training import operations, queries, tasks
from kazipot.training.choices import PlanFailure, PlanStatus
from kazipot.training.errors import MinimumAboveSeats, NothingToPlan
from kazipot.training.exports import plan_as_json, planner
from kazipot.training.exports.reports import OBSTACLES
from kazipot.training.imports.instance import instance_of
from kazipot.training.imports.plan import plan_of
from kazipot.training.models import Course, PlannedOutcome, Session, TrainingPlan
from tests.factories import needs
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in
from tests.factories.training import AT, make_course, make_offer

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 1)
RULES = Rules(max_absent_share=0.5, max_offers_per_person=2)


def buyable(
    course: Course, *, day: int = 15, capacity: int = 2, fixed: int = 100, head: int = 10, **kw: Any
) -> Session:
    on = kw.pop("starts_on", date(2026, 6, day))
    return operations.plan_session(
        course_id=course.pk, starts_on=on, ends_on=on, place="Mestna hiša", capacity=capacity, trainer_id=None,
        price_fixed=Decimal(fixed), price_per_head=Decimal(head), at=AT, actor=None, **kw,
    )  # fmt: skip


class City:
    """A course, and people who need what it teaches, as many in each unit as said."""

    def __init__(self, *in_need: int, campaign_year: int = 2026) -> None:
        self.course = make_course()
        self.campaign = needs.make_campaign(campaign_year, self.course.framework)
        self.units = [make_unit() for _ in in_need]
        self.people = [self.add(unit) for unit, number in zip(self.units, in_need, strict=True) for _ in range(number)]

    def add(self, unit: Unit, campaign: Any = None, **person: Any) -> Person:
        """Somebody who needs the course."""
        job = make_employment(person=make_person(**person), unit=unit)
        competence = queries.taught(self.course.pk)[0].competence_id
        invitation = needs.make_invitation(campaign or self.campaign, job.person, unit)
        needs.make_response(invitation, {competence: Answered(1, 3, True)}, default=Answered(4, 0, False))
        return job.person


def ask(budget: int = 1_000, *, seed: int = 7, rules: Rules = RULES, actor: Any = None) -> TrainingPlan:
    return operations.request_plan(
        year=2026, on=ON, budget=Decimal(budget), seed=seed, notice_days=7, rules=rules, at=AT, actor=actor
    )


def worked_out(**kwargs: Any) -> TrainingPlan:
    plan = ask(**kwargs)
    assert tasks.work_out_plan(at=AT, moment=AT, plan_id=plan.pk)
    plan.refresh_from_db()
    return plan


def question(**changes: Any) -> queries.Question:
    told: dict[str, Any] = {"budget": 1_000.0, "seed": 7, "notice_days": 7, "rules": RULES, **changes}
    return queries.planning_problem(2026, ON, **told)


def test_problem_says_what_the_records_say() -> None:
    city = City(2)
    city.add(city.units[0], language="en")
    session = buyable(city.course, capacity=5, min_people=2, language="en")
    problem = question().problem
    competence = f"c{queries.taught(city.course.pk)[0].competence_id}"
    assert [(unit.id, unit.size) for unit in problem.units] == [(f"u{city.units[0].pk}", 3)]
    assert [person.languages for person in problem.people] == [("sl",), ("sl",), ("en", "sl")]
    assert {(n.competence, n.from_level, n.to_level, n.weight) for p in problem.people for n in p.needs} == {
        (competence, 1, 3, 2.0)
    }
    [told] = problem.sessions
    assert (told.id, told.capacity, told.min_people, told.price_fixed, told.price_per_head, told.language) == (
        f"s{session.pk}", 5, 2, 100.0, 10.0, "en",
    )  # fmt: skip
    assert [meeting.day for meeting in told.meetings] == [date(2026, 6, 15)]
    assert date(2026, 6, 25) in problem.rules.holidays


def test_problem_holds_nothing_that_names_a_person() -> None:
    city = City(2)
    buyable(city.course)
    text = json.dumps(queries.problem_as_json(question().problem))
    for person in city.people:
        assert person.key not in text
        assert person.last_name not in text


def test_problem_that_is_written_is_read_as_it_was() -> None:
    city = City(3, 2)
    buyable(city.course, min_people=2), buyable(city.course, day=16)
    problem = question(rules=Rules(max_absent_share=0.3, max_offers_per_person=1, min_reached_share=0.1)).problem
    assert instance_of(json.loads(json.dumps(queries.problem_as_json(problem)))) == problem


def test_people_with_an_offer_that_fits_are_not_planned_for() -> None:
    city = City(3)
    session = buyable(city.course, capacity=3, min_people=3)
    make_offer(session, city.people[0], city.units[0])
    make_offer(buyable(city.course, day=16), city.people[1], city.units[0], state="withdrawn")
    found = question()
    assert found.reached_before == 1
    assert {person.id for person in found.problem.people} == {f"p{person.pk}" for person in city.people[1:]}
    held = next(told for told in found.problem.sessions if told.id == f"s{session.pk}")
    assert (held.capacity, held.min_people, held.price_fixed) == (2, 2, 0.0)


def test_days_on_which_people_hold_another_seat_are_taken() -> None:
    city = City(1)
    buyable(city.course)
    other = buyable(make_course("T-2", security=True), day=15)
    course = other.course
    course.competences.all().delete()
    make_offer(other, city.people[0], city.units[0], reason="duty")
    [person] = question().problem.people
    assert person.unavailable == (date(2026, 6, 15),)


def test_sessions_too_near_full_or_cancelled_cannot_be_bought() -> None:
    city = City(2)
    good = buyable(city.course, day=8)
    buyable(city.course, day=7)
    full = buyable(city.course, day=9, capacity=1)
    make_offer(full, make_person(), city.units[0])
    operations.cancel_session(session_id=buyable(city.course, day=10).pk, because="ni prijav", at=AT, actor=None)
    assert [session.id for session in question().problem.sessions] == [f"s{good.pk}"]


def test_years_on_end_without_an_offer_are_waited() -> None:
    city = City(1)
    buyable(city.course)
    competence = queries.taught(city.course.pk)[0].competence_id
    for year in (2025, 2024):
        campaign = needs.make_campaign(year, city.course.framework)
        invitation = needs.make_invitation(campaign, city.people[0], city.units[0])
        needs.make_response(invitation, {competence: Answered(1, 3, True)}, default=Answered(4, 0, False))
    old = buyable(city.course, starts_on=date(2023, 6, 15))
    make_offer(old, city.people[0], city.units[0])
    assert question().problem.people[0].waited_years == 2


def test_long_session_meets_on_working_days() -> None:
    city = City(1)
    operations.plan_session(
        course_id=city.course.pk, starts_on=date(2026, 6, 24), ends_on=date(2026, 6, 29), place="x", capacity=2,
        trainer_id=None, at=AT, actor=None,
    )  # fmt: skip
    [session] = question().problem.sessions
    assert [meeting.day.day for meeting in session.meetings] == [24, 26, 29]


def test_holidays_are_those_of_the_law() -> None:
    assert [easter(year) for year in (1961, 2000, 2026, 2038)] == [
        date(1961, 4, 2), date(2000, 4, 23), date(2026, 4, 5), date(2038, 4, 25),
    ]  # fmt: skip
    assert len(holidays(2026)) == 13
    assert date(2026, 4, 6) in holidays(2026)


def test_plan_is_best_checked_and_explained() -> None:
    city = City(6, 3)
    first, second = buyable(city.course, capacity=3), buyable(city.course, day=16, capacity=3, fixed=150)
    buyable(city.course, day=17, capacity=3, fixed=5_000)
    plan = worked_out(budget=310)
    assert plan.status == PlanStatus.DONE
    result = plan.result
    assert result is not None
    assert result["plan"]["objectives"]["reached"] == result["plan"]["bounds"]["reached"] == 6
    assert result["plan"]["objectives"]["cost"] == 310.0
    assert {row["session"]: row["offers"] for row in result["bought"]} == {f"s{first.pk}": 3, f"s{second.pk}": 3}
    assert check(instance_of(json.loads(plan.input)), plan_of(result["plan"])).violations == ()
    assert Counter(PlannedOutcome.objects.values_list("is_reached", flat=True)) == {True: 6, False: 3}
    missed = PlannedOutcome.objects.filter(is_reached=False)[0]
    assert {reason["kind"] for reason in missed.outcome["reasons"]} <= {"not_bought", "full", "absent"}
    assert [event.verb for event in AuditEvent.objects.filter(verb__contains="plan").order_by("pk")][-2:] == [
        "training.request_plan", "training.plan_worked_out",
    ]  # fmt: skip


def test_comparison_reaches_no_more_than_the_plan() -> None:
    city = City(6, 3)
    for day in (15, 16, 17, 18):
        buyable(city.course, day=day, capacity=2, fixed=100 * (day - 14))
    result = worked_out(budget=450).result
    assert result is not None
    assert result["comparison"].keys() == planner.WAYS.keys()
    best = result["plan"]["objectives"]["reached"]
    assert max(told["reached"] for told in result["comparison"].values()) <= best
    assert [point["reached"] for point in result["frontier"]] == sorted(p["reached"] for p in result["frontier"])


def test_stored_input_and_seed_give_the_same_plan_byte_for_byte() -> None:
    city = City(7, 4)
    for day in (15, 16, 17):
        buyable(city.course, day=day, capacity=2)
    first, second = worked_out(budget=250, seed=3), worked_out(budget=250, seed=3)
    assert first.digest == second.digest
    assert json.dumps(first.result, sort_keys=True) == json.dumps(second.result, sort_keys=True)
    assert first.result is not None
    again = plan_as_json(solve(instance_of(json.loads(first.input))))
    assert json.dumps(again, sort_keys=True) == json.dumps(first.result["plan"], sort_keys=True)
    assert worked_out(budget=250, seed=4).digest != first.digest


def test_nothing_to_plan_is_refused_with_the_remedy() -> None:
    city = City(1)
    with translation.override("en"), pytest.raises(NothingToPlan, match="Plan sessions first"):
        ask()
    make_offer(buyable(city.course), city.people[0], city.units[0])
    with translation.override("en"), pytest.raises(NothingToPlan, match="Nobody"):
        ask()
    assert not TrainingPlan.objects.exists()


def test_demand_that_cannot_be_met_is_told_with_the_rules_that_clash(client: Client) -> None:
    city = City(4)
    buyable(city.course, capacity=2)
    plan = worked_out(rules=Rules(max_absent_share=1.0, max_offers_per_person=1, min_reached_share=1.0))
    assert plan.result == {"clash": ["capacity"]}
    sign_in(client, Role.SERVICE, make_employer())
    client.cookies["language"] = "en"
    page = client.get(reverse("training:plan", args=[plan.pk]))
    assert "with these rules: the seats of sessions." in page.text


def test_plan_that_breaks_a_rule_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    city = City(4)
    buyable(city.course, capacity=2)

    def greedy(problem: Any) -> Any:
        best = solve(problem)
        return plan_of(plan_as_json(best) | {"sessions": []})

    monkeypatch.setattr(tasks.plans, "solve", greedy)
    plan = worked_out()
    assert (plan.status, plan.failure, plan.result) == (PlanStatus.FAILED, PlanFailure.BROKEN, None)
    assert not PlannedOutcome.objects.exists()


def test_error_leaves_a_reason_and_the_worker_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    city = City(1)
    buyable(city.course)

    def breaks(problem: Any) -> Any:
        raise MemoryError

    monkeypatch.setattr(tasks.plans, "solve", breaks)
    plan = worked_out()
    assert (plan.status, plan.failure) == (PlanStatus.FAILED, PlanFailure.ERROR)


def test_plan_of_a_dead_worker_is_taken_up_when_its_lease_has_run_out() -> None:
    city = City(1)
    buyable(city.course)
    plan = ask()
    lost = operations.claim_plan(moment=AT)
    assert lost is not None
    assert operations.claim_plan(moment=AT + timedelta(minutes=59)) is None
    taken = operations.claim_plan(moment=AT + timedelta(minutes=61))
    assert taken is not None
    assert taken.plan_id == plan.pk
    assert not operations.store_result(claimed=lost, result={"clash": []}, outcomes=(), at=AT)
    assert operations.store_result(claimed=taken, result={"clash": []}, outcomes=(), at=AT)


def test_plan_is_given_up_after_three_attempts() -> None:
    city = City(1)
    buyable(city.course)
    plan = ask()
    for hours in (0, 2, 4):
        assert operations.claim_plan(moment=AT + timedelta(hours=hours)) is not None
    assert operations.claim_plan(moment=AT + timedelta(hours=6)) is None
    plan.refresh_from_db()
    assert (plan.status, plan.failure) == (PlanStatus.FAILED, PlanFailure.GIVEN_UP)


def test_worker_command_works_out_what_waits() -> None:
    city = City(2)
    buyable(city.course)
    plan = ask()
    assert main(["worker", "--once"]) == 0
    plan.refresh_from_db()
    assert plan.status == PlanStatus.DONE
    assert not tasks.work_out_plan(at=AT, moment=AT)


def test_people_of_old_plans_are_forgotten_and_figures_stay() -> None:
    city = City(2)
    buyable(city.course)
    plan = worked_out()
    assert operations.forget_people_of_plans(at=AT + timedelta(days=730)) == 0
    assert operations.forget_people_of_plans(at=AT + timedelta(days=731)) == 1
    assert operations.forget_people_of_plans(at=AT + timedelta(days=732)) == 0
    kept = TrainingPlan.objects.get()
    assert (kept.input, kept.digest, kept.result) == ("", plan.digest, plan.result)
    assert not PlannedOutcome.objects.exists()


@pytest.mark.parametrize(
    ("people", "words"),
    [
        (1, "1 osebe, ki potrebuje usposabljanje in še nima ponudbe"),
        (2, "2 oseb, ki potrebujeta usposabljanje in še nimata ponudbe"),
        (3, "3 oseb, ki potrebujejo usposabljanje in še nimajo ponudbe"),
        (5, "5 oseb, ki potrebujejo usposabljanje in še nimajo ponudbe"),
        (101, "101 osebe, ki potrebuje usposabljanje in še nima ponudbe"),
    ],
)
def test_headline_has_the_four_slovenian_forms(people: int, words: str) -> None:
    result = {"plan": {"objectives": {"reached": 1}, "bounds": {"reached": people}}}
    with translation.override("sl"):
        assert planner.headline(people, result)[0] == f"Načrt doseže 1 od {words}."


@pytest.mark.parametrize(
    ("gap", "words"),
    [(1, "še največ 1 osebo"), (2, "še največ 2 osebi"), (4, "še največ 4 osebe"), (5, "še največ 5 oseb")],
)
def test_gap_is_told_where_the_bound_is_not_met(gap: int, words: str) -> None:
    result = {"plan": {"objectives": {"reached": 1}, "bounds": {"reached": 1 + gap}}}
    with translation.override("sl"):
        assert words in planner.headline(10, result)[-1]


@pytest.mark.parametrize(
    ("more", "half", "before", "words"),
    [
        (14, 38_400.0, 0, ["€1,000 more reaches 14 more people.", "at least €38,400 is needed."]),
        (1, None, 0, ["€1,000 more reaches 1 more person.", "whatever they cost."]),
        (0, 0.0, 9, ["€1,000 more reaches nobody else.", "have an offer already."]),
    ],
)
def test_worth_of_money_is_told(more: int, half: float | None, before: int, words: list[str]) -> None:
    result = {
        "marginal": {"euros": 1_000.0, "people": more},
        "half_of_those_with_a_need_costs_at_least": half,
    }
    with translation.override("en"):
        told = planner.money(8, before, result)
    assert [sentence.endswith(end) for sentence, end in zip(told, words, strict=True)] == [True, True]


def test_every_obstacle_and_level_has_words() -> None:
    assert planner.WHY_NOT.keys() == OBSTACLES.keys()
    assert tuple(planner.LEVELS) == LEVELS


def test_session_needs_no_more_people_than_it_has_seats() -> None:
    with pytest.raises(MinimumAboveSeats):
        buyable(make_course(), capacity=2, min_people=3)


@pytest.fixture
def service(client: Client, settings: Any) -> Client:
    settings.KAZIPOT_TODAY = "2026-06-01"
    client.cookies["language"] = "en"
    client.user = sign_in(client, Role.SERVICE, make_employer(code="JHL"))  # type: ignore[attr-defined]
    return client


FORM = {"year": 2026, "budget": "310", "max_offers": 2, "absent": 50, "notice_days": 7, "least": "", "seed": ""}


def test_small_plan_is_worked_out_in_the_request_and_told_in_words(service: Client) -> None:
    city = City(6, 3)
    buyable(city.course, capacity=3), buyable(city.course, day=16, capacity=3, fixed=150)
    answer = service.post(reverse("training:new-plan"), FORM, follow=True)
    assert answer.status_code == 200
    text = answer.text
    assert "The plan reaches 6 of 9 people who need training and have no offer yet." in text
    assert "No plan within this budget can reach more than 66.7%; this one reaches 66.7%." in text
    assert "€1,000 more reaches nobody else." in text
    assert "First come, first served, up to 3 seats each" in text
    assert text.count("<svg") == 0
    chart = service.get(reverse("training:plan-chart", args=[TrainingPlan.objects.get().pk]))
    assert chart["Content-Type"] == "image/svg+xml"
    assert "66.7%" in chart.text


def test_large_plan_waits_for_a_worker(service: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations.plans, "AT_ONCE", 0)
    city = City(1)
    buyable(city.course)
    answer = service.post(reverse("training:new-plan"), FORM, follow=True)
    assert "The plan waits for a worker." in answer.text
    assert service.get(reverse("training:plan-chart", args=[TrainingPlan.objects.get().pk])).status_code == 404


def test_form_is_refused_with_what_to_correct(service: Client) -> None:
    answer = service.post(reverse("training:new-plan"), FORM)
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"year"}


def test_small_units_are_not_named_with_their_share(service: Client) -> None:
    city = City(6, 3)
    buyable(city.course, capacity=3)
    plan = worked_out(budget=310, actor=service.user)  # type: ignore[attr-defined]
    names = {unit.id: unit.name_en for unit in organisation.units_on(ON)}
    page = service.get(reverse("training:plan", args=[plan.pk])).text
    assert names[city.units[0].pk] in page
    assert names[city.units[1].pk] not in page
    people = service.get(reverse("training:plan-people", args=[plan.pk])).text
    assert names[city.units[1].pk] not in people
    assert "a small unit" in people


def test_needs_are_told_by_pseudonym_to_who_asked_and_to_nobody_else(service: Client) -> None:
    city = City(6)
    buyable(city.course, capacity=3, language="sl")
    plan = worked_out(budget=150, actor=service.user)  # type: ignore[attr-defined]
    address = reverse("training:plan-people", args=[plan.pk])
    competence = "Browsing, searching and filtering data, information and digital content"
    asked = service.get(address).text
    assert competence in asked
    for person in city.people:
        assert person.key in asked
        assert person.last_name not in asked
    TrainingPlan.objects.update(requested_by=None)
    assert competence not in service.get(address).text


def test_names_are_seen_where_they_may_be_without_needs(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    client.cookies["language"] = "en"
    city = City(6)
    user = sign_in(client, Role.SERVICE, city.units[0].employer)
    buyable(city.course, capacity=3)
    plan = worked_out(budget=150, actor=user)
    text = client.get(reverse("training:plan-people", args=[plan.pk])).text
    for person in city.people:
        assert person.last_name in text
        assert person.key not in text
    assert "Browsing" not in text
    assert "Needs:" not in text
    assert "Offered: Searching" in text
    without = client.get(reverse("training:plan-people", args=[plan.pk]), {"reached": "no"}).text
    assert "Offered:" not in without


@pytest.mark.parametrize("name", ["plans", "plan", "plan-people"])
def test_pages_take_as_many_queries_for_many_rows_as_for_few(
    service: Client, name: str, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    few = City(2)
    buyable(few.course)
    first = worked_out(actor=service.user)  # type: ignore[attr-defined]
    for unit in few.units * 3:
        few.add(unit)
    for day in (16, 17, 18):
        buyable(few.course, day=day)
    many = worked_out(actor=service.user)  # type: ignore[attr-defined]

    def address(plan: TrainingPlan) -> str:
        return reverse(f"training:{name}", args=[] if name == "plans" else [plan.pk])

    service.get(address(first))
    with django_assert_max_num_queries(14) as counted:
        service.get(address(first))
    with django_assert_num_queries(len(counted.captured_queries)):
        service.get(address(many))


def test_question_takes_as_many_queries_for_many_people_as_for_one(
    django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    city = City(1)
    buyable(city.course)
    with django_assert_max_num_queries(28) as counted:
        question()
    for unit in city.units * 4:
        city.add(unit)
    buyable(city.course, day=16)
    with django_assert_num_queries(len(counted.captured_queries)):
        question()


def test_moment_of_the_work_is_kept(at: datetime) -> None:
    city = City(1)
    buyable(city.course)
    plan = ask()
    tasks.work_out_plan(at=at, moment=at)
    plan.refresh_from_db()
    assert (plan.finished_at, plan.lease, plan.leased_until) == (at, "", None)
