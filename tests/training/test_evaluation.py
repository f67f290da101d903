"""Asked on the right day, answered without a name, shown only where at least five say it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Person, Unit
from kazipot.organisation.operations import grant_role
from kazipot.training import operations, queries
from kazipot.training.errors import EvaluationOver
from kazipot.training.models import (
    Course,
    EvaluationAsk,
    EvaluationReply,
    KnowledgeScore,
    Provider,
    SeatOffer,
    Session,
    UnitAsk,
)
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, make_user, sign_in
from tests.factories.training import AT, make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
HELD = datetime(2026, 6, 15, 16, tzinfo=UTC)
CLOSED = date(2026, 8, 1)
LATER = datetime(2026, 9, 15, 9, tzinfo=UTC)
REACTION = ("useful", "clear", "level", "place", "again")
BEHAVIOUR = ("used", "easier", "able")


def held(people: int, course: Course | None = None, *, unit: Unit | None = None, email: str = "x@y.si") -> Session:
    """A session on 15 June at which so many people of a unit were."""
    session = make_session(course, capacity=max(people, 1))
    place = unit or make_unit()
    jobs = [make_employment(person=make_person(email=email), unit=place) for _ in range(people)]
    for job in jobs:
        make_offer(session, job.person, place, state="accepted")
    present = [job.person_id for job in jobs]
    operations.record_attendance(session_id=session.pk, present=present, at=HELD, actor=None)
    return session


def ask(session: Session, kind: str = "reaction", at: datetime = HELD) -> list[operations.EvaluationLink]:
    return operations.ask_about(session_id=session.pk, kind=kind, at=at)


def answer(ask_id: int, value: int = 4, comment: str = "", at: datetime = HELD) -> None:
    kind = EvaluationAsk.objects.get(pk=ask_id).kind
    names = REACTION if kind == "reaction" else BEHAVIOUR
    operations.answer_evaluation(ask_id=ask_id, answers=dict.fromkeys(names, value), comment=comment, at=at)


def replied(people: int, course: Course | None = None, value: int = 4, **how: Any) -> Session:
    """A session about which everybody who was there has said so."""
    session = held(people, course, **how)
    for link in ask(session):
        answer(link.ask_id, value)
    return session


def results(on: date = CLOSED) -> dict[str, queries.Result]:
    return {row.course.code if row.course else row.level: row for row in queries.evaluation_results(2026, on)}


def people_of(row: queries.Result) -> int | None:
    return row.reaction.people if row.reaction else None


def second_course(first: Course, code: str) -> Course:
    """Another course of the same provider."""
    found = make_course(code)
    Course.objects.filter(pk=found.pk).update(provider=first.provider)
    Provider.objects.exclude(pk=first.provider_id).filter(code=f"P-{code}").delete()
    found.refresh_from_db()
    return found


def test_workers_ask_right_after_the_session_and_again_three_months_later_each_once() -> None:
    held(2)
    days = [date(2026, 6, 15), date(2026, 6, 16), date(2026, 9, 14), date(2026, 9, 15), date(2026, 9, 16)]
    asked = [operations.ask_for_evaluations(at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC)) for on in days]
    assert asked == [2, 0, 0, 2, 0]
    kinds = EvaluationAsk.objects.order_by("pk").values_list("kind", "asked_on", "closes_on").distinct()
    assert set(kinds) == {
        ("reaction", date(2026, 6, 15), date(2026, 7, 6)), ("behaviour", date(2026, 9, 15), date(2026, 10, 15)),
    }  # fmt: skip
    assert OutgoingMessage.objects.filter(key__startswith="training.evaluation.").count() == 4


def test_nobody_is_asked_too_late_or_about_a_session_that_they_missed() -> None:
    course = make_course()
    session = held(2, course)
    stays = SeatOffer.objects.filter(session=session).first()
    assert stays
    operations.record_attendance(
        session_id=session.pk, present=[stays.person_id], because="pomota", at=HELD, actor=None
    )
    assert [link.person_id for link in ask(session)] == [stays.person_id]
    held(1, course)
    assert operations.ask_for_evaluations(at=datetime(2026, 7, 16, 9, tzinfo=UTC)) == 0


def test_mail_holds_a_link_that_answers_without_an_account(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-15"
    client.cookies["language"] = "en"
    ask(held(1))
    body = OutgoingMessage.objects.get(key__startswith="training.evaluation.").body
    address = "/training/" + body.split("/training/")[1].split()[0]
    page = client.get(address).text
    assert "I would recommend this training to a colleague." in page
    assert client.post(address, {"useful": "5"}).status_code == 422
    told = {**dict.fromkeys(REACTION, "5"), "comment": "Več vaj."}
    assert "Thank you." in client.post(address, told).text
    assert "has been sent already" in client.get(address).text
    assert client.post(address, told).status_code == 422
    reply = EvaluationReply.objects.get()
    assert (reply.answers, reply.comment) == (dict.fromkeys(REACTION, 5), "Več vaj.")


def test_reply_leads_to_nobody() -> None:
    names = {field.name for field in EvaluationReply._meta.get_fields()}
    assert names == {"id", "session", "kind", "answers", "comment"}
    assert {field.name for field in EvaluationAsk._meta.get_fields()} == {
        "id", "session", "person", "kind", "token_digest", "asked_on", "closes_on", "is_answered",
    }  # fmt: skip
    links = ask(held(3))
    with connection.execute_wrapper(_no_person_written):
        answer(links[1].ask_id)


def _no_person_written(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    assert not (sql.startswith("INSERT") and "audit" in sql.lower())
    return execute(sql, params, many, context)


def test_form_is_answered_once_and_not_after_its_last_day() -> None:
    one, other = ask(held(2))
    answer(one.ask_id)
    with pytest.raises(EvaluationOver):
        answer(one.ask_id)
    with pytest.raises(EvaluationOver):
        answer(other.ask_id, at=datetime(2026, 7, 7, 9, tzinfo=UTC))
    answer(other.ask_id, at=datetime(2026, 7, 6, 9, tzinfo=UTC))
    assert EvaluationReply.objects.count() == 2


@pytest.mark.parametrize(
    "answers", [{"useful": 3}, {**dict.fromkeys(REACTION, 3), "more": 1}, dict.fromkeys(REACTION, 6)]
)
def test_form_holds_its_own_statements_and_numbers(answers: dict[str, int]) -> None:
    (link,) = ask(held(1))
    with pytest.raises(ValueError, match="for each statement"):
        operations.answer_evaluation(ask_id=link.ask_id, answers=answers, comment="", at=HELD)


def test_results_wait_for_the_last_day() -> None:
    replied(6)
    assert [people_of(results(on)["whole"]) for on in (date(2026, 7, 6), date(2026, 7, 7))] == [None, 6]


def test_four_people_are_not_shown_and_five_are() -> None:
    course = make_course()
    replied(4, course)
    assert "T-1" not in results()
    replied(1, course)
    assert people_of(results()["T-1"]) == 5


def test_small_course_cannot_be_worked_out_from_its_providers_total() -> None:
    first = make_course()
    replied(7, first, value=2)
    replied(3, second_course(first, "T-2"), value=5)
    found = results()
    assert (people_of(found["T-1"]), people_of(found["provider"]), people_of(found["whole"])) == (7, 7, 7)
    assert "T-2" not in found
    for row in (found["provider"], found["whole"]):
        assert row.reaction
        assert row.reaction.means["useful"] == 2


def test_one_more_reply_cannot_be_worked_out_from_yesterdays_page() -> None:
    course = make_course()
    replied(5, course, value=2)
    replied(1, course, value=5)
    assert people_of(results()["T-1"]) == 5
    replied(4, course, value=5)
    assert people_of(results()["T-1"]) == 10


def test_attendance_corrected_late_asks_nobody_after_the_last_day() -> None:
    session = held(1)
    ask(session)
    person = make_employment(person=make_person(), unit=make_unit()).person
    Session.objects.filter(pk=session.pk).update(capacity=2)
    make_offer(session, person, make_unit(), state="accepted")
    everybody = list(SeatOffer.objects.filter(session=session).values_list("person_id", flat=True))
    operations.record_attendance(session_id=session.pk, present=everybody, at=HELD, actor=None)
    assert ask(session, at=datetime(2026, 7, 7, 9, tzinfo=UTC)) == []
    (link,) = ask(session, at=datetime(2026, 7, 6, 9, tzinfo=UTC))
    assert EvaluationAsk.objects.get(pk=link.ask_id).closes_on == date(2026, 7, 6)


def test_heads_are_asked_about_five_people_together_and_never_about_fewer() -> None:
    unit, small = make_unit(), make_unit()
    user = make_user("vodja")
    user.email = "vodja@example.si"
    user.save()
    grant_role(
        user_id=user.pk, role=Role.HEAD, employer_id=unit.employer_id, unit_id=unit.pk, valid_from=date(2020, 1, 1),
        at=AT, actor=None,
    )  # fmt: skip
    session = held(5, unit=unit)
    for _ in range(4):
        job = make_employment(person=make_person(), unit=small)
        Session.objects.filter(pk=session.pk).update(capacity=9)
        make_offer(session, job.person, small, state="accepted")
    everybody = list(SeatOffer.objects.filter(session=session).values_list("person_id", flat=True))
    operations.record_attendance(session_id=session.pk, present=everybody, at=HELD, actor=None)
    operations.ask_for_evaluations(at=LATER)
    assert list(UnitAsk.objects.values_list("unit_id", "people")) == [(unit.pk, 5)]
    mail = OutgoingMessage.objects.get(key__startswith="training.unit_evaluation.")
    assert mail.recipient == "vodja@example.si"


def test_head_answers_for_their_unit_and_no_other(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-09-16"
    employer = make_employer()
    own, other = make_unit(employer=employer), make_unit(employer=employer)
    sign_in(client, Role.HEAD, employer, unit=own)
    session = make_session()
    told = {"people": 6, "asked_on": date(2026, 9, 15), "closes_on": date(2026, 10, 15)}
    mine, theirs = (UnitAsk.objects.create(session=session, unit=unit, **told) for unit in (own, other))
    assert client.post(reverse("training:unit-answer", args=[mine.pk]), {"answer": "3"}).status_code == 302
    assert client.post(reverse("training:unit-answer", args=[theirs.pk]), {"answer": "3"}).status_code == 404
    assert list(UnitAsk.objects.order_by("pk").values_list("answer", flat=True)) == [3, None]
    with pytest.raises(EvaluationOver):
        operations.answer_for_unit(ask_id=mine.pk, answer=1, at=datetime(2026, 10, 16, 9, tzinfo=UTC), actor=None)


@pytest.mark.parametrize(("heads", "shown"), [(4, None), (5, 0.6)])
def test_heads_answers_are_shown_from_five_on(heads: int, shown: float | None) -> None:
    session = held(1)
    ask(session)
    for number in range(heads):
        UnitAsk.objects.create(
            session=session, unit=make_unit(), people=5, asked_on=HELD.date(), closes_on=date(2026, 7, 1),
            answer=3 if number < 3 else 1,
        )  # fmt: skip
    told = results()["whole"].heads
    assert (told.agree["used"] if told else None) == shown


def test_knowledge_is_compared_for_those_who_tried_twice() -> None:
    session = held(6)
    people = list(SeatOffer.objects.filter(session=session).order_by("pk").values_list("person_id", flat=True))
    for number, person_id in enumerate(people):
        for moment, right in (("before", 2), ("after", 4)):
            if number < 5 or moment == "before":
                known = {"session_id": session.pk, "person_id": person_id, "moment": moment}
                operations.record_knowledge(**known, right=right, asked=5, at=HELD)
    gain = results()["T-1"].knowledge
    assert gain
    assert (gain.people, gain.before, gain.after, gain.low, gain.high) == (5, 0.4, 0.8, 0.4, 0.4)


def test_first_try_of_knowledge_counts() -> None:
    session = held(1)
    person_id = SeatOffer.objects.get().person_id
    told = {"session_id": session.pk, "person_id": person_id, "moment": "before", "asked": 5, "at": HELD}
    assert [operations.record_knowledge(**told, right=right) for right in (1, 5)] == [True, False]
    assert KnowledgeScore.objects.get().right == 1


def test_rating_is_drawn_towards_the_mean_where_few_said_it() -> None:
    """Ten say 5 of one course, five say 2 of another: M = 4; (10·5 + 10·4)/20 = 4.5; (5·2 + 10·4)/15 = 3.33."""
    one, other = make_course(), make_course("T-2")
    replied(10, one, value=5)
    replied(5, other, value=2)
    found = queries.ratings(2026, CLOSED)
    assert found == {one.pk: pytest.approx(4.5), other.pk: pytest.approx(10 / 3)}


def test_slip_for_those_without_an_address_and_its_code_answers(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-15"
    client.cookies["language"] = "en"
    session = held(2, email="")
    links = operations.make_evaluation_codes(session_id=session.pk, at=HELD, actor=None)
    assert ask(session) == []
    code = links[0].secret
    typed = f"{code[:4]}-{code[4:8]}-{code[8:]}".upper()
    response = client.post(reverse("training:evaluate-enter"), {"code": typed})
    assert response.status_code == 302
    assert client.post(response.headers["Location"], dict.fromkeys(REACTION, "3")).status_code == 200
    again = operations.make_evaluation_codes(session_id=session.pk, at=HELD, actor=None)
    assert [link.person_id for link in again] == [links[1].person_id]
    assert client.get(reverse("training:evaluate", args=[links[1].secret])).status_code == 404
    assert client.post(reverse("training:evaluate-enter"), {"code": links[1].secret}).status_code == 422


def test_service_prints_slips(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-15"
    sign_in(client, Role.SERVICE, make_employer())
    session = held(2, email="")
    response = client.post(reverse("training:evaluation-slips", args=[session.pk]))
    assert response.headers["Content-Type"] == "application/pdf"
    EvaluationAsk.objects.update(is_answered=True)
    assert client.post(reverse("training:evaluation-slips", args=[session.pk])).status_code == 302


def test_person_answers_signed_in(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-16"
    unit = make_unit()
    user = sign_in(client, Role.EMPLOYEE, unit.employer, unit=unit)
    person = Person.objects.get(user=user)
    session = make_session()
    make_offer(session, person, unit, state="accepted")
    operations.record_attendance(session_id=session.pk, present=[person.pk], at=HELD, actor=None)
    (link,) = ask(session)
    assert reverse("training:own-evaluate", args=[link.ask_id]) in client.get(reverse("training:own-evaluations")).text
    told = dict.fromkeys(REACTION, "4")
    assert client.post(reverse("training:own-evaluate", args=[link.ask_id]), told).status_code == 200
    assert EvaluationReply.objects.count() == 1
    assert client.get(reverse("training:own-evaluate", args=[link.ask_id])).status_code == 404


def test_comments_are_read_by_the_service_where_reactions_are_shown(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = CLOSED.isoformat()
    course = make_course()
    session = held(5, course)
    for number, link in enumerate(ask(session)):
        answer(link.ask_id, 4, comment="Več vaj, prosim." if number == 2 else "")
    few = held(1, course)
    answer(ask(few)[0].ask_id, 4, comment="Sam sem bil.")
    address = reverse("training:evaluation-course", args=["T-1"])
    sign_in(client, Role.SERVICE, make_employer())
    page = client.get(address).text
    assert "Več vaj, prosim." in page
    assert "Sam sem bil." not in page
    auditor = Client()
    sign_in(auditor, Role.AUDITOR, make_employer())
    assert "Več vaj" not in auditor.get(address).text


def test_results_page_takes_as_many_queries_for_many_courses_as_for_few(
    client: Client, settings: Any, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    settings.KAZIPOT_TODAY = CLOSED.isoformat()
    sign_in(client, Role.SERVICE, make_employer())
    replied(5)
    client.get(reverse("training:evaluation"))
    with django_assert_max_num_queries(50) as few:
        assert "Izvajalec" in client.get(reverse("training:evaluation")).text
    for number in (2, 3):
        replied(5, make_course(f"T-{number}"))
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(reverse("training:evaluation"))


def test_unanswered_day_after_the_last_is_no_task(client: Client, settings: Any) -> None:
    links = ask(held(1))
    person_id = links[0].person_id
    last = EvaluationAsk.objects.get().closes_on
    assert [queries.asks_of(person_id, on).count() for on in (last, last + timedelta(days=1))] == [1, 0]
