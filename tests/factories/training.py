"""Courses, sessions and offers for tests."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kazipot.framework.operations import install_shipped_frameworks
from kazipot.framework.queries import competences, framework_by_version
from kazipot.organisation.models import Person, Unit
from kazipot.training import operations, queries
from kazipot.training.models import Bid, Contract, Course, Inquiry, Provider, ProviderContact, SeatOffer, Session

AT = datetime(2026, 5, 1, 8, tzinfo=UTC)


def make_course(code: str = "T-1", *, security: bool = False) -> Course:
    """A course in the first competence of DigComp 2.2, from level 0 to level 4."""
    install_shipped_frameworks(at=AT)
    framework = framework_by_version("DigComp", "2.2")
    assert framework is not None
    provider = operations.add_provider(code=f"P-{code}", name="Izvajalec", kind="company", at=AT, actor=None)
    first = competences(framework.pk)[0]
    return operations.add_course(
        code=code, provider_id=provider.pk, framework_id=framework.pk, title_sl="Iskanje", title_en="Searching",
        is_digital_security=security, competences=[operations.CourseSpan(first.id, 0, 4)], at=AT, actor=None,
    )  # fmt: skip


def make_session(course: Course | None = None, *, starts_on: date = date(2026, 6, 15), capacity: int = 2) -> Session:
    """A planned session of one day."""
    return operations.plan_session(
        course_id=(course or make_course()).pk, starts_on=starts_on, ends_on=starts_on, place="Mestna hiša",
        capacity=capacity, trainer_id=None, at=AT, actor=None,
    )  # fmt: skip


def make_offer(session: Session, person: Person, unit: Unit, token_digest: str = "", **changes: object) -> SeatOffer:
    """An open offer of a seat."""
    fields = {
        "session": session, "person": person, "employer": unit.employer, "unit": unit, "reason": "need",
        "token_digest": token_digest or f"digest-{session.pk}-{person.pk}", "offered_at": AT,
        "offered_on": AT.date(), "answer_by": date(2026, 6, 14),
    }  # fmt: skip
    return SeatOffer.objects.create(**{**fields, **changes})


def make_contact(provider_id: int, email: str = "ponudbe@izvajalec.example") -> ProviderContact:
    """Somebody at a provider to write to."""
    return operations.add_contact(
        provider_id=provider_id, name="Vida Vzorčna", email=email, phone="", language="sl", at=AT, actor=None
    )


def make_provider(code: str) -> Provider:
    """A provider with a contact."""
    provider = operations.add_provider(code=code, name=f"Izvajalec {code}", kind="company", at=AT, actor=None)
    make_contact(provider.pk, f"{code.lower()}@izvajalec.example")
    return provider


def make_inquiry(providers: Sequence[Provider], **changes: Any) -> Inquiry:
    """A course for 30 people in the first competence is needed; offers until 20 May 2026."""
    install_shipped_frameworks(at=AT)
    framework = framework_by_version("DigComp", "2.2")
    assert framework is not None
    told = {
        "title": "Tabele za začetnike", "description": "Vaje na primerih iz dela.", "framework_id": framework.pk,
        "spans": [operations.CourseSpan(competences(framework.pk)[0].id, 0, 2)], "mode": "room", "language": "sl",
        "seats": 30, "deadline": date(2026, 5, 20), "estimated_value": Decimal(4_000), "is_special_service": False,
        "provider_ids": [provider.pk for provider in providers], "at": AT, "actor": None,
    }  # fmt: skip
    return operations.seek_offers(**{**told, **changes})


TERMS = {
    "price_fixed": Decimal(600), "price_per_head": Decimal(10), "seats": 15, "hours": Decimal(6), "mode": "room",
    "language": "sl", "accessibility": "", "valid_until": date(2026, 8, 1), "note": "",
}  # fmt: skip


def make_bid(inquiry: Inquiry, provider: Provider, *, at: datetime = AT, **changes: Any) -> Bid:
    """A provider's offer: two sessions of 15 people, 600 € each and 10 € a head."""
    asked = queries.asked_provider(inquiry.pk, provider.pk)
    assert asked is not None
    return operations.send_bid(asked_id=asked.pk, terms={**TERMS, **changes}, filename="", content=None, at=at)


def make_contract(provider_id: int, reference: str = "430-1/2026", budget: int = 10_000) -> Contract:
    """A framework agreement for the year 2026."""
    return operations.add_contract(
        provider_id=provider_id, kind="framework", reference=reference, title="Digitalna izobraževanja",
        signed_on=date(2025, 12, 15), valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1), budget=Decimal(budget),
        prices=[operations.Price("tečaj v učilnici", "session", Decimal(600))], at=AT, actor=None,
    )  # fmt: skip
