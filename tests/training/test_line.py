"""Seats that fall free, waiting lists, changes: each fault that other booking systems are known for, by its name."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject

from kazipot.core.survey.stated_need import Answered
from kazipot.foundation import audit
from kazipot.foundation.models import OutgoingMessage
from kazipot.framework.queries import framework_by_version
from kazipot.organisation.models import Employment, Unit
from kazipot.training import errors, operations, queries
from kazipot.training.choices import OfferReason, OfferState
from kazipot.training.models import SeatOffer, Session, WaitingEntry
from tests.factories import needs
from tests.factories.organisation import make_employment, make_person, make_unit
from tests.factories.training import make_course, make_session

pytestmark = pytest.mark.django_db
EARLY = datetime(2026, 5, 20, 9, tzinfo=UTC)
DAY = timedelta(days=1)
STARTS = date(2026, 6, 15)


def worker(unit: Unit | None = None, email: str = "") -> Employment:
    return make_employment(person=make_person(email=email), unit=unit or make_unit())


def in_need(count: int, unit: Unit | None = None, *, email: str = "") -> list[int]:
    """People who said in March 2026 that they need what the course teaches."""
    framework = framework_by_version("DigComp", "2.2")
    assert framework
    first = needs.competences_of(framework)[0].pk
    campaign = needs.Campaign.objects.filter(year=2026).first() or needs.make_campaign(2026, framework)
    found = []
    for number in range(count):
        job = worker(unit, email and f"{number}-{email}")
        needs.make_response(needs.make_invitation(campaign, job.person, job.unit), {first: Answered(0, 4, True)})
        found.append(job.person_id)
    return found


def offer(session: Session, at: datetime = EARLY, **told: Any) -> list[int]:
    made = operations.offer_seats(session_id=session.pk, reason="need", seed=1, at=at, actor=None, **told)
    return [link.person_id for link in made.links]


def of(session: Session, person_id: int) -> SeatOffer:
    return SeatOffer.objects.get(session=session, person_id=person_id)


def answer(session: Session, person_id: int, *, accept: bool, at: datetime = EARLY) -> SeatOffer:
    return operations.answer_offer(offer_id=of(session, person_id).pk, accept=accept, at=at)


def holders(session: Session) -> set[int]:
    rows = SeatOffer.objects.filter(session=session, state__in=queries.HOLDS_A_SEAT)
    return set(rows.values_list("person_id", flat=True))


def join(session: Session, *people: int, at: datetime = EARLY) -> list[WaitingEntry]:
    return operations.join_line(
        course_id=session.course_id, session_id=session.pk, person_ids=people, at=at, actor=None
    )


def test_promoted_after_the_session_began() -> None:
    session = make_session(capacity=1)
    in_need(2)
    (first,) = offer(session)
    answer(session, first, accept=False)
    for at in (datetime(2026, 6, 14, 9, tzinfo=UTC), datetime(2026, 6, 15, 9, tzinfo=UTC)):
        Session.objects.update(refill_due=True)
        assert operations.refill_due(at=at) == 0
    assert holders(session) == set()


def test_put_on_the_waiting_list_though_a_seat_is_free() -> None:
    session = make_session(capacity=2)
    person = worker().person_id
    (entry,) = join(session, person)
    assert operations.refill_due(at=EARLY) == 1
    assert of(session, person).reason == OfferReason.LIST
    entry.refresh_from_db()
    assert entry.offer == of(session, person)


def test_duty_offers_nobody_a_second_date_of_the_course_or_a_second_room() -> None:
    first = make_session(capacity=3)
    again = make_session(first.course, capacity=3, starts_on=first.starts_on + 30 * DAY)
    elsewhere = make_session(make_course("T-2"), capacity=3)
    holder, declining, free = (worker().person_id for _ in range(3))
    offer_duty(first, holder, declining)
    answer(first, holder, accept=True)
    answer(first, declining, accept=False)
    assert set(offer_duty(again, holder, declining, free)) == {declining, free}
    assert set(offer_duty(elsewhere, holder, declining, free)) == {declining, free}


def offer_duty(session: Session, *people: int) -> list[int]:
    made = operations.offer_seats(session_id=session.pk, reason="duty", seed=1, at=EARLY, actor=None, person_ids=people)
    return [link.person_id for link in made.links]


def test_nobody_promoted_when_a_seat_falls_free() -> None:
    session = make_session(capacity=1)
    people = set(in_need(4))
    asked: list[int] = []
    for fall in ("decline", "give_up", "expire"):
        found = offer(session) if not asked else sorted(holders(session))
        (holder,) = found
        asked.append(holder)
        if fall == "decline":
            answer(session, holder, accept=False)
        elif fall == "give_up":
            answer(session, holder, accept=True)
            operations.give_up_seat(offer_id=of(session, holder).pk, at=EARLY)
        else:
            assert operations.expire_offers(at=EARLY + 6 * DAY) == 1
        assert operations.refill_due(at=EARLY + 6 * DAY * (fall == "expire")) == 1
    (last,) = holders(session)
    assert {*asked, last} == people


def test_nobody_promoted_when_a_seat_falls_free_by_more_seats() -> None:
    session = make_session(capacity=1)
    in_need(3)
    offer(session)
    change(session, capacity=3)
    assert operations.refill_due(at=EARLY) == 2
    assert len(holders(session)) == 3


def change(session: Session, **changes: Any) -> Session:
    session.refresh_from_db()
    now = {name: getattr(session, name) for name in (
        "starts_on", "ends_on", "begins_at", "closes_at", "place", "capacity",
    )}  # fmt: skip
    return operations.change_session(session_id=session.pk, **{**now, **changes}, at=EARLY, actor=None)


def test_one_person_hoards_several_dates() -> None:
    course = make_course()
    june, july = make_session(course), make_session(course, starts_on=date(2026, 7, 1))
    (person,) = in_need(1)
    assert offer(june) == [person]
    assert offer(july) == []
    assert [row.person_id for row in queries.line_of(july, on=EARLY.date())] == []
    other = make_session(make_course("T-2"), starts_on=STARTS)
    assert offer(other) == []
    with pytest.raises(errors.AlreadySeated):
        operations.join_line(course_id=course.pk, person_ids=[person], at=EARLY, actor=None)


def test_second_seat_is_refused_even_when_both_were_offered() -> None:
    course = make_course()
    june, july = make_session(course), make_session(course, starts_on=date(2026, 7, 1))
    (person,) = in_need(1)
    offer(june)
    SeatOffer.objects.create(**{**_copy(of(june, person)), "session": july, "token_digest": "x"})
    answer(june, person, accept=True)
    with pytest.raises(errors.SeatElsewhere, match="15"):
        answer(july, person, accept=True)
    assert of(july, person).state == OfferState.OFFERED


def _copy(found: SeatOffer) -> dict[str, Any]:
    names = ("person", "employer", "unit", "reason", "offered_at", "offered_on", "answer_by")
    return {name: getattr(found, name) for name in names}


def test_approval_bypassed_when_capacity_rises() -> None:
    session = make_session(capacity=1)
    in_need(2)
    (first,) = offer(session)
    operations.object_to(offer_id=of(session, first).pk, reason="dežurstvo", at=EARLY, actor=None)
    change(session, capacity=5)
    operations.refill_due(at=EARLY)
    assert first not in holders(session)
    later = SeatOffer.objects.filter(session=session).exclude(person_id=first).get()
    operations.object_to(offer_id=later.pk, reason="dopust", at=EARLY + DAY, actor=None)
    assert holders(session) == set()


def test_the_last_in_line_gets_the_seat_before_the_first() -> None:
    session = make_session(capacity=1)
    in_need(6)
    (first,) = offer(session)
    order = [row.person_id for row in queries.line_of(session, on=EARLY.date())]
    given = []
    holder = first
    for _ in order:
        answer(session, holder, accept=False)
        operations.refill_due(at=EARLY)
        (holder,) = holders(session)
        given.append(holder)
    assert given == order


def test_list_without_a_need_is_served_as_people_came() -> None:
    session = make_session(capacity=1)
    early, late = worker().person_id, worker().person_id
    join(session, late, at=EARLY + DAY)
    join(session, early, at=EARLY)
    (needing,) = in_need(1)
    order = [(row.person_id, row.reason) for row in queries.line_of(session, on=EARLY.date())]
    assert order == [(needing, OfferReason.NEED), (early, OfferReason.LIST), (late, OfferReason.LIST)]


def test_offered_again_after_own_cancellation() -> None:
    session = make_session(capacity=2)
    (person,) = in_need(1)
    offer(session)
    answer(session, person, accept=True)
    operations.give_up_seat(offer_id=of(session, person).pk, because="day", at=EARLY)
    assert operations.refill_due(at=EARLY) == 0
    assert of(session, person).state == OfferState.GIVEN_UP
    assert queries.standing(session, person, on=EARLY.date()).place is None


def test_a_group_of_n_on_the_list() -> None:
    session = make_session(capacity=2)
    group = [worker().person_id for _ in range(3)]
    single = worker().person_id
    entries = join(session, *group)
    join(session, single, at=EARLY + DAY)
    assert len({entry.group for entry in entries}) == 1
    assert operations.refill_due(at=EARLY + DAY) == 2
    assert holders(session) == set(group[:2])
    answer(session, group[0], accept=False, at=EARLY + DAY)
    operations.refill_due(at=EARLY + DAY)
    assert holders(session) == {group[1], group[2]}


def test_a_non_promotion_that_nobody_can_explain() -> None:
    course = make_course()
    session, later = make_session(course, capacity=1), make_session(course, starts_on=date(2026, 7, 1))
    people = in_need(4)
    (holder,) = offer(session)
    stranger = worker().person_id
    on = EARLY.date()
    waiting = [person for person in people if person != holder]
    places = {queries.standing(session, person, on=on).place for person in waiting}
    assert places == {1, 2, 3}
    told = {
        "holder": queries.standing(session, holder, on=on).text,
        "elsewhere": queries.standing(later, holder, on=on).text,
        "stranger": queries.standing(session, stranger, on=on).text,
        "first": queries.standing(session, min(waiting, key=_place(session)), on=on).text,
    }
    assert told == {
        "holder": "Mesto je ponujeno in čaka na odgovor do 3.\u00a06.\u00a02026.",
        "elsewhere": "Ponujeno je mesto v drugem terminu tega tečaja; eno je dovolj.",
        "stranger": "Potreba, ki bi ji tečaj ustrezal, ni navedena in nihče ni prosil za mesto na seznamu.",
        "first": "Mesto v vrsti: 1 od 3. Ko se mesto sprosti, ga dobi v ponudbo prvi v vrsti.",
    }


def _place(session: Session) -> Any:
    order = [row.person_id for row in queries.line_of(session, on=EARLY.date())]
    return order.index


def test_heads_objection_has_a_reason_and_a_time_limit() -> None:
    course = make_course()
    session, later = make_session(course, capacity=1), make_session(course, starts_on=date(2026, 7, 1))
    (person,) = in_need(1, email="ana@example.org")
    offer(session)
    with pytest.raises(errors.TooLateToObject, match="25"):
        operations.object_to(offer_id=of(session, person).pk, reason="x", at=EARLY + 6 * DAY, actor=None)
    operations.object_to(offer_id=of(session, person).pk, reason="inventura", at=EARLY + 5 * DAY, actor=None)
    assert "inventura" in OutgoingMessage.objects.get(key__startswith="training.objection").body
    assert "vodja" in queries.standing(session, person, on=EARLY.date()).text.lower()
    assert [row.person_id for row in queries.line_of(later, on=EARLY.date())] == [person]


def test_sessions_without_a_date_gather_demand_first() -> None:
    course = make_course()
    people = [worker().person_id for _ in range(3)]
    operations.join_line(course_id=course.pk, person_ids=people, at=EARLY, actor=None)
    assert queries.demand_gathered([course.pk]) == {course.pk: 3}
    session = make_session(course, capacity=2)
    assert [row.person_id for row in queries.line_of(session, on=EARLY.date())] == people
    operations.refill(session_id=session.pk, at=EARLY)
    assert holders(session) == set(people[:2])
    assert queries.demand_gathered([course.pk]) == {course.pk: 1}


def test_who_leaves_the_line_is_offered_nothing() -> None:
    session = make_session(capacity=1)
    (entry,) = join(session, worker().person_id)
    operations.leave_line(entry_id=entry.pk, at=EARLY, actor=None)
    assert operations.refill_due(at=EARLY) == 0


def test_seat_is_moved_only_to_a_free_seat_that_is_nobodys_turn() -> None:
    course = make_course()
    june, july = make_session(course, capacity=1), make_session(course, starts_on=date(2026, 7, 1), capacity=1)
    (person,) = in_need(1, email="ana@example.org")
    offer(june)
    answer(june, person, accept=True)
    (entry,) = join(july, worker().person_id)
    with pytest.raises(errors.NoSeatToMoveTo):
        operations.move_seat(offer_id=of(june, person).pk, session_id=july.pk, at=EARLY, actor=None)
    operations.leave_line(entry_id=entry.pk, at=EARLY, actor=None)
    operations.move_seat(offer_id=of(june, person).pk, session_id=july.pk, at=EARLY, actor=None)
    assert (holders(june), holders(july)) == (set(), {person})
    methods = list(OutgoingMessage.objects.filter(key__startswith="training.calendar").values_list("key", flat=True))
    assert [key.rsplit(".", 1)[1] for key in reversed(methods)] == ["request", "cancel", "request"]


def test_two_people_change_places_only_when_both_want_it() -> None:
    course = make_course()
    june, july = make_session(course, capacity=1), make_session(course, starts_on=date(2026, 7, 1), capacity=1)
    in_need(2)
    (one,), (two,) = offer(june), offer(july)
    answer(june, one, accept=True), answer(july, two, accept=True)
    swap = operations.ask_swap(offer_id=of(june, one).pk, other_id=of(july, two).pk, at=EARLY, actor=None)
    assert [row.pk for row in queries.swaps_for(two)] == [swap.pk]
    assert holders(june) == {one}
    operations.answer_swap(swap_id=swap.pk, agree=True, at=EARLY, actor=None)
    assert (holders(june), holders(july)) == ({two}, {one})
    operations.answer_swap(swap_id=swap.pk, agree=True, at=EARLY, actor=None)
    assert (holders(june), holders(july)) == ({two}, {one})


def events(**key: str) -> list[Any]:
    rows = OutgoingMessage.objects.exclude(calendar="").order_by("pk")
    return [(row.calendar_method, vobject.readOne(row.calendar)) for row in rows]


def test_calendars_change_what_they_have_and_let_it_go() -> None:
    session = make_session()
    (person,) = in_need(1, email="ana@example.org")
    offer(session)
    answer(session, person, accept=True)
    change(session, starts_on=date(2026, 6, 22), ends_on=date(2026, 6, 22), place="Trubarjeva 5")
    operations.cancel_session(session_id=session.pk, because="premalo prijav", at=EARLY, actor=None)
    told = [(method, calendar.vevent) for method, calendar in events()]
    assert [method for method, _event in told] == ["REQUEST", "REQUEST", "CANCEL"]
    assert len({event.uid.value for _method, event in told}) == 1
    assert [int(event.sequence.value) for _method, event in told] == [0, 1, 2]
    assert [event.dtstart.value for _method, event in told] == [
        datetime(2026, 6, 15, 7, tzinfo=UTC), datetime(2026, 6, 22, 7, tzinfo=UTC), datetime(2026, 6, 22, 7, tzinfo=UTC)
    ]  # fmt: skip
    assert told[1][1].location.value == "Trubarjeva 5"
    assert told[2][1].status.value == "CANCELLED"


def test_session_in_winter_time_begins_at_the_same_hour_of_the_clock() -> None:
    summer = make_session(starts_on=date(2026, 10, 24))
    winter = make_session(Session.objects.get().course, starts_on=date(2026, 10, 26))
    hours = []
    for session in (summer, winter):
        job = worker(email=f"{session.pk}@example.org")
        found = SeatOffer.objects.create(
            session=session, person=job.person, employer=job.employer, unit=job.unit, reason="need",
            token_digest=str(session.pk), offered_at=EARLY, offered_on=EARLY.date(), answer_by=date(2026, 10, 1),
        )  # fmt: skip
        operations.answer_offer(offer_id=found.pk, accept=True, at=EARLY)
    for _method, calendar in events():
        hours.append(calendar.vevent.dtstart.value.hour)
    assert hours == [7, 8]


def test_cancelled_session_reaches_everyone_and_replans_only_its_course() -> None:
    course = make_course()
    session, later = make_session(course), make_session(course, starts_on=date(2026, 7, 1))
    other = make_session(make_course("T-2"), starts_on=date(2026, 7, 2))
    people = in_need(2, email="x@example.org")
    offer(session)
    answer(session, people[0], accept=True)
    operations.cancel_session(session_id=session.pk, because="bolezen", at=EARLY, actor=None)
    told = OutgoingMessage.objects.filter(body__contains="bolezen").values_list("recipient", flat=True)
    assert sorted(told) == ["0-x@example.org", "1-x@example.org"]
    assert set(Session.objects.filter(refill_due=True)) == {later}
    operations.refill_due(at=EARLY)
    assert (holders(later), holders(other)) == (set(people), set())


def test_fewer_seats_than_people_are_refused() -> None:
    session = make_session(capacity=2)
    in_need(2)
    offer(session)
    with pytest.raises(errors.FewerSeatsThanPeople):
        change(session, capacity=1)


def test_reminders_are_sent_once_and_in_time() -> None:
    session = make_session(capacity=2)
    one, _two = in_need(2, email="x@example.org")
    offer(session)
    answer(session, one, accept=True)
    told = [operations.remind_of_seats(at=EARLY + days * DAY) for days in (10, 11, 11, 12, 22, 23, 24)]
    assert told == [0, 1, 0, 0, 0, 1, 0]


def test_refill_keeps_its_seed_in_the_trail() -> None:
    session = make_session(capacity=1)
    in_need(1)
    operations.refill(session_id=session.pk, at=EARLY)
    event = audit.events().filter(verb="training.refill").get()
    assert event.detail == {"seed": queries.seed_of(session.pk), "offered": 1}
