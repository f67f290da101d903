"""The year runs on pages: seats given up and moved, lists, the head's desk, slips, changes of sessions."""

import io
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kazipot.foundation import guessing
from kazipot.foundation.models import AuditEvent, OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import digest
from kazipot.organisation.models import Employment, Person, Unit
from kazipot.training import operations, queries
from kazipot.training.choices import OfferState
from kazipot.training.errors.running import ReachedOtherwise
from kazipot.training.exports.refusals import WORDS, why
from kazipot.training.models import Objection, SeatOffer, Session, Swap, WaitingEntry
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, make_user, sign_in
from tests.factories.training import make_course, make_offer, make_session

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def june(settings: Any) -> None:
    settings.KAZIPOT_TODAY = TODAY.isoformat()


def worker(unit: Unit | None = None, **person: Any) -> Person:
    return make_employment(person=make_person(**person), unit=unit or make_unit()).person


def employee(unit: Unit | None = None) -> tuple[Client, Person]:
    """Somebody with an account, signed in."""
    person = worker(unit, user=make_user())
    client = Client()
    client.force_login(person.user)
    return client, person


def seat(session: Session, person: Person, **changes: Any) -> SeatOffer:
    unit = Employment.objects.select_related("unit__employer").get(person=person).unit
    return make_offer(session, person, unit, **{"state": OfferState.ACCEPTED, **changes})


def page(client: Client, name: str, *args: Any) -> str:
    return client.get(reverse(f"training:{name}", args=args)).text


def send(client: Client, name: str, *args: Any, follow: bool = False, **told: Any) -> Any:
    return client.post(reverse(f"training:{name}", args=args), told, follow=follow)


# An employee and their seats


def test_seat_is_given_up_with_a_reason_and_the_next_in_line_gets_it() -> None:
    client, person = employee()
    session = make_session(capacity=1)
    held = seat(session, person)
    (entry,) = operations.join_line(course_id=session.course_id, person_ids=[worker().pk], at=NOW, actor=None)
    assert send(client, "give-up", held.pk).status_code == 422
    assert send(client, "give-up", held.pk, because="work").status_code == 302
    held.refresh_from_db()
    assert (held.state, held.declined_because) == (OfferState.GIVEN_UP, "work")
    assert operations.refill_due(at=NOW) == 1
    entry.refresh_from_db()
    assert entry.offer is not None


def test_offer_is_declined_with_a_reason() -> None:
    client, person = employee()
    found = seat(make_session(), person, state=OfferState.OFFERED)
    send(client, "answer", found.pk, answer="decline", because="place")
    found.refresh_from_db()
    assert (found.state, found.declined_because) == (OfferState.DECLINED, "place")


def test_somebody_elses_seat_is_not_there() -> None:
    client, _person = employee()
    held = seat(make_session(), worker())
    for name in ("give-up", "swap", "own-ticket"):
        assert client.get(reverse(f"training:{name}", args=(held.pk,))).status_code == 404


def test_course_without_a_date_gathers_demand_first() -> None:
    client, person = employee()
    course = make_course()
    assert "manj kot pet" in page(client, "course", course.code)
    assert send(client, "join-line", course.code).status_code == 302
    assert "Na seznamu ste." in page(client, "course", course.code)
    entry = WaitingEntry.objects.get(person=person)
    assert course.title_sl in page(client, "own")
    assert "že na seznamu" in send(client, "join-line", course.code, follow=True).text
    others = [worker().pk for _ in range(4)]
    operations.join_line(course_id=course.pk, person_ids=others, at=NOW, actor=None)
    assert "Na mesto čaka 5 oseb." in page(client, "course", course.code)
    assert send(client, "leave-line", entry.pk).status_code == 302
    assert queries.demand_gathered([course.pk]) == {course.pk: 4}


