"""Seats are offered to those who need them, answered by the person, and used or not."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation import audit
from kazipot.foundation.models import AuditEvent, OutgoingMessage
from kazipot.foundation.tokens import digest
from kazipot.framework.queries import framework_by_version
from kazipot.organisation.models import Employment, Unit
from kazipot.training import operations, queries
from kazipot.training.errors import (
    AlreadyAnswered,
    CodeTaken,
    EndsBeforeItStarts,
    MorePeopleThanSeats,
    NoCompetence,
    NotAccepted,
    NotYetHeld,
    OfferExpired,
    SessionIsFull,
    SessionIsOver,
    TooLateToOffer,
)
from kazipot.training.errors.running import CorrectionNeedsReason
from kazipot.training.models import SeatOffer, Session
from tests.factories import needs
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit
from tests.factories.training import AT, make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
BEFORE = datetime(2026, 6, 10, 9, tzinfo=UTC)
HELD = datetime(2026, 6, 15, 9, tzinfo=UTC)
LATE = datetime(2026, 6, 16, 9, tzinfo=UTC)


def worker(unit: Unit | None = None, email: str = "") -> Employment:
    return make_employment(person=make_person(email=email), unit=unit or make_unit())


def in_need(count: int, unit: Unit | None = None, *, email: str = "") -> list[Employment]:
    """People who said in March 2026 that they need what the course teaches."""
    framework = framework_by_version("DigComp", "2.2")
    assert framework
    first = needs.competences_of(framework)[0].pk
    campaign = needs.Campaign.objects.filter(year=2026).first() or needs.make_campaign(2026, framework)
    found = []
    for _ in range(count):
        job = worker(unit, email)
        invitation = needs.make_invitation(campaign, job.person, job.unit)
        needs.make_response(invitation, {first: Answered(0, 4, True)})
        found.append(job)
    return found


def offer(session: Session, at: datetime = BEFORE, **told: Any) -> operations.OffersMade:
    return operations.offer_seats(session_id=session.pk, reason="need", seed=1, at=at, actor=None, **told)


def offered(capacity: int = 2, people: int = 1) -> list[SeatOffer]:
    session = make_session(capacity=capacity)
    return [make_offer(session, job.person, job.unit) for job in [worker() for _ in range(people)]]


def answer(found: SeatOffer, *, accept: bool = True, at: datetime = BEFORE) -> SeatOffer:
    return operations.answer_offer(offer_id=found.pk, accept=accept, at=at)


def test_seats_go_to_those_who_need_the_course_and_no_more_than_there_are() -> None:
    session = make_session(capacity=2)
    wanting = {job.person_id for job in in_need(3)}
    worker()
    made = offer(session)
    assert len(made.links) == 2
    assert {link.person_id for link in made.links} < wanting
    assert made.waiting == 1
    assert queries.free_seats(session) == 0


def test_same_seed_gives_the_same_seats() -> None:
    session = make_session(capacity=3)
    in_need(9)
    first = [link.person_id for link in offer(session).links]
    SeatOffer.objects.all().delete()
    assert [link.person_id for link in offer(session).links] == first
    assert audit.events()[0].detail["seed"] == 1


def test_more_people_than_seats_are_not_offered() -> None:
    session = make_session(capacity=2)
    in_need(5)
    with pytest.raises(MorePeopleThanSeats, match="Želenih mest je 3, prostih pa le 2"):
        offer(session, limit=3)
    assert not SeatOffer.objects.exists()
    assert len(offer(session, limit=1).links) == 1
    with pytest.raises(MorePeopleThanSeats, match="prostih pa le 1"):
        offer(session, limit=2)


def test_who_has_a_seat_in_the_course_is_not_asked_again() -> None:
    course = make_course()
    in_need(2)
    assert len(offer(make_session(course)).links) == 2
    assert offer(make_session(course, starts_on=date(2026, 7, 1))).links == []


def test_declined_seat_goes_to_the_next() -> None:
    session = make_session(capacity=1)
    in_need(2)
    first = offer(session).links[0]
    answer(SeatOffer.objects.get(pk=first.offer_id), accept=False)
    second = offer(session).links
    assert len(second) == 1
    assert second[0].person_id != first.person_id


def test_letter_holds_the_link_and_the_database_only_its_digest() -> None:
    session = make_session()
    in_need(1, email="ana@example.si")
    in_need(1)
    links = offer(session).links
    mail = OutgoingMessage.objects.get()
    assert mail.recipient == "ana@example.si"
    told = [link for link in links if link.token in mail.body]
    assert len(told) == 1
    assert SeatOffer.objects.get(pk=told[0].offer_id).token_digest == digest(told[0].token)


@pytest.mark.parametrize("at", [HELD, LATE])
def test_begun_session_offers_no_more_seats(at: datetime) -> None:
    session = make_session()
    in_need(1)
    with pytest.raises(TooLateToOffer):
        offer(session, at=at)


def test_answered_offer_is_not_answered_twice() -> None:
    (found,) = offered()
    answer(found)
    for accept in (True, False):
        with pytest.raises(AlreadyAnswered, match="že odgovorili"):
            answer(found, accept=accept)
    assert SeatOffer.objects.get().state == "accepted"


def test_expired_offer_names_its_last_day() -> None:
    (found,) = offered()
    with pytest.raises(OfferExpired, match=r"do 14\. 6\. 2026"):
        answer(found, at=HELD)


def test_full_session_takes_nobody_more() -> None:
    first, second = offered(capacity=1, people=2)
    answer(first)
    with pytest.raises(SessionIsFull, match=r"Vsa mesta \(1\) so zasedena"):
        answer(second)
    answer(second, accept=False)


def test_offers_without_an_answer_expire_and_free_their_seats() -> None:
    found = offered(people=2)
    answer(found[0])
    assert operations.expire_offers(at=BEFORE) == 0
    assert operations.expire_offers(at=HELD) == 1
    assert operations.expire_offers(at=HELD) == 0
    assert queries.free_seats(found[0].session) == 1


def test_cancelled_session_withdraws_its_offers_and_takes_no_answers() -> None:
    first, second = offered(people=2)
    answer(first)
    operations.cancel_session(session_id=first.session_id, because="Predavateljica je zbolela.", at=BEFORE, actor=None)
    assert set(SeatOffer.objects.values_list("state", flat=True)) == {"withdrawn"}
    with pytest.raises(SessionIsOver):
        answer(second)
    with pytest.raises(SessionIsOver):
        operations.cancel_session(session_id=first.session_id, because="še enkrat", at=BEFORE, actor=None)
    with pytest.raises(SessionIsOver):
        operations.record_attendance(session_id=first.session_id, present=[], at=LATE, actor=None)


def test_attendance_is_of_those_with_a_seat_and_can_be_corrected() -> None:
    first, second, third = offered(capacity=3, people=3)
    answer(first), answer(second)
    session_id = first.session_id
    told: dict[str, Any] = {"session_id": session_id, "at": HELD, "actor": None}
    with pytest.raises(NotAccepted):
        operations.record_attendance(present=[third.person_id], **told)
    assert operations.record_attendance(present=[first.person_id], **told) == 1
    with pytest.raises(CorrectionNeedsReason):
        operations.record_attendance(present=[second.person_id], **told)
    assert operations.record_attendance(present=[first.person_id], **told) == 1
    assert operations.record_attendance(present=[second.person_id], because="zamenjana podpisa", **told) == 1
    corrected = AuditEvent.objects.filter(verb="training.correct_attendance")
    assert sorted((row.detail["attended"], row.detail["because"]) for row in corrected) == [
        (False, "zamenjana podpisa"),
        (True, "zamenjana podpisa"),
    ]
    assert queries.attended_people(session_id) == {second.person_id}
    third.refresh_from_db()
    assert (third.state, Session.objects.get().status) == ("expired", "held")


def test_attendance_waits_for_the_day_of_the_session() -> None:
    (found,) = offered()
    answer(found)
    with pytest.raises(NotYetHeld):
        operations.record_attendance(session_id=found.session_id, present=[found.person_id], at=BEFORE, actor=None)


def test_security_training_counts_from_its_last_day_for_those_present() -> None:
    session = make_session(make_course(security=True))
    found = [make_offer(session, job.person, job.unit) for job in (worker(), worker())]
    for row in found:
        answer(row)
    operations.record_attendance(session_id=session.pk, present=[found[0].person_id], at=HELD, actor=None)
    assert queries.last_security_training(date(2026, 6, 14)) == {}
    assert queries.last_security_training(date(2026, 6, 15)) == {found[0].person_id: date(2026, 6, 15)}


def test_catalogue_refuses_what_cannot_be() -> None:
    course = make_course("T-1")
    with pytest.raises(CodeTaken):
        operations.add_provider(code="P-T-1", name="Drugi", kind="company", at=AT, actor=None)
    told: dict[str, Any] = {
        "provider_id": course.provider_id, "framework_id": course.framework_id, "title_sl": "x", "title_en": "x",
        "is_digital_security": False, "at": AT, "actor": None,
    }  # fmt: skip
    span = operations.CourseSpan(queries.taught(course.pk)[0].competence_id, 0, 4)
    with pytest.raises(CodeTaken):
        operations.add_course(code="T-1", competences=[span], **told)
    for spans in (
        [],
        [span, span],
        [operations.CourseSpan(span.competence_id, 2, 2)],
        [operations.CourseSpan(0, 0, 1)],
    ):
        with pytest.raises(NoCompetence):
            operations.add_course(code="T-2", competences=spans, **told)
    with pytest.raises(EndsBeforeItStarts):
        operations.plan_session(
            course_id=course.pk, starts_on=date(2026, 6, 2), ends_on=date(2026, 6, 1), place="x", capacity=1,
            trainer_id=None, at=AT, actor=None,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("state", "day", "words"),
    [
        ("accepted", "2026-06-10", "že odgovorili"),
        ("offered", "2026-06-15", "lahko odgovorili do 14. 6. 2026"),
        ("expired", "2026-06-10", "lahko odgovorili do 14. 6. 2026"),
    ],
)
def test_personal_link_says_why_it_no_longer_works(
    client: Client, settings: Any, state: str, day: str, words: str
) -> None:
    settings.KAZIPOT_TODAY = day
    job = worker()
    make_offer(make_session(), job.person, job.unit, digest("moja-dolga-povezava"), state=state)
    address = reverse("training:offer", kwargs={"token": "moja-dolga-povezava"})
    response = client.post(address, {"answer": "accept"})
    assert response.status_code == 422
    assert words in response.text


def test_somebody_elses_link_is_a_page_that_is_not_there(client: Client) -> None:
    job = worker()
    make_offer(make_session(), job.person, job.unit, digest("moja-dolga-povezava"))
    address = reverse("training:offer", kwargs={"token": "tuja-povezava"})
    assert client.get(address).status_code == 404
    assert client.post(address, {"answer": "accept"}).status_code == 404
    assert SeatOffer.objects.get().state == "offered"


def test_offering_takes_a_bounded_number_of_queries(django_assert_max_num_queries: Any) -> None:
    session = make_session(capacity=30)
    in_need(30, make_unit(make_employer("JHL", kind="public_company")), email="ana@example.si")
    with django_assert_max_num_queries(20):
        assert len(offer(session).links) == 30
