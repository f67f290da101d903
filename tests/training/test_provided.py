"""Timetables, materials, attendance and invoices come in through a provider's own page, whole or not at all."""

import io
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kazipot.foundation.errors import InputRefused, Problem
from kazipot.foundation.roles import Role
from kazipot.foundation.tables import csv_bytes, xlsx_bytes
from kazipot.organisation.models import Person
from kazipot.training import exports, operations, queries
from kazipot.training.errors.supply import (
    CourseMissing,
    FileNotTaken,
    NoSuchFile,
    NothingToInvoice,
    OverBudget,
    TimetableSettled,
    TooManyMaterials,
)
from kazipot.training.imports.timetable import read_timetable
from kazipot.training.models import Attendance, Course, Invoice, Material, ProposedSession, Session, Timetable
from tests.factories.organisation import make_employer, make_employment, make_person, make_unit, sign_in
from tests.factories.training import (
    AT,
    make_bid,
    make_contact,
    make_contract,
    make_course,
    make_inquiry,
    make_offer,
    make_session,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 1)
HELD = datetime(2026, 6, 15, 16, tzinfo=UTC)
PDF = b"%PDF-1.7\nsome pages\n%%EOF\n"
COLUMNS = (
    "šifra tečaja", "prvi dan", "zadnji dan", "začetek", "konec", "kraj", "prostor", "izmena", "mest",
    "najmanj udeležencev", "cena izvedbe", "cena na osebo", "jezik", "v delovnem času", "brez ovir",
    "brezplačna odpoved (dni prej)", "pozna odpoved (%)",
)  # fmt: skip
SOUND = (
    "T-1", date(2026, 9, 1), None, "9:00", "14.30", "Mestna hiša", "učilnica 2", "dopoldanska izmena", 20,
    8, "1200,50", 12, "sl", "da", "ne", 7, 50,
)  # fmt: skip


def workbook(*rows: Any, columns: Any = COLUMNS) -> bytes:
    return xlsx_bytes(columns, rows, title="Urnik")


def changed(**cells: Any) -> tuple[Any, ...]:
    """The sound row with other cells, by heading (with _ for spaces)."""
    names = [name.replace(" ", "_") for name in COLUMNS]
    return tuple(cells.get(name, cell) for name, cell in zip(names, SOUND, strict=True))


def read(content: bytes, *, of_catalogue: bool = True) -> list[dict[str, Any]]:
    return read_timetable("urnik.xlsx", content, courses={"T-1": 7}, on=TODAY, of_catalogue=of_catalogue)


def faults(content: bytes) -> list[Problem]:
    with pytest.raises(InputRefused) as refused:
        read(content)
    return refused.value.problems


def test_sound_timetable_is_read_whole() -> None:
    assert read(workbook(SOUND)) == [
        {
            "course_id": 7, "starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 1), "begins_at": time(9),
            "closes_at": time(14, 30), "place": "Mestna hiša", "room": "učilnica 2", "shift": "morning",
            "capacity": 20, "min_people": 8, "price_fixed": Decimal("1200.50"), "price_per_head": Decimal(12),
            "language": "sl", "in_working_time": True, "is_accessible": False, "free_cancellation_days": 7,
            "late_cancellation_share": 50,
        }
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "field", "remedy"),
    [
        ({"šifra_tečaja": "T-9"}, "šifra tečaja", "Vpišite eno od tega: T-1."),
        ({"prvi_dan": "31. 2. 2026"}, "prvi dan", "Dan napišite takole: 31. 12. 2024."),
        ({"prvi_dan": date(2026, 4, 30)}, "prvi dan", "Izberite poznejši dan."),
        ({"prvi_dan": date(2026, 12, 25)}, "prvi dan", "Izberite delovni dan."),
        ({"zadnji_dan": date(2026, 8, 31)}, "zadnji dan", "Popravite enega od obeh dni."),
        ({"začetek": "25:00"}, "začetek", "Uro vpišite kot 9:00."),
        ({"konec": "8:00"}, "konec", "Popravite eno od obeh ur."),
        ({"kraj": ""}, "kraj", "Izpolnite ga."),
        ({"mest": "veliko"}, "mest", "Vpišite celo število od 1 do 10000."),
        ({"mest": 0}, "mest", "Vpišite celo število od 1 do 10000."),
        ({"najmanj_udeležencev": 21}, "najmanj udeležencev", "Znižajte število ali povečajte število mest."),
        ({"cena_izvedbe": "-5"}, "cena izvedbe", "Evre vpišite kot 1200,50, brez drugih znakov."),
        ({"jezik": "de"}, "jezik", "Vpišite eno od tega: Slovensko, Angleško."),
        ({"v_delovnem_času": "morda"}, "v delovnem času", "Vpišite da ali ne."),
        ({"pozna_odpoved_(%)": 101}, "pozna odpoved (%)", "Vpišite celo število od 0 do 100."),
    ],
)
def test_faulty_cell_is_named_with_its_remedy(cells: dict[str, Any], field: str, remedy: str) -> None:
    found = faults(workbook(SOUND, changed(prostor="3", **cells)))
    assert [(fault.row, fault.field, fault.remedy) for fault in found] == [(3, field, remedy)]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    found = faults(workbook(changed(kraj="", mest=0, prostor="3"), changed(konec="8:00")))
    told = [(fault.row, fault.field) for fault in found]
    assert told == [(2, "mest"), (2, "kraj"), (3, "konec")]


