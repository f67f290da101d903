"""Seats when several act at once: two workers, two presses, a seat that moves while it is given up."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from threading import Barrier, Event, Thread
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse

from kazipot.foundation.database import lock
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.tokens import digest
from kazipot.training import errors, operations, queries
from kazipot.training.models import SeatOffer, Session
from kazipot.training.operations import answers
from kazipot.training.operations import sessions as session_operations
from kazipot.training.views import offers as pages
from tests.factories.training import make_course, make_offer, make_session
from tests.training.test_line import EARLY, answer, holders, in_need, offer, worker

AT_ONCE = pytest.mark.django_db(transaction=True)
JULY = date(2026, 7, 1)


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """Do all of it at the same moment; what each returned or raised."""
    together, found = Barrier(len(works)), [None] * len(works)

    def run(number: int) -> None:
        try:
            together.wait(20)
            found[number] = works[number]()
        except Exception as error:
            found[number] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=[number]) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def slowly(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> None:
    """A function returns a moment later, so that others come in between."""
    original = getattr(module, name)

    def later(*given: Any, **told: Any) -> Any:
        found = original(*given, **told)
        time.sleep(0.4)
        return found

    monkeypatch.setattr(module, name, later)


@AT_ONCE
def test_two_workers_ask_nobody_to_two_dates_of_a_course(monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_course()
    both = [make_session(course, capacity=1), make_session(course, starts_on=JULY, capacity=1)]
    people = set(in_need(2))
    slowly(monkeypatch, queries, "line_of")
    at_once(*[lambda pk=row.pk: operations.refill(session_id=pk, at=EARLY) for row in both])
    assert holders(both[0]) | holders(both[1]) == people
    assert SeatOffer.objects.count() == 2


@AT_ONCE
def test_two_workers_ask_nobody_to_two_rooms_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [make_session(make_course(code), capacity=1) for code in ("T-1", "T-2")]
    in_need(1)
    slowly(monkeypatch, queries, "line_of")
    at_once(*[lambda pk=row.pk: operations.refill(session_id=pk, at=EARLY) for row in both])
    assert SeatOffer.objects.count() == 1


@AT_ONCE
def test_last_seats_are_accepted_by_no_more_people_than_there_are_seats() -> None:
    session = make_session(capacity=3)
    offers = [make_offer(session, job.person, job.unit) for job in [worker() for _ in range(12)]]
    works = [lambda pk=row.pk: operations.answer_offer(offer_id=pk, accept=True, at=EARLY) for row in offers]
    found = at_once(*works)
    assert sorted(type(one).__name__ for one in found) == ["SeatOffer"] * 3 + ["SessionIsFull"] * 9
    assert {one.pk for one in found if isinstance(one, SeatOffer)} == set(
        SeatOffer.objects.filter(state="accepted").values_list("pk", flat=True)
    )


@AT_ONCE
def test_two_sessions_of_a_course_are_cancelled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_course()
    both = [make_session(course), make_session(course, starts_on=JULY)]
    slowly(monkeypatch, session_operations, "tell_calendar")
    found = at_once(
        *[
            lambda pk=row.pk: operations.cancel_session(session_id=pk, because="bolezen", at=EARLY, actor=None)
            for row in both
        ]
    )
    assert [one for one in found if isinstance(one, Exception)] == []
    assert set(Session.objects.values_list("status", flat=True)) == {"cancelled"}


@AT_ONCE
def test_workers_wait_for_no_session_in_which_nothing_is_due() -> None:
    """Whoever accepts a seat holds the session's row; a worker's round must not stand in line for each of them."""
    session = make_session()
    held, done = Event(), Event()

    def hold() -> None:
        with transaction.atomic():
            list(lock(Session.objects.filter(pk=session.pk)))
            held.set()
            done.wait(20)

    def round_of_a_worker() -> tuple[int, int]:
        held.wait(20)
        told = operations.expire_offers(at=EARLY), operations.remind_of_seats(at=EARLY)
        done.set()
        return told

    begun = time.monotonic()
    assert at_once(hold, round_of_a_worker)[1] == (0, 0)
    assert time.monotonic() - begun < 15


def moved_just_before(monkeypatch: pytest.MonkeyPatch, module: Any, found: SeatOffer, session: Session) -> None:
    """The seat is moved after its session was looked up and before it is locked."""
    original = module.lock

    def move_first(rows: Any) -> Any:
        SeatOffer.objects.filter(pk=found.pk).update(session=session)
        return original(rows)

    monkeypatch.setattr(module, "lock", move_first)


@pytest.mark.django_db
def test_seat_that_moves_while_it_is_given_up_frees_no_wrong_seat(monkeypatch: pytest.MonkeyPatch) -> None:
    course = make_course()
    june, july = make_session(course, capacity=1), make_session(course, starts_on=JULY, capacity=1)
    (person,) = in_need(1)
    offer(june)
    found = answer(june, person, accept=True)
    moved_just_before(monkeypatch, answers, found, july)
    with pytest.raises(errors.NoSeatHeld):
        operations.give_up_seat(offer_id=found.pk, at=EARLY)
    assert not Session.objects.filter(refill_due=True).exists()
    assert not OutgoingMessage.objects.filter(calendar_method="CANCEL").exists()


@pytest.mark.django_db
def test_who_comes_back_to_a_session_is_invited_again() -> None:
    course = make_course()
    june, july = make_session(course, capacity=1), make_session(course, starts_on=JULY, capacity=1)
    (person,) = in_need(1, email="ana@example.org")
    offer(june)
    answer(june, person, accept=True)
    for session in (july, june):
        operations.move_seat(offer_id=of_person(person).pk, session_id=session.pk, at=EARLY, actor=None)
    mails = list(OutgoingMessage.objects.filter(key__startswith="training.calendar").order_by("pk"))
    assert [mail.calendar_method for mail in mails] == ["REQUEST", "CANCEL", "REQUEST", "CANCEL", "REQUEST"]
    uids = [next(line for line in mail.calendar.splitlines() if line.startswith("UID")) for mail in mails]
    assert uids[0] == uids[1] != uids[2] == uids[3] != uids[4] != uids[0]


@pytest.mark.django_db
def test_who_comes_back_to_a_session_is_reminded_of_it_again() -> None:
    course = make_course()
    june, july = make_session(course, capacity=1), make_session(course, starts_on=JULY, capacity=1)
    (person,) = in_need(1, email="ana@example.org")
    offer(june)
    answer(june, person, accept=True)
    near = datetime(2026, 6, 12, 9, tzinfo=UTC)
    assert operations.remind_of_seats(at=near) == 1
    for session in (july, june):
        operations.move_seat(offer_id=of_person(person).pk, session_id=session.pk, at=near, actor=None)
    assert operations.remind_of_seats(at=near) == 1
    assert OutgoingMessage.objects.filter(key__startswith="training.announcement").count() == 2


def of_person(person_id: int) -> SeatOffer:
    return SeatOffer.objects.get(person_id=person_id)


@pytest.mark.django_db
def test_two_presses_at_once_show_the_seat_and_no_open_form(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KAZIPOT_TODAY = "2026-06-10"
    job = worker()
    make_offer(make_session(), job.person, job.unit, digest("moja-dolga-povezava-v-posti"))
    original = operations.answer_offer

    def after_another_press(**told: Any) -> SeatOffer:
        original(**told)
        return original(**told)

    monkeypatch.setattr(pages.operations, "answer_offer", after_another_press)
    page = client.post(reverse("training:offer", kwargs={"token": "moja-dolga-povezava-v-posti"}), {"answer": "accept"})
    assert (page.status_code, "rezervirano" in page.text) == (422, True)
    assert 'value="accept"' not in page.text