def test_seat_moves_at_once_where_one_is_free() -> None:
    client, person = employee()
    session = make_session()
    later = make_session(session.course, starts_on=date(2026, 7, 1))
    held = seat(session, person)
    assert "Prestavi moje mesto na ta dan" in page(client, "swap", held.pk)
    assert send(client, "swap", held.pk, session=later.pk).status_code == 302
    held.refresh_from_db()
    assert held.session == later


def test_who_is_asked_to_change_places_is_not_told_who_asks_and_the_first_to_agree_does() -> None:
    asking, person = employee()
    first, second = employee(), employee()
    session = make_session(capacity=1)
    later = make_session(session.course, starts_on=date(2026, 7, 1), capacity=2)
    mine = seat(session, person)
    theirs = [seat(later, who) for _client, who in (first, second)]
    assert send(asking, "swap", mine.pk, session=later.pk).status_code == 302
    assert "Prosili ste za zamenjavo" in page(asking, "own")
    assert person.last_name not in page(first[0], "own")
    wishes = {row.asked_id: row for row in Swap.objects.all()}
    assert send(asking, "answer-swap", wishes[theirs[0].pk].pk, answer="agree").status_code == 404
    send(first[0], "answer-swap", wishes[theirs[0].pk].pk, answer="agree")
    mine.refresh_from_db(), theirs[0].refresh_from_db()
    assert (mine.session, theirs[0].session) == (later, session)
    assert sorted(Swap.objects.values_list("state", flat=True)) == ["agreed", "closed"]
    assert "Bi zamenjali mesti?" not in page(second[0], "own")


def test_nobody_to_change_places_with_is_said() -> None:
    client, person = employee()
    session = make_session(capacity=1)
    held = seat(session, person)
    full = make_session(session.course, starts_on=date(2026, 7, 1), capacity=1)
    seat(full, worker(), state=OfferState.OFFERED)
    response = send(client, "swap", held.pk, session=full.pk)
    assert response.status_code == 422
    assert "ni nikogar, s komer bi lahko zamenjali" in response.text
    assert send(client, "swap", held.pk, session=10**9).status_code == 422


# Why there is no seat


def reason(session: Session, person: Person, on: date = TODAY) -> str:
    return queries.explain(session, person.pk, on=on).kind


def test_every_refusal_is_explained() -> None:
    session = make_session(capacity=1)
    person = worker()
    assert reason(session, person) == "not_asked"
    operations.join_line(course_id=session.course_id, person_ids=[person.pk], at=NOW, actor=None)
    assert reason(session, person) == "next"
    holder = worker()
    held = seat(session, holder)
    told = queries.explain(session, person.pk, on=TODAY)
    assert (told.kind, told.place, told.length, told.seed) == ("in_line", 1, 1, queries.seed_of(session.pk))
    assert reason(session, person, on=date(2026, 6, 14)) == "too_near"
    assert reason(session, make_person()) == "not_employed"
    for state in OfferState:
        SeatOffer.objects.filter(pk=held.pk).update(state=state)
        expected = "cancelled" if state == OfferState.WITHDRAWN else str(state)
        assert reason(session, holder) == expected
    Objection.objects.create(offer=held, reason="Dopusti.", objected_at=NOW)
    assert "Dopusti." in " ".join(why(queries.explain(session, holder.pk, on=TODAY)))
    SeatOffer.objects.filter(pk=held.pk).update(state=OfferState.ACCEPTED)
    Objection.objects.all().delete()
    other = make_session(session.course, starts_on=date(2026, 7, 1))
    assert reason(other, holder) == "other_session"
    elsewhere = make_session(make_course("T-2"))
    assert reason(elsewhere, holder) == "busy"
    elsewhere.status = "held"
    assert reason(elsewhere, holder) == "held"


def test_every_kind_of_explanation_has_words() -> None:
    for kind in WORDS:
        words = why(queries.Explanation(kind, day=TODAY, last=TODAY, reason="x", place=2, length=5, before=1, seed=3))
        assert all("%(" not in sentence for sentence in words)