def test_same_session_twice_is_a_fault() -> None:
    assert [(fault.row, fault.field) for fault in faults(workbook(SOUND, SOUND))] == [(3, "prvi dan")]


def test_missing_column_is_named() -> None:
    found = faults(workbook(SOUND[1:], columns=COLUMNS[1:]))
    assert [(fault.row, fault.remedy) for fault in found] == [(1, "Dodajte stolpec »šifra tečaja«.")]


def test_timetable_of_an_offer_names_no_course() -> None:
    assert "course_id" not in read(workbook(SOUND[1:], columns=COLUMNS[1:]), of_catalogue=False)[0]


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.99])
def test_half_written_workbook_is_refused(part: float) -> None:
    whole = workbook(SOUND)
    found = faults(whole[: int(part * len(whole))])
    assert [fault.remedy for fault in found] == ["Še enkrat ga shranite kot XLSX ali CSV."]


def test_timetable_comes_as_a_workbook_only() -> None:
    found = faults(csv_bytes(COLUMNS, [SOUND]))
    assert [fault.remedy for fault in found] == ["Prenesite predlogo in jo izpolnite."]


@pytest.mark.parametrize("language", ["sl", "en"])
@pytest.mark.parametrize("of_catalogue", [True, False])
def test_template_that_is_filled_in_is_read_again(language: str, of_catalogue: bool) -> None:
    with override(language):
        content = exports.timetable_template([("T-1", "Iskanje")], on=TODAY, of_catalogue=of_catalogue)
        book = openpyxl.load_workbook(io.BytesIO(content))
        sheet = book.worksheets[0]
        row = list(SOUND if of_catalogue else SOUND[1:])
        for column, value in enumerate(row, start=1):
            sheet.cell(2, column, "morning" if value == "dopoldanska izmena" else value)
        out = io.BytesIO()
        book.save(out)
        read_again = read(out.getvalue(), of_catalogue=of_catalogue)
    assert [(row["capacity"], row["shift"], row["closes_at"]) for row in read_again] == [(20, "morning", time(14, 30))]
    assert len(sheet.data_validations.dataValidation) == 14 + of_catalogue


def proposed(course: Course | None = None, *, inquiry_id: int | None = None, provider_id: int = 0) -> Timetable:
    row = {
        "course_id": course.pk if course else None, "starts_on": date(2026, 9, 1), "ends_on": date(2026, 9, 1),
        "place": "Mestna hiša", "room": "2", "shift": "morning", "capacity": 10, "min_people": 4,
        "price_fixed": Decimal(600), "free_cancellation_days": 7, "late_cancellation_share": 50,
    }  # fmt: skip
    return operations.send_timetable(
        provider_id=course.provider_id if course else provider_id, inquiry_id=inquiry_id, filename="urnik.xlsx",
        rows=[row, {**row, "starts_on": date(2026, 9, 2), "ends_on": date(2026, 9, 2)}], at=AT,
    )  # fmt: skip


def accept(timetable: Timetable, contract_id: int | None = None) -> list[Session]:
    return operations.accept_timetable(timetable_id=timetable.pk, contract_id=contract_id, at=AT, actor=None)


def test_accepted_timetable_becomes_sessions_with_its_terms() -> None:
    course = make_course()
    timetable = proposed(course)
    contract = make_contract(course.provider_id)
    accept(timetable, contract.pk)
    told = ("room", "shift", "min_people", "late_cancellation_share", "contract")
    assert list(Session.objects.order_by("starts_on").values_list(*told)) == [("2", "morning", 4, 50, contract.pk)] * 2
    with pytest.raises(TimetableSettled):
        accept(timetable)
    with pytest.raises(TimetableSettled):
        operations.refuse_timetable(timetable_id=timetable.pk, because="x", at=AT, actor=None)


def test_timetable_that_a_contract_cannot_pay_plans_nothing() -> None:
    course = make_course()
    timetable = proposed(course)
    contract = make_contract(course.provider_id, budget=1_199)
    with pytest.raises(OverBudget, match="le še 599"):
        accept(timetable, contract.pk)
    assert not Session.objects.exists()
    assert Timetable.objects.get().state == "proposed"


