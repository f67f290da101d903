"""M3's supply in the demo city: contracts, offers sought and decided on, and a provider with a page of its own."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from kazipot.project.demo.city import City
from kazipot.training import operations, queries
from kazipot.training.operations import CourseSpan, Price

CONTRACTS_SIGNED, OFFERS_SOUGHT, OFFERS_MADE = date(2025, 12, 15), date(2026, 9, 7), date(2026, 9, 16)
DECIDED, COURSE_ADDED, SOUGHT_AGAIN = date(2026, 9, 28), date(2026, 10, 5), date(2026, 11, 9)
OFFERED_AGAIN, LAST_WEEK = date(2026, 11, 12), date(2026, 11, 18)
ASKED = ("UL-DEMO", "INST-DEMO", "DOO-DEMO")
CONTACTS = {
    "UL-DEMO": ("Breda Izmišljena", "izobrazevanja@univerza.example"),
    "INST-DEMO": ("Jernej Namišljen", "tecaji@institut.example"),
    "DOO-DEMO": ("Polona Zamišljena", "ponudbe@druzba.example"),
}
WITH_LINK = "DOO-DEMO"


def schedule(city: City) -> None:
    """Contracts for the year, one inquiry that ends in a course, one that is still open."""
    city.schedule(CONTRACTS_SIGNED, "contracts with providers", _contracts)
    city.schedule(OFFERS_SOUGHT, "offers for a course are sought", _seek)
    city.schedule(OFFERS_MADE, "providers make their offers", _offers)
    city.schedule(DECIDED, "an offer is chosen", _decide)
    city.schedule(COURSE_ADDED, "the chosen offer becomes a course", _take_up)
    city.schedule(SOUGHT_AGAIN, "offers for another course are sought", _seek_again)
    city.schedule(OFFERED_AGAIN, "the first offer comes", _first_offer)
    city.schedule(LAST_WEEK, "a provider works on its page", _provider_at_work)


def _provider_ids() -> dict[str, int]:
    return {row.code: row.pk for row in queries.providers()}


def _contracts(city: City, at: datetime) -> None:
    ids = _provider_ids()
    for number, (code, (name, email)) in enumerate(CONTACTS.items(), start=1):
        operations.add_contact(
            provider_id=ids[code], name=name, email=email, phone="01 000 00 00", language="sl", at=at,
            actor=city.service,
        )  # fmt: skip
        if code != "INST-DEMO":
            operations.add_contract(
                provider_id=ids[code], kind="framework", reference=f"430-{number}/2025",
                title="Izobraževanja za digitalne kompetence", signed_on=at.date(), valid_from=date(2026, 1, 1),
                valid_to=date(2028, 1, 1), budget=Decimal(36_000),
                prices=[Price("Delavnica v učilnici, do 20 udeležencev", "session", Decimal(640)),
                        Price("Spletna delavnica", "head", Decimal(28))],
                at=at, actor=city.service,
            )  # fmt: skip


def _seek(city: City, at: datetime) -> None:
    codes, ids = city.competence_ids["2.2"], _provider_ids()
    operations.seek_offers(
        title="Preglednice za delo na terenu",
        description="Za delavke in delavce, ki na terenu zapisujejo podatke. Vaje naj bodo na telefonu in tablici.",
        framework_id=city.framework_ids["2.2"],
        spans=[CourseSpan(codes["1.3"], 0, 2), CourseSpan(codes["3.1"], 0, 2)],
        mode="room", language="sl", seats=60, deadline=date(2026, 9, 25), estimated_value=Decimal(5_500),
        is_special_service=True, provider_ids=[ids[code] for code in ASKED], at=at, actor=city.service,
    )  # fmt: skip


def _bid(provider_id: int, at: datetime, price: int, head: int, seats: int, **changes: str) -> None:
    """The provider's offer to the latest inquiry."""
    inquiry = queries.inquiries()[0]
    asked = queries.asked_provider(inquiry.pk, provider_id)
    if asked is None:
        return
    terms = {
        "price_fixed": Decimal(price), "price_per_head": Decimal(head), "seats": seats, "hours": Decimal(6),
        "mode": "room", "language": "sl", "accessibility": "prostor brez stopnic, gradiva za bralnike zaslona",
        "valid_until": inquiry.deadline + timedelta(days=90), "note": "",
    }  # fmt: skip
    operations.send_bid(asked_id=asked.pk, terms={**terms, **changes}, filename="", content=None, at=at)


