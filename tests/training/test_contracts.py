"""Contracts have days and money; sessions draw on them and no more than there is."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.training import operations, queries
from kazipot.training.errors.supply import (
    ContactTaken,
    ContractEndsBeforeItBegins,
    NotInForce,
    OverBudget,
    ReferenceTaken,
)
from kazipot.training.models import Contract, Course, Provider, ProviderContact, ProviderLink, Session
from tests.factories.organisation import make_employer, sign_in
from tests.factories.training import AT, make_contract, make_course, make_provider

pytestmark = pytest.mark.django_db


@pytest.fixture
def service(client: Client, settings: Any) -> Client:
    settings.KAZIPOT_TODAY = "2026-06-01"
    sign_in(client, Role.SERVICE, make_employer())
    return client


def plan(course: Course, contract: Contract, on: date = date(2026, 6, 15), **changes: Any) -> Session:
    told = {"capacity": 10, "price_fixed": Decimal(600), "price_per_head": Decimal(20), **changes}
    return operations.plan_session(
        course_id=course.pk, starts_on=on, ends_on=on, place="Mestna hiša", trainer_id=None, contract_id=contract.pk,
        at=AT, actor=None, **told,
    )  # fmt: skip


def test_sessions_draw_on_a_contract_as_if_full_until_the_invoice_is_known() -> None:
    course = make_course()
    contract = make_contract(course.provider_id, budget=2_000)
    session = plan(course, contract)
    assert queries.drawn([contract.pk])[contract.pk] == queries.Drawn(Decimal(800), Decimal(0))
    operations.record_attendance(session_id=session.pk, present=[], at=AT.replace(month=7), actor=None)
    operations.note_invoice(
        session_id=session.pk, reference="R-1", issued_on=date(2026, 7, 1), amount=Decimal(700), at=AT
    )
    assert queries.drawn([contract.pk])[contract.pk] == queries.Drawn(Decimal(700), Decimal(700))


def test_cancelled_session_gives_the_money_back() -> None:
    course = make_course()
    contract = make_contract(course.provider_id)
    session = plan(course, contract)
    operations.cancel_session(session_id=session.pk, because="x", at=AT, actor=None)
    assert queries.drawn([contract.pk])[contract.pk] == queries.Drawn()


def test_session_that_a_contract_cannot_pay_is_not_planned() -> None:
    course = make_course()
    contract = make_contract(course.provider_id, budget=1_500)
    plan(course, contract)
    with pytest.raises(OverBudget, match="le še 700"):
        plan(course, contract)
    assert Session.objects.count() == 1


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2027, 1, 1)])
def test_contract_pays_only_on_its_days(on: date) -> None:
    course = make_course()
    with pytest.raises(NotInForce):
        plan(course, make_contract(course.provider_id), on=on)


def test_contract_pays_only_its_own_provider() -> None:
    with pytest.raises(NotInForce):
        plan(make_course(), make_contract(make_provider("A").pk))


def test_reference_is_used_once_and_days_are_in_order() -> None:
    provider = make_provider("A")
    make_contract(provider.pk)
    with pytest.raises(ReferenceTaken):
        make_contract(provider.pk)
    contract = Contract.objects.get()
    with pytest.raises(ContractEndsBeforeItBegins):
        operations.change_contract(
            contract_id=contract.pk, title="x", valid_to=date(2026, 1, 1), budget=Decimal(1), at=AT, actor=None
        )


def test_annex_leaves_at_least_what_is_ordered() -> None:
    course = make_course()
    contract = make_contract(course.provider_id)
    plan(course, contract)
    told = {"contract_id": contract.pk, "title": "Novo", "valid_to": date(2027, 7, 1), "at": AT, "actor": None}
    with pytest.raises(OverBudget):
        operations.change_contract(budget=Decimal(799), **told)
    operations.change_contract(budget=Decimal(800), **told)
    found = Contract.objects.get()
    assert (found.title, found.budget, found.valid_to) == ("Novo", Decimal(800), date(2027, 7, 1))


def test_contact_is_kept_once_whatever_its_capitals() -> None:
    provider = make_provider("A")
    with pytest.raises(ContactTaken):
        operations.add_contact(
            provider_id=provider.pk, name="x", email="A@Izvajalec.example", phone="", language="sl", at=AT, actor=None
        )


def test_link_of_a_removed_contact_stops_working() -> None:
    provider = make_provider("A")
    contact = ProviderContact.objects.get()
    operations.send_link(contact_id=contact.pk, at=AT, actor=None)
    assert queries.links_of(provider.pk, on=AT.date()).count() == 1
    operations.remove_contact(contact_id=contact.pk, at=AT, actor=None)
    assert not ProviderLink.objects.exists()


def test_provider_is_kept_on_its_pages(service: Client) -> None:
    provider = make_provider("A")

    def post(name: str, told: dict[str, Any], *args: Any) -> int:
        return int(service.post(reverse(f"training:{name}", args=args), told).status_code)

    assert post("change-provider", {"name": "Novo ime", "kind": "university"}, "A") == 302
    assert Provider.objects.get().name == "Novo ime"
    contact = {"name": "Ana", "email": "ana@izvajalec.example", "language": "en"}
    assert post("new-contact", contact, "A") == 302
    assert post("new-contact", contact, "A") == 422
    added = ProviderContact.objects.get(email="ana@izvajalec.example")
    assert post("send-provider-link", {}, "A", added.pk) == 302
    assert OutgoingMessage.objects.get().recipient == "ana@izvajalec.example"
    assert post("revoke-provider-links", {}, "A") == 302
    assert not queries.links_of(provider.pk, on=date(2026, 6, 1)).exists()
    assert post("remove-contact", {}, "A", added.pk) == 302
    contract = {
        "kind": "framework", "reference": "430-2/2026", "title": "Tečaji", "signed_on": "2026-01-05",
        "valid_from": "2026-02-01", "last_day": "2026-12-31", "budget": "5000", "what_1": "tečaj", "unit_1": "session",
        "price_1": "600", "unit_2": "session", "unit_3": "session", "unit_4": "session",
    }  # fmt: skip
    assert post("new-contract", {**contract, "price_1": ""}, "A") == 422
    assert post("new-contract", contract, "A") == 302
    made = Contract.objects.get()
    assert (made.valid_to, [(row.what, row.price) for row in queries.prices_of(made.pk)]) == (
        date(2027, 1, 1), [("tečaj", Decimal(600))],
    )  # fmt: skip
    assert post("annex", {"title": "Tečaji", "last_day": "2027-06-30", "budget": "6000"}, made.pk) == 302
    page = service.get(reverse("training:contract", args=[made.pk])).text
    assert "30.\xa06.\xa02027" in page
    assert "6.000 €" in page


def test_session_is_planned_with_its_terms_on_the_page(service: Client) -> None:
    course = make_course()
    contract = make_contract(course.provider_id)
    told = {
        "course": course.pk, "starts_on": "2026-06-20", "ends_on": "2026-06-20", "place": "Mestna hiša", "room": "2",
        "begins_at": "14:30", "closes_at": "18:00", "shift": "afternoon", "capacity": 10, "min_people": 6,
        "price_fixed": 600, "price_per_head": 0, "language": "sl", "free_cancellation_days": 7,
        "late_cancellation_share": 50, "contract": contract.pk, "is_accessible": "on",
    }  # fmt: skip
    assert service.post(reverse("training:new-session"), told).status_code == 302
    found = Session.objects.get()
    assert (found.room, found.shift, found.free_cancellation_days, found.late_cancellation_share) == (
        "2", "afternoon", 7, 50,
    )  # fmt: skip
    assert (found.in_working_time, found.is_accessible, f"{found.begins_at:%H:%M}") == (False, True, "14:30")
    page = service.get(reverse("training:session", args=[found.pk])).text
    assert "brezplačno do 7 dni prej, pozneje 50 % cene" in page
    assert contract.reference in page


def test_page_of_a_provider_takes_as_many_queries_for_one_contract_as_for_three(
    service: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    course = make_course()
    plan(course, make_contract(course.provider_id))
    page = reverse("training:provider", args=[course.provider.code])
    service.get(page)
    with django_assert_max_num_queries(14) as few:
        service.get(page)
    for number in (2, 3):
        plan(course, make_contract(course.provider_id, f"430-{number}/2026"))
    with django_assert_num_queries(len(few.captured_queries)):
        service.get(page)
