"""25 October 2026 has 25 hours in Ljubljana: from three o'clock the clock is put back to two."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import vobject

from kazipot.foundation.models import OutgoingMessage
from kazipot.training import errors, operations
from kazipot.training.models import SeatOffer, Session
from tests.factories.training import make_course, make_offer, make_session
from tests.training.test_line import holders, in_need, worker

pytestmark = pytest.mark.django_db
HOME = ZoneInfo("Europe/Ljubljana")
SUNDAY = date(2026, 10, 25)
TWICE = (datetime(2026, 10, 25, 2, 30, tzinfo=HOME), datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=HOME))
"""The same hour of the clock, once in summer time and an hour later in winter time."""


def waiting(starts_on: date, answer_by: date = SUNDAY) -> SeatOffer:
    job = worker(email="ana@example.org")
    return make_offer(make_session(starts_on=starts_on), job.person, job.unit, answer_by=answer_by)


def test_offer_can_be_answered_until_midnight_of_the_long_day() -> None:
    found = waiting(date(2026, 11, 5))
    for at in TWICE:
        assert operations.expire_offers(at=at) == 0
    late = datetime(2026, 10, 25, 23, 59, 59, tzinfo=HOME)
    assert operations.expire_offers(at=late) == 0
    assert operations.answer_offer(offer_id=found.pk, accept=True, at=late).answered_at == late
    assert late.astimezone(UTC) == datetime(2026, 10, 25, 22, 59, 59, tzinfo=UTC)


def test_offer_has_expired_a_second_after_midnight_of_the_long_day() -> None:
    found = waiting(date(2026, 11, 5))
    at = datetime(2026, 10, 25, 23, 0, 1, tzinfo=UTC)
    with pytest.raises(errors.OfferExpired, match=r"25\. 10\. 2026"):
        operations.answer_offer(offer_id=found.pk, accept=True, at=at)
    assert operations.expire_offers(at=at) == 1


def test_seat_that_falls_free_in_the_hour_that_comes_twice_is_offered_once() -> None:
    session = make_session(starts_on=date(2026, 10, 27), capacity=1)
    in_need(2)
    Session.objects.update(refill_due=True)
    assert [operations.refill_due(at=at) for at in TWICE] == [1, 0]
    assert len(holders(session)) == 1
    assert SeatOffer.objects.get().answer_by == date(2026, 10, 26)


def test_reminders_in_the_hour_that_comes_twice_are_sent_once() -> None:
    waiting(date(2026, 11, 5), answer_by=date(2026, 10, 28))
    seat = waiting_for_monday()
    operations.answer_offer(offer_id=seat.pk, accept=True, at=datetime(2026, 10, 20, 9, tzinfo=HOME))
    assert [operations.remind_of_seats(at=at) for at in TWICE] == [2, 0]
    keys = OutgoingMessage.objects.exclude(key__contains="calendar").values_list("key", flat=True)
    assert sorted(key.split(".")[1] for key in keys) == ["announcement", "reminder"]


def waiting_for_monday() -> SeatOffer:
    job = worker(email="eva@example.org")
    session = make_session(make_course("T-2"), starts_on=date(2026, 10, 26))
    return make_offer(session, job.person, job.unit, answer_by=SUNDAY)


def test_session_over_the_change_ends_at_its_hour_of_the_clock() -> None:
    found = waiting(date(2026, 11, 5))
    session = found.session
    at = TWICE[1]
    told = {"begins_at": session.begins_at, "closes_at": session.closes_at, "place": "Mestni trg 1", "capacity": 2}
    operations.answer_offer(offer_id=found.pk, accept=True, at=datetime(2026, 10, 20, 9, tzinfo=HOME))
    operations.change_session(
        session_id=session.pk, starts_on=date(2026, 10, 26), ends_on=date(2026, 10, 27), at=at, actor=None, **told
    )
    event = vobject.readOne(OutgoingMessage.objects.exclude(calendar="").order_by("-pk")[0].calendar).vevent
    assert event.dtstart.value == datetime(2026, 10, 26, 8, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 10, 27, 13, tzinfo=UTC)
    assert event.dtstamp.value == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_session_of_three_days_begins_in_summer_time_and_ends_in_winter_time() -> None:
    session = make_session(starts_on=date(2026, 10, 24))
    Session.objects.update(ends_on=date(2026, 10, 26))
    job = worker(email="ana@example.org")
    found = make_offer(session, job.person, job.unit, answer_by=date(2026, 10, 23))
    operations.answer_offer(offer_id=found.pk, accept=True, at=datetime(2026, 10, 20, 9, tzinfo=HOME))
    event = vobject.readOne(OutgoingMessage.objects.get().calendar).vevent
    assert event.dtstart.value == datetime(2026, 10, 24, 7, tzinfo=UTC)
    assert event.dtend.value == datetime(2026, 10, 26, 13, tzinfo=UTC)
