"""The forecast of M3: from records to a kept forecast, one mail in danger, remedies in words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.core.outlook.facts import Group
from kazipot.core.survey.stated_need import Answered
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.framework.models import Framework
from kazipot.organisation.models import Employment
from kazipot.organisation.operations import grant_role
from kazipot.training import operations, queries, tasks
from kazipot.training.models import Course, SeatOffer, Session, YearOutlook
from tests.factories import needs
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, make_user, sign_in
from tests.factories.training import make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
TODAY = NOW.date()
RULE = {"notice_days": 7, "target": 0.5}


def in_need(course: Course, count: int) -> list[Employment]:
    """People who need what the course teaches."""
    framework: Framework = course.framework
    first = needs.competences_of(framework)[0].pk
    campaign = needs.Campaign.objects.filter(year=2026).first() or needs.make_campaign(2026, framework)
    unit, found = make_unit(), []
    for _ in range(count):
        job = make_employment(person=make_person(), unit=unit)
        needs.make_response(needs.make_invitation(campaign, job.person, job.unit), {first: Answered(0, 4, True)})
        found.append(job)
    return found


def offered(session: Session, jobs: list[Employment], state: str = "accepted", **more: Any) -> list[SeatOffer]:
    early = session.starts_on - timedelta(days=20)
    told = {"offered_on": early, "answer_by": session.starts_on - timedelta(days=1), "state": state, **more}
    return [make_offer(session, job.person, job.unit, **told) for job in jobs]


def asked(**more: Any) -> queries.Asked:
    return queries.outlook_question(2026, TODAY, **{**RULE, **more})


def work(at: datetime = NOW) -> bool:
    return tasks.work_out_outlook(at=at, notice_days=7, target=0.5)


def told() -> dict[str, Any]:
    found: dict[str, Any] = YearOutlook.objects.latest("as_of", "pk").result
    return found


def service(email: str = "sluzba@example.si") -> None:
    employer = make_employer()
    user = make_user("sluzba")
    user.email = email
    user.save()
    grant_role(
        user_id=user.pk, role=Role.SERVICE, employer_id=employer.pk, unit_id=None, valid_from=date(2020, 1, 1), at=NOW,
        actor=None,
    )  # fmt: skip


def test_question_counts_who_is_reached_and_groups_the_others() -> None:
    course = make_course()
    jobs = in_need(course, 6)
    past = make_session(course, starts_on=date(2026, 6, 15), capacity=5)
    offered(past, jobs[:2])
    operations.record_attendance(session_id=past.pk, present=[jobs[0].person_id], at=NOW, actor=None)
    ahead = make_session(course, starts_on=date(2026, 10, 1), capacity=5)
    offered(ahead, jobs[2:3], "declined")
    question = asked().question
    assert (question.needing, question.reached, question.wanted) == (6, 2, 3)
    assert question.groups == (
        Group(3, frozenset({course.pk})), Group(1, frozenset({course.pk}), frozenset({ahead.pk})),
    )  # fmt: skip
    (session,) = question.ahead
    assert (session.free, session.waiting, session.accepted, session.rounds) == (5, 0, 0, 4)
    assert question.past.answers == ((2, 2),)
    assert question.past.presence == ((1, 2),)
    assert (question.past.held, question.past.cancelled) == (1, 0)
    assert asked().free == ((5, date(2026, 9, 24)),)


@pytest.mark.parametrize("change", [{"in_working_time": False}, {"is_accessible": False}, {"status": "cancelled"}])
def test_session_that_gives_no_opportunity_is_no_question(change: dict[str, Any]) -> None:
    course = make_course()
    in_need(course, 2)
    session = make_session(course, starts_on=date(2026, 10, 1))
    Session.objects.filter(pk=session.pk).update(**change)
    assert asked().question.ahead == ()


def test_offer_that_came_too_late_is_no_opportunity_to_come() -> None:
    course = make_course()
    jobs = in_need(course, 1)
    session = make_session(course, starts_on=date(2026, 10, 1))
    offered(session, jobs, offered_on=date(2026, 9, 28))
    assert asked().question.groups == (Group(1, frozenset({course.pk})),)


@pytest.mark.parametrize(("days", "rounds"), [(6, 0), (7, 1), (12, 1), (13, 2), (19, 3), (90, 4)])
def test_seat_is_offered_on_as_often_as_is_in_time(days: int, rounds: int) -> None:
    assert queries.rounds_until(TODAY + timedelta(days=days), TODAY, notice_days=7, most=4) == rounds


def test_forecast_is_made_once_a_day_and_the_same_for_the_same_records() -> None:
    in_need(make_course(), 4)
    assert [work(), work()] == [True, False]
    first = told()
    YearOutlook.objects.all().delete()
    assert work()
    assert told() == first
    assert work(NOW + timedelta(days=1))
    assert YearOutlook.objects.count() == 2


def test_odd_year_has_no_forecast() -> None:
    assert not work(datetime(2027, 9, 1, 9, tzinfo=UTC))


def test_year_without_needs_is_no_alert() -> None:
    service()
    assert work()
    assert not YearOutlook.objects.get().is_alert
    assert not OutgoingMessage.objects.exists()


def test_target_in_danger_gives_one_mail_until_it_is_out_of_danger_and_in_again() -> None:
    service()
    course = make_course()
    jobs = in_need(course, 10)

    def mails() -> int:
        return OutgoingMessage.objects.filter(key__startswith="training.outlook.").count()

    for day in range(3):
        work(NOW + timedelta(days=day))
    assert (YearOutlook.objects.filter(is_alert=True).count(), mails()) == (3, 1)
    mail = OutgoingMessage.objects.get()
    assert "/training/outlook/" in mail.body
    assert mail.recipient == "sluzba@example.si"
    session = make_session(course, starts_on=date(2026, 8, 20), capacity=10)
    offered(session, jobs)
    operations.record_attendance(session_id=session.pk, present=[], at=NOW, actor=None)
    work(NOW + timedelta(days=3))
    assert not YearOutlook.objects.first().is_alert  # type: ignore[union-attr]
    Session.objects.filter(pk=session.pk).update(status="cancelled")
    work(NOW + timedelta(days=4))
    assert mails() == 2


def test_remedy_is_worked_out_from_the_records() -> None:
    """Ten need training, five are wanted, nobody is reached: at least five seats, in the one course that fits."""
    course = make_course()
    in_need(course, 10)
    make_course("T-2", security=True)
    for month in range(1, 9):
        held = make_session(course, starts_on=date(2026, month, 20), capacity=10)
        offered(held, [make_employment(person=make_person(), unit=make_unit()) for _ in range(3)])
        operations.record_attendance(session_id=held.pk, present=[], at=NOW, actor=None)
    work()
    found = told()
    ((teaching, seats), *_rest) = found["remedies"][0]["seats"]
    assert Course.objects.get(pk=teaching).code in {"T-1", "T-2"}
    assert 5 <= seats <= 7
    assert found["remedies"][0]["chance"] >= 0.8
    assert (found["remedy_offer_by"], found["remedy_hold_by"]) == ("2026-12-05", "2026-12-18")


def test_planned_anew_is_forecast_anew_on_the_same_day() -> None:
    in_need(make_course(), 4)
    work()
    assert operations.ask_outlook_anew(year=2026, at=NOW, actor=None)
    assert work()
    assert YearOutlook.objects.count() == 1
    assert not YearOutlook.objects.get().is_stale


def test_page_tells_the_forecast_and_what_helps(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()
    sign_in(client, Role.SERVICE, make_employer())
    client.cookies["language"] = "en"
    assert "There is no forecast." in client.get(reverse("training:outlook")).text
    assert client.get(reverse("training:outlook-chart")).status_code == 404
    in_need(make_course(), 10)
    work()
    page = client.get(reverse("training:outlook")).text
    assert "The target is in danger." in page
    assert "more seats in “Searching”" in page
    assert "held by 18 December 2026" in page
    drawing = client.get(reverse("training:outlook-chart"))
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    assert drawing.content.decode().count('stroke-dasharray="6,4"') == 2
    assert "target of training is in danger" in client.get(reverse("desk")).text
    indicator = client.get(reverse("strategy:indicator", args=["M3"])).text
    assert "Where it is heading" in indicator
    assert reverse("training:outlook-chart") in indicator
    client.post(reverse("training:outlook-anew"))
    assert YearOutlook.objects.get().is_stale


def test_desk_of_an_employee_has_no_alert(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()
    in_need(make_course(), 10)
    work()
    sign_in(client, Role.EMPLOYEE, make_employer(), unit=make_unit())
    client.cookies["language"] = "en"
    assert "in danger" not in client.get(reverse("desk")).text


def test_question_takes_as_many_queries_for_many_as_for_few(django_assert_max_num_queries: Any) -> None:
    course = make_course()
    for number in range(3):
        session = make_session(course, starts_on=date(2026, 10, 1 + number))
        offered(session, in_need(course, 2))
    with django_assert_max_num_queries(20):
        asked()