def test_newer_timetable_replaces_the_one_that_waits() -> None:
    course = make_course()
    proposed(course)
    newer = proposed(course)
    assert list(Timetable.objects.values_list("pk", flat=True)) == [newer.pk]
    accept(newer)
    proposed(course)
    assert Timetable.objects.count() == 2


def test_timetable_of_an_offer_waits_for_its_course() -> None:
    provider = make_course().provider
    make_contact(provider.pk)
    inquiry = make_inquiry([provider])
    bid = make_bid(inquiry, provider)
    timetable = proposed(inquiry_id=inquiry.pk, provider_id=provider.pk)
    with pytest.raises(CourseMissing):
        accept(timetable)
    operations.decide(inquiry_id=inquiry.pk, bid_id=bid.pk, reasons="x", fewer_because="", at=AT, actor=None)
    course = operations.take_up(inquiry_id=inquiry.pk, code="NOV", title_sl="x", title_en="x", at=AT, actor=None)
    assert {session.course_id for session in accept(timetable)} == {course.pk}


def add(session: Session, **told: Any) -> Material:
    values = {"title": "Prosojnice", "link": "", "filename": "prosojnice.pdf", "content": PDF, **told}
    return operations.add_material(session_id=session.pk, at=AT, **values)


def test_material_is_a_file_or_a_link() -> None:
    session = make_session()
    assert add(session).size == len(PDF)
    assert add(session, link="https://izvajalec.example/a", filename="", content=None).content is None
    for told in ({"link": "https://izvajalec.example/a"}, {"content": None}):
        with pytest.raises(NoSuchFile):
            add(session, **told)


@pytest.mark.parametrize(
    ("filename", "content"),
    [
        ("program.exe", b"MZ\x90\x00"),
        ("stran.html", b"<script>alert(1)</script>"),
        ("prosojnice.pdf", b"<html>not a PDF</html>"),
        ("prosojnice.pdf", PDF[:-8]),
        ("slika.png", b"\x89PNG\r\n\x1a\n half a picture"),
        ("slika.jpg", b"\xff\xd8\xff half a picture"),
        ("tabela.xlsx", workbook(SOUND)[:-40]),
        ("tabela.xlsx", b"PK\x03\x04"),
        ("veliko.pdf", PDF[:9] + b"0" * operations.MOST_BYTES + PDF[9:]),
        ("brez", PDF),
    ],
)  # fmt: skip
def test_half_written_too_large_or_strange_file_is_refused(filename: str, content: bytes) -> None:
    session = make_session()
    with pytest.raises(FileNotTaken, match="največ 10 MB"):
        add(session, filename=filename, content=content)
    assert not Material.objects.exists()


@pytest.mark.parametrize("filename", ["urnik.xlsx", "URNIK.XLSX"])
def test_whole_workbook_is_taken(filename: str) -> None:
    assert add(make_session(), filename=filename, content=workbook(SOUND)).filename == filename


def test_session_has_no_more_than_twenty_materials() -> None:
    session = make_session()
    for _ in range(20):
        add(session)
    with pytest.raises(TooManyMaterials):
        add(session)


def test_only_a_session_that_was_held_is_invoiced_and_the_invoice_can_be_corrected() -> None:
    session = make_session()
    told = {"session_id": session.pk, "issued_on": date(2026, 6, 16), "amount": Decimal(640), "at": HELD}
    with pytest.raises(NothingToInvoice):
        operations.note_invoice(reference="R-1", **told)
    operations.record_attendance(session_id=session.pk, present=[], at=HELD, actor=None)
    operations.note_invoice(reference="R-1", **told)
    operations.note_invoice(reference="R-2", **told)
    assert [row.reference for row in Invoice.objects.all()] == ["R-2"]


def page_of(course: Course) -> str:
    """The secret of a link to the provider's page."""
    contact = make_contact(course.provider_id)
    return operations.send_link(contact_id=contact.pk, at=AT, actor=None)


