"""When somebody leaves, what is open follows the unit; meetings, tasks and the path of new advisors."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from django.test import Client

from kazipot.advisors import errors, operations, queries
from kazipot.advisors.choices import AppointmentRole
from kazipot.advisors.models import Appointment, AssignmentShare, Handover, Meeting, Thread
from kazipot.advisors.operations import Planned
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.organisation.models import Employment, RoleGrant
from tests.factories import organisation
from tests.factories.advisors import make_appointment, make_meeting, make_share, make_thread

pytestmark = pytest.mark.django_db
AT = datetime(2026, 5, 4, 8, tzinfo=UTC)
TODAY = date(2026, 5, 4)


def colleague(unit: Any, **kwargs: Any) -> Any:
    person = organisation.make_person(**kwargs)
    organisation.make_employment(person=person, unit=unit)
    return person


def holders(unit: Any) -> tuple[Any, Any]:
    return Thread.objects.get(unit=unit).holder, AssignmentShare.objects.get(unit=unit).holder


@pytest.fixture
def open_things() -> Any:
    former = make_appointment()
    asker = colleague(former.unit)
    make_thread(asker, former.person, former.unit)
    make_share(former.unit, former.person)
    return former


def test_what_is_open_passes_to_the_deputy_then_to_the_successor(open_things: Any) -> None:
    unit = open_things.unit
    deputy, successor = (colleague(unit, email=f"{name}@example.org") for name in ("namestnica", "naslednik"))
    Appointment.objects.create(
        unit=unit, person=deputy, role=AppointmentRole.DEPUTY, valid_from=date(2024, 1, 1), decision_reference="1"
    )
    Employment.objects.filter(person=open_things.person).update(valid_to=TODAY)
    operations.watch(at=AT)
    assert holders(unit) == (deputy, deputy)
    operations.appoint(
        unit_id=unit.pk, person_id=successor.pk, valid_from=TODAY, decision_reference="2", at=AT, actor=None
    )
    operations.watch(at=AT)
    assert holders(unit) == (successor, successor)
    last = Handover.objects.latest("pk")
    assert (last.giver, last.taker, len(last.thread_ids), len(last.share_ids)) == (deputy, successor, 1, 1)
    told = OutgoingMessage.objects.filter(key__startswith="advisors.handover").values_list("recipient", flat=True)
    assert sorted(told) == ["namestnica@example.org", "naslednik@example.org"]


def test_deputy_keeps_what_was_passed_on_to_them(open_things: Any) -> None:
    unit = open_things.unit
    deputy = colleague(unit)
    made = Appointment.objects.create(
        unit=unit, person=deputy, role=AppointmentRole.DEPUTY, valid_from=date(2024, 1, 1), decision_reference="1"
    )
    operations.pass_on(thread_id=Thread.objects.get().pk, holder_id=deputy.pk, at=AT, actor=None)
    operations.watch(at=AT)
    assert holders(unit) == (deputy, open_things.person)
    operations.end(appointment_id=made.pk, on=TODAY, because="odhod", at=AT, actor=None)
    assert holders(unit) == (open_things.person, open_things.person)


def test_without_anybody_the_service_holds_it_until_there_is_a_successor(open_things: Any) -> None:
    unit = open_things.unit
    operations.end(appointment_id=open_things.pk, on=TODAY, because="odhod", at=AT, actor=None)
    assert holders(unit) == (None, None)
    successor = colleague(unit)
    operations.appoint(
        unit_id=unit.pk, person_id=successor.pk, valid_from=TODAY, decision_reference="2", at=AT, actor=None
    )
    assert holders(unit) == (successor, successor)
    assert operations.hand_over(on=TODAY, at=AT) == 0


def test_future_end_hands_nothing_over_before_its_day(open_things: Any) -> None:
    operations.end(appointment_id=open_things.pk, on=TODAY + timedelta(days=9), because="odhod", at=AT, actor=None)
    assert holders(open_things.unit) == (open_things.person, open_things.person)
    operations.watch(at=AT + timedelta(days=9))
    assert holders(open_things.unit) == (None, None)


def test_question_never_passes_to_who_asked_it(open_things: Any) -> None:
    unit, asker = open_things.unit, Thread.objects.get().asker
    operations.replace(
        appointment_id=open_things.pk, person_id=asker.pk, on=TODAY, because="zamenjava", decision_reference="2",
        at=AT, actor=None,
    )  # fmt: skip
    assert holders(unit) == (None, asker)


def test_successor_sees_the_hand_over_page_and_others_do_not(open_things: Any, client: Client) -> None:
    unit = open_things.unit
    successor = colleague(unit)
    user = organisation.make_user(person=successor)
    operations.replace(
        appointment_id=open_things.pk, person_id=successor.pk, on=TODAY, because="odhod", decision_reference="2",
        at=AT, actor=None,
    )  # fmt: skip
    handover = Handover.objects.latest("pk")
    client.force_login(user)
    page = client.get(f"/advisors/handovers/{handover.pk}/").content.decode()
    assert "Kako podpišem dokument?" in page
    assert "Popis naprav" in page
    organisation.sign_in(client, Role.SERVICE, unit.employer)
    assert client.get(f"/advisors/handovers/{handover.pk}/").status_code == 404


def test_role_comes_and_goes_with_the_appointment() -> None:
    unit = organisation.make_unit()
    person = colleague(unit)
    user = organisation.make_user(person=person)
    made = operations.appoint(
        unit_id=unit.pk, person_id=person.pk, valid_from=TODAY, decision_reference="1", at=AT, actor=None
    )
    grant = RoleGrant.objects.get(user=user)
    assert (grant.role, grant.unit, grant.valid_from, grant.valid_to) == (Role.ADVISOR, unit, TODAY, None)
    operations.end(appointment_id=made.pk, on=date(2026, 8, 1), because="x", at=AT, actor=None)
    grant.refresh_from_db()
    assert grant.valid_to == date(2026, 8, 1)


def test_account_made_after_the_appointment_gets_the_role() -> None:
    appointment = make_appointment()
    operations.watch(at=AT)
    assert RoleGrant.objects.count() == 0
    organisation.make_user(person=appointment.person)
    for _ in range(2):
        operations.watch(at=AT)
    assert [grant.unit for grant in RoleGrant.objects.all()] == [appointment.unit]


def test_task_is_shared_done_and_counted() -> None:
    first, second = make_appointment(), make_appointment()
    operations.give_assignment(
        title="Popis", text="", due_on=date(2026, 6, 30), unit_ids=[first.unit_id, second.unit_id], at=AT, actor=None
    )
    share = queries.shares_to_do(first.person_id).get()
    operations.finish_share(share_id=share.pk, note="12 naprav", at=AT, actor=None)
    (row,) = queries.assignments()
    assert (row.shared, row.done) == (2, 1)  # type: ignore[attr-defined]
    with pytest.raises(errors.ShareIsDone):
        operations.finish_share(share_id=share.pk, note="", at=AT, actor=None)
    with pytest.raises(errors.NobodyToAsk):
        operations.give_assignment(title="x", text="", due_on=TODAY, unit_ids=[], at=AT, actor=None)


def test_path_has_due_days_after_the_first_day_and_is_ticked_off() -> None:
    appointment = make_appointment(valid_from=date(2026, 4, 1))
    person_id = appointment.person_id
    steps = queries.path_of(person_id, on=TODAY)
    assert [step.due_on for step in steps] == sorted(step.due_on for step in steps)
    assert (steps[0].code, steps[0].due_on, steps[0].done_at) == ("decision", date(2026, 4, 8), None)
    operations.tick_step(person_id=person_id, step="decision", done=True, at=AT, actor=None)
    assert queries.path_of(person_id, on=TODAY)[0].done_at == AT
    operations.tick_step(person_id=person_id, step="decision", done=False, at=AT, actor=None)
    assert queries.path_of(person_id, on=TODAY)[0].done_at is None
    with pytest.raises(errors.UnknownStep):
        operations.tick_step(person_id=person_id, step="nothing", done=True, at=AT, actor=None)
    assert queries.path_of(organisation.make_person().pk, on=TODAY) == []


def planned(hour: int = 9, **kwargs: Any) -> Planned:
    begin = datetime(2026, 6, 10, hour, tzinfo=UTC)
    told = {"title": "Srečanje", "place": "Dvorana", "agenda": "1. Uvod", "starts_at": begin,
            "ends_at": begin + timedelta(hours=1), **kwargs}  # fmt: skip
    return Planned(**told)


def invitations() -> list[tuple[str, str, str, str]]:
    rows = OutgoingMessage.objects.filter(key__startswith="advisors.meeting").order_by("pk")
    found = []
    for row in rows:
        event = vobject.readOne(row.calendar).vevent
        found.append((row.calendar_method, event.uid.value, event.sequence.value, event.status.value))
    return found


def test_meeting_is_called_changed_and_cancelled_in_the_calendars_of_its_guests() -> None:
    guest = make_appointment().person
    guest.email = "ana@example.org"
    guest.save()
    meeting = operations.call_meeting(planned=planned(), person_ids=[guest.pk], at=AT, actor=None)
    operations.change_meeting(meeting_id=meeting.pk, planned=planned(11), at=AT, actor=None)
    operations.cancel_meeting(meeting_id=meeting.pk, because="bolezen", at=AT, actor=None)
    meeting.refresh_from_db()
    uid = f"{meeting.uid}@kazipot"
    assert invitations() == [
        ("REQUEST", uid, "0", "CONFIRMED"), ("REQUEST", uid, "1", "CONFIRMED"), ("CANCEL", uid, "2", "CANCELLED"),
    ]  # fmt: skip
    with pytest.raises(errors.MeetingIsOff):
        operations.change_meeting(meeting_id=meeting.pk, planned=planned(), at=AT, actor=None)


def test_guest_learns_no_other_guests_address() -> None:
    people = [make_appointment().person for _ in range(2)]
    for number, person in enumerate(people):
        person.email = f"p{number}@example.org"
        person.save()
    operations.call_meeting(planned=planned(), person_ids=[person.pk for person in people], at=AT, actor=None)
    for row in OutgoingMessage.objects.all():
        other = "p1@example.org" if row.recipient == "p0@example.org" else "p0@example.org"
        assert other not in row.calendar + row.body


def test_meeting_that_ends_before_it_begins_or_has_nobody_is_refused() -> None:
    with pytest.raises(errors.EndsTooEarly):
        operations.call_meeting(planned=planned(ends_at=AT), person_ids=[1], at=AT, actor=None)
    with pytest.raises(errors.NobodyToAsk):
        operations.call_meeting(planned=planned(), person_ids=[], at=AT, actor=None)
    assert Meeting.objects.count() == 0


def test_minutes_say_who_was_there() -> None:
    people = [organisation.make_person() for _ in range(3)]
    meeting = make_meeting(*people)
    with pytest.raises(errors.NotYetHeld):
        operations.record_minutes(meeting_id=meeting.pk, minutes="…", attended=[], at=AT, actor=None)
    later = datetime(2026, 6, 11, tzinfo=UTC)
    there = [people[0].pk, people[2].pk]
    operations.record_minutes(meeting_id=meeting.pk, minutes="Sklep 1", attended=there, at=later, actor=None)
    assert [guest.attended for guest in queries.guests_of(meeting.pk).order_by("person_id")] == [True, False, True]


def test_meeting_is_a_file_for_the_calendar(client: Client) -> None:
    meeting = make_meeting(place="Mestni trg 1")
    organisation.sign_in(client, Role.SERVICE, organisation.make_employer())
    content = client.get(f"/advisors/meetings/{meeting.pk}/meeting.ics").content.decode()
    event = vobject.readOne(content).vevent
    assert (event.location.value, event.dtstart.value) == ("Mestni trg 1", meeting.starts_at)


def test_directory_is_searched_by_unit_and_name_whatever_the_letters() -> None:
    sport = organisation.make_unit(name_sl="Oddelek za šport", code="OS")
    for unit, name in ((sport, "Čuk"), (organisation.make_unit(name_sl="Oddelek za zdravje", code="OZ"), "Kos")):
        make_appointment(unit, colleague(unit, last_name=name))
    organisation.make_unit(name_sl="Oddelek brez svetovalca za šport")
    assert [row.unit.code for row in queries.directory(TODAY)] == ["OS", "OZ"]
    for words in ("sport", "cuk", "ŠPORT čuk"):
        assert [row.unit.code for row in queries.directory(TODAY, search=words)] == ["OS"]
    assert queries.directory(TODAY, search="šport kos") == []
