"""Who was there: signed in with a code on the trainer's phone, on paper, from a table; no-shows and corrections."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from kazipot.foundation.models import AuditEvent
from kazipot.foundation.roles import Role
from kazipot.foundation.tables import csv_bytes, read_table, xlsx_bytes
from kazipot.foundation.tokens import digest
from kazipot.organisation.models import Person
from kazipot.training import queries
from kazipot.training.models import Attendance, SeatOffer, Session
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in
from tests.factories.training import make_offer, make_session

pytestmark = pytest.mark.django_db
DAY = "2026-06-15"


@pytest.fixture(autouse=True)
def on_the_day(settings: Any) -> None:
    settings.KAZIPOT_TODAY = DAY


@pytest.fixture
def service() -> Client:
    client = Client()
    sign_in(client, Role.SERVICE, make_employer())
    return client


def seats(number: int, session: Session | None = None) -> list[SeatOffer]:
    """So many accepted seats in one session."""
    found = session or make_session(capacity=number)
    jobs = [make_employment(person=make_person(last_name=f"Oseba{n}"), unit=make_unit()) for n in range(number)]
    return [make_offer(found, job.person, job.unit, state="accepted") for job in jobs]


def trainer_of(session: Session) -> Client:
    """A phone without an account on which the room's link was opened."""
    phone = Client()
    response = phone.get(reverse("training:enter-room", args=(queries.room_link_of(session.pk),)))
    assert response.status_code == 302
    return phone


def ticket(offer: SeatOffer) -> str:
    return reverse("training:ticket", args=(queries.ticket_of(offer.pk),))


def attendance() -> dict[int, bool]:
    return dict(Attendance.objects.values_list("person_id", "attended"))


def test_code_read_with_the_trainers_phone_signs_in() -> None:
    first, second = seats(2)
    phone = trainer_of(first.session)
    assert first.person.name in phone.get(ticket(first)).text
    assert attendance() == {}
    assert "Prijavljeno" in phone.post(ticket(first)).text
    assert phone.post(ticket(first)).status_code == 200
    assert attendance() == {first.person_id: True}
    assert Attendance.objects.get().source == "ticket"
    assert second.person.name in phone.get(reverse("training:room-here")).text


def test_code_does_nothing_on_any_other_phone() -> None:
    (offer,) = seats(1)
    phone = Client()
    for response in (phone.get(ticket(offer)), phone.post(ticket(offer))):
        assert "To kodo prebere predavatelj" in response.text
        assert offer.person.name not in response.text
    assert attendance() == {}


def test_trainer_of_another_session_signs_nobody_in() -> None:
    (offer,) = seats(1)
    other = make_session(offer.session.course, starts_on=date(2026, 6, 15))
    assert "To kodo prebere predavatelj" in trainer_of(other).post(ticket(offer)).text
    assert attendance() == {}


def test_made_up_codes_and_links_are_not_there() -> None:
    (offer,) = seats(1)
    for made_up in (f"{offer.pk}-0000000000000000", "x", "1-", f"-{queries.ticket_of(offer.pk)}"):
        assert Client().get(reverse("training:ticket", args=(made_up,))).status_code == 404
    for link in (str(offer.session_id), f"{offer.session_id}:x", queries.room_link_of(10**6)):
        assert Client().get(reverse("training:enter-room", args=(link,))).status_code == 404


@pytest.mark.parametrize(
    ("day", "status"), [("2026-06-13", 404), ("2026-06-14", 302), ("2026-06-22", 302), ("2026-06-23", 404)]
)
def test_room_is_open_from_the_day_before_to_a_week_after(settings: Any, day: str, status: int) -> None:
    settings.KAZIPOT_TODAY = day
    link = queries.room_link_of(seats(1)[0].session_id)
    assert Client().get(reverse("training:enter-room", args=(link,))).status_code == status


def test_slip_read_with_the_trainers_phone_signs_in_too() -> None:
    (offer,) = seats(1)
    SeatOffer.objects.update(token_digest=digest("abcdefgh2345"))
    slip = reverse("training:offer", args=("abcdefgh2345",))
    assert Client().get(slip).status_code == 200
    response = trainer_of(offer.session).get(slip)
    assert (response.status_code, response.headers["Location"]) == (302, ticket(offer))


def test_whoever_has_not_signed_in_did_not_come(service: Client) -> None:
    first, second = seats(2)
    room = reverse("training:room", args=(first.session_id,))
    service.post(room, {"sign_in": first.pk})
    service.post(room, {"sign_in": second.pk})
    service.post(room, {"undo": second.pk})
    assert attendance() == {first.person_id: True}
    assert "Navzoča je bila 1 oseba." in service.post(room, {"close": "yes"}, follow=True).text
    assert attendance() == {first.person_id: True, second.person_id: False}
    assert Session.objects.get().status == "held"
    assert "že zapisana" in service.post(room, {"sign_in": second.pk}, follow=True).text
    assert "že zapisana" in service.post(room, {"close": "yes"}, follow=True).text