def file_of(content: bytes, name: str = "urnik.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def test_provider_sends_a_timetable_and_the_service_accepts_it(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-05-01"
    course = make_course("T-1")
    token = page_of(course)
    address = reverse("training:provider-timetable", args=[token])
    refused = client.post(address, file_of(workbook(changed(kraj=""))))
    assert refused.status_code == 422
    assert "kraj" in refused.text
    assert not Timetable.objects.exists()
    assert client.post(address, file_of(workbook(SOUND))).status_code == 302
    assert [row.price_fixed for row in ProposedSession.objects.all()] == [Decimal("1200.50")]
    service = Client()
    sign_in(service, Role.SERVICE, make_employer())
    settle = reverse("training:timetable", args=[Timetable.objects.get().pk])
    assert settle in service.get(reverse("training:inquiries")).text
    assert service.post(settle, {"answer": "refuse"}).status_code == 422
    assert service.post(settle, {"answer": "accept"}).status_code == 302
    assert Session.objects.get().capacity == 20
    assert "sprejeto" in client.get(reverse("training:provider-page", args=[token])).text


def test_refused_timetable_tells_the_provider_why(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-05-01"
    course = make_course()
    token = page_of(course)
    proposed(course)
    sign_in(client, Role.SERVICE, make_employer())
    settle = reverse("training:timetable", args=[Timetable.objects.get().pk])
    assert client.post(settle, {"answer": "refuse", "because": "prevelike skupine"}).status_code == 302
    assert "prevelike skupine" in Client().get(reverse("training:provider-page", args=[token])).text
    assert not Session.objects.exists()


def test_provider_keeps_attendance_of_its_own_people_only(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-15"
    course = make_course("T-1")
    own, other = make_session(course), make_session(make_course("T-2"))
    unit = make_unit()
    ana, bor = (make_employment(person=make_person(last_name=name), unit=unit).person for name in ("Anič", "Borič"))
    make_offer(own, ana, unit, state="accepted")
    make_offer(other, bor, unit, state="accepted")
    token = page_of(course)
    page = client.get(reverse("training:provider-session", args=[token, own.pk])).text
    assert "Anič" in page
    assert "Borič" not in page
    assert client.get(reverse("training:provider-session", args=[token, other.pk])).status_code == 404
    record = reverse("training:provider-attendance", args=[token, own.pk])
    assert client.post(record, {"present": [bor.pk]}).status_code == 422
    assert client.post(record, {"present": [ana.pk]}).status_code == 302
    assert [(row.person_id, row.attended) for row in Attendance.objects.all()] == [(ana.pk, True)]
    elsewhere = reverse("training:provider-attendance", args=[token, other.pk])
    assert client.post(elsewhere, {"present": [bor.pk]}).status_code == 404


def test_names_are_gone_from_the_providers_page_a_month_after_the_session(client: Client, settings: Any) -> None:
    session = make_session()
    unit = make_unit()
    person = make_employment(person=make_person(last_name="Anič"), unit=unit).person
    make_offer(session, person, unit, state="accepted")
    token = page_of(session.course)
    pages = [
        reverse(f"training:{name}", args=[token, session.pk]) for name in ("provider-session", "provider-attendance")
    ]
    settings.KAZIPOT_TODAY = "2026-07-15"
    assert ["Anič" in client.get(page).text for page in pages] == [True, True]
    settings.KAZIPOT_TODAY = "2026-07-16"
    assert "Anič" not in client.get(pages[0]).text
    assert client.get(pages[1]).status_code == 404


def test_materials_reach_those_with_a_seat_and_nobody_else(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    course = make_course()
    session = make_session(course)
    token = page_of(course)
    address = reverse("training:provider-session", args=[token, session.pk])
    assert client.post(address, {"title": "Prosojnice", **file_of(PDF[:-8], "a.pdf")}).status_code == 422
    assert client.post(address, {"title": "Povezava", "link": "http://izvajalec.example"}).status_code == 422
    assert client.post(address, {"title": "Prosojnice", **file_of(PDF, "a.pdf")}).status_code == 302
    material = Material.objects.get()
    employer = make_employer()
    unit = make_unit(employer=employer)
    seated, stranger = Client(), Client()
    user = sign_in(seated, Role.EMPLOYEE, employer, unit=unit)
    sign_in(stranger, Role.EMPLOYEE, employer, unit=unit)
    make_offer(session, Person.objects.get(user=user), unit, state="accepted")
    file = reverse("training:material", args=[material.pk])
    answer = seated.get(file)
    assert (answer.status_code, answer.content) == (200, PDF)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert stranger.get(file).status_code == 404
    assert "Prosojnice" in seated.get(reverse("training:session", args=[session.pk])).text
    assert "Prosojnice" not in stranger.get(reverse("training:session", args=[session.pk])).text
    assert client.post(reverse("training:provider-remove-material", args=[token, material.pk])).status_code == 302
    assert not Material.objects.exists()


def test_session_page_of_a_provider_takes_as_many_queries_for_one_person_as_for_three(
    client: Client, settings: Any, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    session = make_session(capacity=5)
    token = page_of(session.course)
    unit = make_unit()

    def more() -> None:
        make_offer(session, make_employment(person=make_person(), unit=unit).person, unit, state="accepted")
        add(session)

    more()
    for name, args in (("provider-session", [token, session.pk]), ("provider-page", [token])):
        page = reverse(f"training:{name}", args=args)
        client.get(page)
        with django_assert_max_num_queries(9) as few:
            client.get(page)
        more(), more()
        with django_assert_num_queries(len(few.captured_queries)):
            client.get(page)
        assert queries.accepted_counts([session.pk])