def test_employee_reads_why_there_is_no_seat() -> None:
    client, person = employee()
    session = make_session(capacity=1)
    seat(session, worker())
    operations.join_line(course_id=session.course_id, person_ids=[person.pk], at=NOW, actor=None)
    text = page(client, "why", session.pk)
    assert "V vrsti ste 1. od 1." in text
    assert str(queries.seed_of(session.pk)) in text


def test_explanation_tells_of_nobody_else() -> None:
    client, _person = employee()
    session = make_session()
    stranger = worker()
    seat(session, stranger, state=OfferState.DECLINED)
    assert "odklonili" not in page(client, "why", session.pk)


def test_link_of_a_withdrawn_offer_says_why() -> None:
    person = worker()
    offer = seat(make_session(), person, state=OfferState.WITHDRAWN, token_digest=digest("a-long-personal-token"))
    Objection.objects.create(offer=offer, reason="Takrat je inventura.", objected_at=NOW)
    assert "Takrat je inventura." in page(Client(), "offer", "a-long-personal-token")


# The head


@pytest.fixture
def head() -> tuple[Client, Unit]:
    unit = make_unit(make_employer())
    client = Client()
    sign_in(client, Role.HEAD, unit.employer, unit)
    return client, unit


def test_head_objects_with_a_reason_and_within_the_days(head: tuple[Client, Unit], settings: Any) -> None:
    client, unit = head
    person = worker(unit, email="ana@example.org")
    offer = seat(make_session(), person, state=OfferState.OFFERED, offered_on=TODAY)
    assert person.last_name in page(client, "head-desk")
    assert send(client, "object", offer.pk).status_code == 422
    settings.KAZIPOT_TODAY = "2026-06-07"
    late = send(client, "object", offer.pk, reason="Dopusti.")
    assert (late.status_code, SeatOffer.objects.get().state) == (422, OfferState.OFFERED)
    settings.KAZIPOT_TODAY = "2026-06-06"
    assert send(client, "object", offer.pk, reason="Dopusti.").status_code == 302
    assert SeatOffer.objects.get().state == OfferState.WITHDRAWN
    assert "Dopusti." in OutgoingMessage.objects.get(key__startswith="training.objection").body


def test_head_sees_their_own_people_only(head: tuple[Client, Unit]) -> None:
    client, _unit = head
    stranger = worker()
    offer = seat(make_session(), stranger)
    assert stranger.last_name not in page(client, "head-desk")
    assert send(client, "object", offer.pk, reason="x").status_code == 404


def test_head_notes_the_answer_of_who_has_neither_mail_nor_phone(head: tuple[Client, Unit]) -> None:
    client, unit = head
    session = make_session()
    alone, reached = worker(unit), worker(unit, phone="041 123 456")
    offer, other = seat(session, alone, state=OfferState.OFFERED), seat(session, reached, state=OfferState.OFFERED)
    assert page(client, "head-desk").count("Zapiši odgovor") == 1
    assert send(client, "note-answer", offer.pk, answer="accept").status_code == 422
    assert send(client, "note-answer", offer.pk, answer="accept", said="on").status_code == 302
    assert send(client, "note-answer", other.pk, answer="accept", said="on").status_code == 422
    offer.refresh_from_db(), other.refresh_from_db()
    assert (offer.state, other.state) == (OfferState.ACCEPTED, OfferState.OFFERED)
    assert AuditEvent.objects.get(verb="training.answer_offer").actor is not None


def test_head_desk_takes_as_many_queries_for_one_row_as_for_three(
    head: tuple[Client, Unit], django_assert_num_queries: Any
) -> None:
    client, unit = head
    session = make_session(capacity=5)
    seat(session, worker(unit))
    page(client, "head-desk")
    with django_assert_num_queries(9):
        page(client, "head-desk")
    seat(session, worker(unit)), seat(session, worker(unit))
    with django_assert_num_queries(9):
        page(client, "head-desk")


