"""Who may open which page about providers, offers sought, need beside seats; and a provider's own pages."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kazipot.foundation.models import User
from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import digest
from kazipot.training import operations, queries
from kazipot.training.models import CatalogueUpload, Material, ProviderLink, Session, Timetable
from tests.access_table import Case, Page, World, cases, everybody, make_world, only
from tests.factories.training import (
    AT,
    make_bid,
    make_contact,
    make_contract,
    make_course,
    make_inquiry,
    make_offer,
    make_provider,
    make_session,
)
from tests.training.test_supply_match import line, publish

TOKEN = "the-personal-link-of-a-provider"
PDF = b"%PDF-1.7 a short one %%EOF"


def of_provider(world: World) -> dict[str, Any]:
    provider = make_provider("A")
    make_contract(provider.pk)
    return {"code": provider.code}


def of_contact(world: World) -> dict[str, Any]:
    provider = make_provider("A")
    return {"code": provider.code, "contact_id": queries.contacts_of(provider.pk)[0].pk}


def of_contract(world: World) -> dict[str, Any]:
    return {"contract_id": make_contract(make_provider("A").pk).pk}


def of_inquiry(world: World) -> dict[str, Any]:
    """Two offers came, a third provider has not answered."""
    providers = [make_provider(code) for code in ("A", "B", "C")]
    inquiry = make_inquiry(providers)
    make_bid(inquiry, providers[0])
    make_bid(inquiry, providers[1], seats=10, mode="online")
    return {"inquiry_id": inquiry.pk}


def of_decision(world: World) -> dict[str, Any]:
    provider = make_provider("A")
    inquiry = make_inquiry([provider])
    bid = make_bid(inquiry, provider)
    operations.decide(inquiry_id=inquiry.pk, bid_id=bid.pk, reasons="Edina.", fewer_because="", at=AT, actor=None)
    return {"inquiry_id": inquiry.pk}


def of_bid_file(world: World) -> dict[str, Any]:
    provider = make_provider("A")
    inquiry = make_inquiry([provider])
    bid = make_bid(inquiry, provider)
    type(bid).objects.filter(pk=bid.pk).update(filename="ponudba.pdf", content=PDF)
    return {"inquiry_id": inquiry.pk, "bid_id": bid.pk}


def timetable_of(provider_id: int, course_id: int) -> Timetable:
    row = {
        "course_id": course_id, "starts_on": date(2027, 9, 1), "ends_on": date(2027, 9, 1), "place": "Mestna hiša",
        "capacity": 10,
    }  # fmt: skip
    return operations.send_timetable(provider_id=provider_id, inquiry_id=None, filename="urnik.xlsx", rows=[row], at=AT)


def of_timetable(world: World) -> dict[str, Any]:
    course = make_course()
    return {"timetable_id": timetable_of(course.provider_id, course.pk).pk}


def of_analysis(world: World) -> dict[str, Any]:
    """Analyses that tell the demand are published, so that the page of any year has something to show."""
    session = make_session(capacity=3)
    for year in range(2025, 2041):
        publish(session.course, {0: line(8, None, 2, 0, people=14), 1: line(5, 0, 0, 0)}, year=year)
    return {}


def of_year(world: World) -> dict[str, Any]:
    return {**of_analysis(world), "year": 2026}


def of_upload(world: World) -> dict[str, Any]:
    """Somebody else's file: nobody sees it."""
    user = User.objects.create(username="somebody-else")
    return {"upload_id": CatalogueUpload.objects.create(user=user, uploaded_at=AT, filename="x.csv", content=b"x").pk}


def held(world: World) -> Session:
    session = make_session()
    make_offer(session, world.person, world.unit, state="accepted")
    return session


def material_of(session: Session) -> Material:
    return operations.add_material(
        session_id=session.pk, title="Prosojnice", link="", filename="prosojnice.pdf", content=PDF, at=AT
    )


def of_material(world: World) -> dict[str, Any]:
    return {"material_id": material_of(held(world)).pk}


def link_to(provider_id: int) -> dict[str, Any]:
    contact = make_contact(provider_id, "povezava@izvajalec.example")
    ProviderLink.objects.create(
        provider_id=provider_id, contact=contact, token_digest=digest(TOKEN), made_at=AT, expires_on=date(2100, 1, 1)
    )
    return {"token": TOKEN}


def of_link(world: World) -> dict[str, Any]:
    """A provider with an inquiry, a timetable and a session."""
    session = held(world)
    provider = session.course.provider
    told = link_to(provider.pk)
    timetable_of(provider.pk, session.course_id)
    make_inquiry([provider], deadline=date(2099, 1, 1))
    return told


def of_own_inquiry(world: World) -> dict[str, Any]:
    provider = make_provider("A")
    return {**link_to(provider.pk), "inquiry_id": make_inquiry([provider], deadline=date(2099, 1, 1)).pk}


def of_own_session(world: World) -> dict[str, Any]:
    """A session far ahead, whose people are named."""
    session = held(world)
    Session.objects.filter(pk=session.pk).update(starts_on=date(2098, 1, 7), ends_on=date(2098, 1, 7))
    material_of(session)
    return {**link_to(session.course.provider_id), "session_id": session.pk}


def of_own_material(world: World) -> dict[str, Any]:
    session = held(world)
    return {**link_to(session.course.provider_id), "material_id": material_of(session).pk}