def _offers(city: City, at: datetime) -> None:
    ids = _provider_ids()
    _bid(ids["UL-DEMO"], at, 780, 0, 20, note="Predavata dve osebi, zato je vadbe več.")
    _bid(ids["INST-DEMO"], at, 0, 62, 15, mode="blended")
    _bid(ids["DOO-DEMO"], at, 690, 6, 20, accessibility="podnapisi")


def _decide(city: City, at: datetime) -> None:
    inquiry = queries.inquiries()[0]
    chosen = next(row for row in queries.compared(inquiry) if row.provider.startswith("Univerza"))
    operations.decide(
        inquiry_id=inquiry.pk,
        bid_id=chosen.bid.pk,
        reasons="Ponudba je skupaj najcenejša, tečaj poteka v učilnici, kot smo zahtevali, in vodita ga dve osebi.",
        fewer_because="",
        at=at,
        actor=city.service,
    )


def _take_up(city: City, at: datetime) -> None:
    inquiry = queries.inquiries()[0]
    operations.take_up(
        inquiry_id=inquiry.pk, code="TEREN", title_sl="Preglednice za delo na terenu",
        title_en="Spreadsheets for work in the field", at=at, actor=city.service,
    )  # fmt: skip


def _seek_again(city: City, at: datetime) -> None:
    codes, ids = city.competence_ids["2.2"], _provider_ids()
    operations.seek_offers(
        title="Umetna inteligenca pri pisarniškem delu",
        description="Kaj zmore, česa ne sme in kako preverimo, kar napiše.",
        framework_id=city.framework_ids["2.2"],
        spans=[CourseSpan(codes["1.2"], 1, 3), CourseSpan(codes["5.3"], 1, 3)],
        mode="blended", language="sl", seats=80, deadline=date(2026, 12, 4), estimated_value=Decimal(9_000),
        is_special_service=True, provider_ids=[ids[code] for code in ASKED], at=at, actor=city.service,
    )  # fmt: skip


def _first_offer(city: City, at: datetime) -> None:
    _bid(_provider_ids()["INST-DEMO"], at, 950, 0, 20, mode="blended")


def _provider_at_work(city: City, at: datetime) -> None:
    """A provider sends a timetable, materials and the numbers of its invoices; its link works on the last day."""
    provider_id = _provider_ids()[WITH_LINK]
    token = operations.send_link(contact_id=queries.contacts_of(provider_id)[0].pk, at=at, actor=city.service)
    city.links["provider"] = f"/training/for-providers/{token}/"
    course = queries.courses_of(provider_id)[0]
    days = [date(2027, 3, 2), date(2027, 3, 9), date(2027, 3, 16)]
    rows = [
        {
            "course_id": course.pk, "starts_on": on, "ends_on": on, "begins_at": time(8, 30), "closes_at": time(14, 30),
            "place": "Mestna hiša", "room": "učilnica 2", "shift": "morning", "capacity": 20, "min_people": 8,
            "price_fixed": Decimal(640), "free_cancellation_days": 7, "late_cancellation_share": 50,
        }
        for on in days
    ]  # fmt: skip
    operations.send_timetable(
        provider_id=provider_id, inquiry_id=None, filename="urnik-marec-2027.xlsx", rows=rows, at=at
    )
    held = list(queries.sessions_of_provider(provider_id).filter(status="held")[:2])
    for number, session in enumerate(held, start=1):
        operations.note_invoice(
            session_id=session.pk, reference=f"R-2026-{100 + number}", issued_on=session.ends_on,
            amount=Decimal(640), at=at,
        )  # fmt: skip
    if held:
        operations.add_material(
            session_id=held[0].pk, title="Zapiski in povezave", link="https://druzba.example/zapiski", filename="",
            content=None, at=at,
        )  # fmt: skip