def test_desk_tells_head_and_human_resources_what_waits(head: tuple[Client, Unit]) -> None:
    client, unit = head
    seat(make_session(), worker(unit), state=OfferState.OFFERED)
    assert "1 oseba vam pove, ali mesto sprejme" in client.get(reverse("desk")).text
    hr = Client()
    sign_in(hr, Role.HR, unit.employer)
    assert "Na listek čaka 1 ponujeno mesto." in hr.get(reverse("desk")).text


# Slips


@pytest.fixture
def service() -> Client:
    client = Client()
    sign_in(client, Role.SERVICE, make_employer())
    return client


def slips(service: Client) -> str:
    response = service.post(reverse("training:print-slips", args=("MU",)))
    assert response.headers["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(response.content)).pages
    return "\n".join(found.extract_text() for found in pages)


def code_in(text: str, name: str) -> str:
    """The code on the slip of this person."""
    return re.findall(r"\b(?:[a-z0-9]{4}-){2}[a-z0-9]{4}\b", text[text.rindex(name) :])[0]


def test_code_of_a_slip_opens_the_offer_on_any_device(service: Client) -> None:
    unit = make_unit(make_employer())
    person = worker(unit)
    offer = seat(make_session(), person, state=OfferState.OFFERED)
    seat(offer.session, worker(unit, email="b@example.org"), state=OfferState.OFFERED)
    assert "Na listek čaka 1 ponudba." in page(service, "slips")
    code = code_in(slips(service), person.last_name)
    tablet = Client()
    assert send(tablet, "enter", code="aaaa-bbbb-cccc").status_code == 422
    assert send(tablet, "enter", code=code.upper()).status_code == 302
    assert send(tablet, "here", answer="accept").status_code == 200
    offer.refresh_from_db()
    assert offer.state == OfferState.ACCEPTED
    assert "Zapusti to napravo" in page(tablet, "here")
    send(tablet, "leave")
    assert tablet.get(reverse("training:here")).status_code == 302
    assert offer.session.course.title_sl in page(Client(), "offer", code)


def test_newer_slip_replaces_the_older_one(service: Client) -> None:
    person = worker(make_unit(make_employer()))
    seat(make_session(), person, state=OfferState.OFFERED)
    older, newer = (code_in(slips(service), person.last_name) for _ in range(2))
    assert Client().get(reverse("training:offer", args=(older,))).status_code == 404
    assert Client().get(reverse("training:offer", args=(newer,))).status_code == 200


def test_slips_are_sorted_by_unit_and_workplace(service: Client) -> None:
    units = [make_unit(make_employer(), code=code) for code in ("B-1", "A-1")]
    session = make_session(capacity=9)
    people = [worker(units[number % 2], last_name=name) for number, name in enumerate(("Žagar", "Čuk", "Cedilnik"))]
    for person in people:
        seat(session, person, state=OfferState.OFFERED)
    made = operations.make_seat_slips(employer_ids=[units[0].employer_id], at=NOW, actor=None)
    assert [slip.name.split()[-1] for slip in made] == ["Čuk", "Cedilnik", "Žagar"]
    assert made[0].detail.startswith("Iskanje, 15.\N{NO-BREAK SPACE}6.\N{NO-BREAK SPACE}2026 ob 9.00")


def test_no_slip_is_needed_is_said(service: Client) -> None:
    assert "Listka ne potrebuje nihče" in send(service, "print-slips", "MU", follow=True).text


def test_guessing_codes_is_stopped(monkeypatch: Any) -> None:
    monkeypatch.setattr(guessing, "LIMIT", 2)
    client = Client()
    for _ in range(2):
        assert client.get(reverse("training:offer", args=("aaaa-bbbb-cccc",))).status_code == 404
    assert client.get(reverse("training:offer", args=("aaaa-bbbb-cccc",))).status_code == 429
    assert send(client, "enter", code="x").status_code == 429


# The Service changes and cancels


def test_change_is_looked_at_before_it_is_made(service: Client) -> None:
    session = make_session(capacity=2)
    seat(session, worker(email="a@example.org")), seat(session, worker(), state=OfferState.OFFERED)
    told = {
        "starts_on": "2026-06-22", "ends_on": "2026-06-22", "begins_at": "10:00", "closes_at": "12:00",
        "place": "Trubarjeva 5", "capacity": 3,
    }  # fmt: skip
    looked = send(service, "change-session", session.pk, **told)
    assert looked.status_code == 200
    for words in ("Obveščena bo 1 oseba s sprejetim mestom", "1 od njih nima e-pošte", "1 novo mesto bo ponujeno"):
        assert words in looked.text
    session.refresh_from_db()
    assert (session.starts_on, OutgoingMessage.objects.count()) == (date(2026, 6, 15), 0)
    assert send(service, "change-session", session.pk, **told, confirm="yes").status_code == 302
    session.refresh_from_db()
    assert (session.starts_on, session.capacity, session.sequence) == (date(2026, 6, 22), 3, 1)


def test_change_counts_those_who_sit_elsewhere_on_the_new_day() -> None:
    session, elsewhere = make_session(), make_session(make_course("T-2"), starts_on=date(2026, 6, 22))
    person = worker()
    seat(session, person), seat(elsewhere, person)
    when = queries.When(
        date(2026, 6, 22), date(2026, 6, 22), session.begins_at, session.closes_at, session.place, session.capacity
    )
    assert queries.preview_of_change(session, when, on=TODAY).clashing == 1


def test_cancellation_is_looked_at_before_it_is_made(service: Client) -> None:
    session = make_session()
    make_session(session.course, starts_on=date(2026, 7, 1))
    own, other = worker(make_unit(make_employer())), worker(make_unit(make_employer("JHL", kind="public_company")))
    seat(session, own), seat(session, other)
    looked = send(service, "cancel", session.pk, because="bolezen")
    assert "Spet so v vrsti za 1 drugo izvedbo tečaja" in looked.text
    assert own.name in looked.text
    assert other.key in looked.text
    assert other.name not in looked.text
    assert send(service, "cancel", session.pk, because="bolezen", confirm="yes").status_code == 302
    assert set(SeatOffer.objects.values_list("state", flat=True)) == {OfferState.WITHDRAWN}


def test_change_that_breaks_a_rule_says_so(service: Client) -> None:
    session = make_session(capacity=2)
    seat(session, worker()), seat(session, worker())
    told = {
        "starts_on": "2026-06-22", "ends_on": "2026-06-22", "begins_at": "10:00", "closes_at": "12:00",
        "place": "x", "capacity": 1, "confirm": "yes",
    }  # fmt: skip
    response = send(service, "change-session", session.pk, **told)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"capacity"}


# The calendar


def test_calendar_file_holds_the_accepted_seats() -> None:
    client, person = employee()
    session = make_session()
    held = seat(session, person)
    seat(make_session(make_course("T-2"), starts_on=date(2026, 7, 1)), person, state=OfferState.DECLINED)
    found = vobject.readOne(client.get(reverse("training:own-calendar")).content.decode())
    (event,) = found.vevent_list
    assert event.summary.value == session.course.title_sl
    assert event.uid.value.startswith(f"seat-{held.pk}-{session.pk}")
    assert event.dtstart.value == datetime(2026, 6, 15, 7, tzinfo=UTC)
    assert found.method.value == "PUBLISH"


def test_answer_at_the_desk_is_refused_for_who_has_an_account() -> None:
    _client, person = employee()
    offer = seat(make_session(), person, state=OfferState.OFFERED)
    with pytest.raises(ReachedOtherwise):
        operations.answer_at_desk(offer_id=offer.pk, accept=True, at=NOW, actor=None)