SEES = {Role.SERVICE: 200, Role.AUDITOR: 200}
PAGES = [
    Page("training:provider", only(SEES), of_provider),
    Page("training:change-provider", only({Role.SERVICE: 200}), of_provider),
    Page("training:change-provider", only({Role.SERVICE: 422}), of_provider, method="POST"),
    Page("training:new-contact", only({Role.SERVICE: 200}), of_provider),
    Page("training:new-contact", only({Role.SERVICE: 422}), of_provider, method="POST"),
    Page("training:remove-contact", only({Role.SERVICE: 200}), of_contact),
    Page("training:remove-contact", only({Role.SERVICE: 302}), of_contact, method="POST"),
    Page("training:send-provider-link", only({Role.SERVICE: 200}), of_contact),
    Page("training:send-provider-link", only({Role.SERVICE: 302}), of_contact, method="POST"),
    Page("training:revoke-provider-links", only({Role.SERVICE: 200}), of_provider),
    Page("training:revoke-provider-links", only({Role.SERVICE: 302}), of_provider, method="POST"),
    Page("training:new-contract", only({Role.SERVICE: 200}), of_provider),
    Page("training:new-contract", only({Role.SERVICE: 422}), of_provider, method="POST"),
    Page("training:contract", only(SEES), of_contract),
    Page("training:annex", only({Role.SERVICE: 200}), of_contract),
    Page("training:annex", only({Role.SERVICE: 422}), of_contract, method="POST"),
    Page("training:inquiries", only(SEES)),
    Page("training:new-inquiry", only({Role.SERVICE: 200})),
    Page("training:new-inquiry", only({Role.SERVICE: 422}), method="POST"),
    Page("training:inquiry", only(SEES), of_inquiry),
    Page("training:decide", only({Role.SERVICE: 200}), of_inquiry),
    Page("training:decide", only({Role.SERVICE: 422}), of_inquiry, method="POST"),
    Page("training:call-off", only({Role.SERVICE: 200}), of_inquiry),
    Page("training:call-off", only({Role.SERVICE: 422}), of_inquiry, method="POST"),
    Page("training:take-up", only({Role.SERVICE: 200}), of_decision),
    Page("training:take-up", only({Role.SERVICE: 422}), of_decision, method="POST"),
    Page("training:bid-file", only(SEES), of_bid_file),
    Page("training:timetable", only({Role.SERVICE: 200}), of_timetable),
    Page("training:timetable", only({Role.SERVICE: 422}), of_timetable, method="POST"),
    Page("training:supply-match", everybody(200), of_analysis),
    Page("training:supply-chart", everybody(200), of_year),
    Page("training:catalogue-import", only({Role.SERVICE: 200})),
    Page("training:catalogue-import", only({Role.SERVICE: 422}), method="POST"),
    Page("training:catalogue-preview", only({Role.SERVICE: 404}), of_upload),
    Page("training:material", {**everybody(404), Role.SERVICE: 200}, of_material),
    Page("training:provider-page", everybody(200, public=200), of_link),
    Page("training:provider-bid", everybody(200, public=200), of_own_inquiry),
    Page("training:provider-bid", everybody(422, public=422), of_own_inquiry, method="POST"),
    Page("training:provider-no-bid", everybody(302, public=302), of_own_inquiry, method="POST"),
    Page("training:provider-timetable", everybody(200, public=200), of_link),
    Page("training:provider-timetable", everybody(422, public=422), of_link, method="POST"),
    Page("training:provider-template", everybody(200, public=200), of_link),
    Page("training:provider-session", everybody(200, public=200), of_own_session),
    Page("training:provider-session", everybody(422, public=422), of_own_session, method="POST"),
    Page("training:provider-attendance", everybody(200, public=200), of_own_session),
    Page("training:provider-invoice", everybody(200, public=200), of_own_session),
    Page("training:provider-invoice", everybody(422, public=422), of_own_session, method="POST"),
    Page("training:provider-material", everybody(200, public=200), of_own_material),
    Page("training:provider-remove-material", everybody(200, public=200), of_own_material),
    Page("training:provider-remove-material", everybody(302, public=302), of_own_material, method="POST"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("case", cases(PAGES), ids=str)
def test_page_answers_as_the_table_says(case: Case, client: Client) -> None:
    case.check(client)


OPENED_BY_LINK = [page for page in PAGES if page.name.startswith("training:provider-")]


@pytest.mark.django_db
@pytest.mark.parametrize("page", OPENED_BY_LINK, ids=lambda page: f"{page.method}-{page.name}")
@pytest.mark.parametrize("state", ["unknown", "withdrawn", "old"])
def test_link_that_no_longer_works_opens_nothing(page: Page, state: str, client: Client) -> None:
    """Unknown, withdrawn and old links are the same 404."""
    told = page.kwargs(make_world(own=True))
    if state == "unknown":
        told["token"] = "another-secret"
    changes = {"withdrawn": {"revoked_at": AT}, "old": {"expires_on": date(2026, 1, 1)}, "unknown": {}}[state]
    if changes:
        ProviderLink.objects.update(**changes)
    ask = client.post if page.method == "POST" else client.get
    assert ask(reverse(page.name, kwargs=told)).status_code == 404