def test_nobody_signs_in_before_the_day_or_without_a_seat(service: Client, settings: Any) -> None:
    first, second = seats(2)
    SeatOffer.objects.filter(pk=second.pk).update(state="declined")
    room = reverse("training:room", args=(first.session_id,))
    assert "nima sprejetega mesta" in service.post(room, {"sign_in": second.pk}, follow=True).text
    assert service.post(room, {"sign_in": 10**9}).status_code == 404
    settings.KAZIPOT_TODAY = "2026-06-14"
    assert "Prijava je mogoča na dneve izvedbe" in service.post(room, {"sign_in": first.pk}, follow=True).text
    assert attendance() == {}


def test_correction_needs_a_reason_and_keeps_it(service: Client) -> None:
    first, second = seats(2)
    page = reverse("training:attendance", args=(first.session_id,))
    assert service.post(page, {"present": [first.person_id]}).status_code == 302
    assert service.post(page, {"present": [second.person_id]}).status_code == 422
    assert attendance() == {first.person_id: True, second.person_id: False}
    assert service.post(page, {"present": [second.person_id], "because": "zamenjan podpis"}).status_code == 302
    assert attendance() == {first.person_id: False, second.person_id: True}
    assert set(Attendance.objects.values_list("corrected_because", flat=True)) == {"zamenjan podpis"}
    assert AuditEvent.objects.filter(verb="training.correct_attendance").count() == 2


def test_sheet_lists_everybody_with_room_for_a_signature(service: Client) -> None:
    offers = seats(3)
    response = service.get(reverse("training:sheet", args=(offers[0].session_id,)))
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    for words in (*(offer.person.last_name for offer in offers), "Podpis predavatelja", "Mestna hiša"):
        assert words in text


def table(service: Client, session: Session) -> tuple[list[str], list[list[Any]]]:
    """The table as it is downloaded."""
    content = service.get(reverse("training:sheet-table", args=(session.pk,))).content
    found = read_table("x.xlsx", content)
    return list(found.headings), [list(cells) for _line, cells in found.rows]


def upload(service: Client, session: Session, content: bytes, name: str = "x.xlsx", **told: str) -> Any:
    address = reverse("training:upload-attendance", args=(session.pk,))
    return service.post(address, {"file": SimpleUploadedFile(name, content), **told})


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_filled_in_table_records_the_attendance(service: Client, kind: str) -> None:
    first, second = seats(2)
    headings, rows = table(service, first.session)
    assert [row[1] for row in rows] == [first.person.name, second.person.name]
    rows[0][3], rows[1][3] = "da", "ne"
    content = csv_bytes(headings, rows) if kind == "csv" else xlsx_bytes(headings, rows, title="x")
    assert upload(service, first.session, content, f"x.{kind}").status_code == 302
    assert attendance() == {first.person_id: True, second.person_id: False}
    assert set(Attendance.objects.values_list("source", flat=True)) == {"file"}


def test_faulty_table_records_nothing_and_names_row_field_and_remedy(service: Client) -> None:
    first, _second, third = seats(3)
    headings, rows = table(service, first.session)
    rows[0][3], rows[1][3] = "da", "morda"
    rows[2] = [first.pk, "", "", "ne"]
    rows.append([10**6, "", "", "da"])
    response = upload(service, first.session, xlsx_bytes(headings, rows, title="x"))
    assert response.status_code == 422
    found = [(row.row, row.field) for row in response.context["problems"]]
    assert found == [(3, "Navzoči"), (4, "Številka"), (5, "Številka"), (None, "Številka")]
    for words in (
        "morda",
        "V polju ni ne »da« ne »ne«.",
        "Napišite da ali ne.",
        f"V tabeli manjka: {third.person.name}.",
    ):
        assert words in response.text
    assert attendance() == {}


def test_table_of_mixed_up_rows_is_refused(service: Client) -> None:
    first, _second = seats(2)
    headings, rows = table(service, first.session)
    for row in rows:
        row[3] = "da"
    rows[0][1], rows[1][1] = rows[1][1], rows[0][1]
    response = upload(service, first.session, xlsx_bytes(headings, rows, title="x"))
    assert [row.field for row in response.context["problems"]] == ["Ime", "Ime"]
    assert attendance() == {}


def test_table_without_its_columns_is_refused(service: Client) -> None:
    (offer,) = seats(1)
    response = upload(service, offer.session, csv_bytes(["Ime"], [["Ana"]]), "x.csv")
    assert [(row.row, row.field) for row in response.context["problems"]] == [(1, "Številka"), (1, "Navzoči")]


def test_trainer_without_a_seat_list_sees_names_of_their_session_only() -> None:
    (offer,) = seats(1)
    stranger = Person.objects.create(key="stranger", first_name="Eva", last_name="Tujka")
    text = trainer_of(offer.session).get(reverse("training:room-here")).text
    assert offer.person.name in text
    assert stranger.last_name not in text
