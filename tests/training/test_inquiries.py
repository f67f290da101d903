"""Offers are sought from several providers, stay closed until the last day, and are decided on with reasons."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from kazipot.foundation import audit
from kazipot.foundation.models import OutgoingMessage
from kazipot.foundation.roles import Role
from kazipot.foundation.tokens import digest
from kazipot.training import operations, queries
from kazipot.training.errors import CodeTaken, NoCompetence
from kazipot.training.errors.supply import (
    DeadlinePassed,
    InquiryIsOver,
    LawAsksForMore,
    MoreOffersWanted,
    NobodyToAsk,
    NoOfferChosen,
    OfferNotValid,
    OffersStillSealed,
)
from kazipot.training.models import Bid, Inquiry, ProviderLink
from tests.factories.organisation import make_employer, sign_in
from tests.factories.training import AT, TERMS, make_bid, make_inquiry, make_provider

pytestmark = pytest.mark.django_db
LATER = datetime(2026, 5, 21, 8, tzinfo=UTC)


def decide(inquiry: Inquiry, bid: Bid, *, at: datetime = LATER, fewer_because: str = "") -> Inquiry:
    return operations.decide(
        inquiry_id=inquiry.pk, bid_id=bid.pk, reasons="Najnižja cena.", fewer_because=fewer_because, at=at, actor=None
    )


def test_every_provider_gets_a_letter_with_its_own_link() -> None:
    one, other = make_provider("A"), make_provider("B")
    make_inquiry([one, other])
    letters = {letter.recipient: letter.body for letter in OutgoingMessage.objects.all()}
    assert letters.keys() == {"a@izvajalec.example", "b@izvajalec.example"}
    for provider in (one, other):
        body = letters[f"{provider.code.lower()}@izvajalec.example"]
        token = body.split("/for-providers/")[1].split("/")[0]
        assert ProviderLink.objects.get(token_digest=digest(token)).provider_id == provider.pk
        assert token not in str(ProviderLink.objects.values())


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"deadline": date(2026, 5, 1)}, DeadlinePassed),
        ({"provider_ids": []}, NobodyToAsk),
        ({"spans": []}, NoCompetence),
        ({"estimated_value": Decimal(40_000)}, LawAsksForMore),
        ({"estimated_value": Decimal(750_000), "is_special_service": True}, LawAsksForMore),
    ],
)
def test_faulty_inquiry_is_not_sent(change: dict[str, Any], error: type[Exception]) -> None:
    provider = make_provider("A")
    with pytest.raises(error):
        make_inquiry([provider], **change)
    assert (Inquiry.objects.count(), OutgoingMessage.objects.count()) == (0, 0)


def test_education_as_a_special_service_may_cost_more() -> None:
    make_inquiry([make_provider("A")], estimated_value=Decimal(40_000), is_special_service=True)
    assert Inquiry.objects.get().is_special_service


def test_provider_without_a_contact_is_named() -> None:
    lonely = operations.add_provider(code="X", name="Brez pošte", kind="company", at=AT, actor=None)
    with pytest.raises(NobodyToAsk, match="Brez pošte"):
        make_inquiry([make_provider("A"), lonely])
    assert not OutgoingMessage.objects.exists()


def test_offers_stay_closed_until_the_last_day_or_until_everybody_has_answered() -> None:
    providers = [make_provider(code) for code in "AB"]
    inquiry = make_inquiry(providers, estimated_value=Decimal(4_000))
    bid = make_bid(inquiry, providers[0])
    assert not queries.is_opened(inquiry, on=inquiry.deadline)
    with pytest.raises(OffersStillSealed, match="do 20"):
        decide(inquiry, bid, at=AT)
    assert queries.is_opened(inquiry, on=date(2026, 5, 21))
    asked = queries.asked_provider(inquiry.pk, providers[1].pk)
    assert asked
    operations.decline_to_bid(asked_id=asked.pk, at=AT)
    assert queries.is_opened(inquiry, on=AT.date())


def test_closed_offers_are_on_no_page(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-05-10"
    sign_in(client, Role.SERVICE, make_employer())
    providers = [make_provider(code) for code in "AB"]
    inquiry = make_inquiry(providers)
    bid = make_bid(inquiry, providers[0], price_fixed=Decimal("7654.32"))
    Bid.objects.update(filename="ponudba.pdf", content=b"%PDF-1.7 %%EOF")
    page, file = reverse("training:inquiry", args=[inquiry.pk]), reverse("training:bid-file", args=[inquiry.pk, bid.pk])
    assert "7.654,32" not in client.get(page).text
    assert client.get(file).status_code == 404
    settings.KAZIPOT_TODAY = "2026-05-21"
    assert "7.654,32" in client.get(page).text
    assert client.get(file).status_code == 200


def test_offer_may_be_replaced_until_the_last_day_and_not_after() -> None:
    provider = make_provider("A")
    inquiry = make_inquiry([provider])
    first = make_bid(inquiry, provider)
    assert make_bid(inquiry, provider, price_fixed=Decimal(500)).pk == first.pk
    assert Bid.objects.get().price_fixed == 500
    with pytest.raises(DeadlinePassed, match="do 20"):
        make_bid(inquiry, provider, at=LATER)
    with pytest.raises(OfferNotValid):
        make_bid(inquiry, provider, valid_until=date(2026, 5, 20))


def test_offers_are_compared_for_all_people_with_full_sessions() -> None:
    providers = [make_provider(code) for code in "ABC"]
    inquiry = make_inquiry(providers)
    make_bid(inquiry, providers[0])
    make_bid(inquiry, providers[1], price_fixed=Decimal(0), price_per_head=Decimal(45), mode="online")
    make_bid(inquiry, providers[2], seats=8, price_fixed=Decimal(400), price_per_head=Decimal(0), language="en")
    rows = queries.compared(inquiry)
    told = [(row.provider[-1], row.sessions, row.total, row.per_person, row.is_cheapest) for row in rows]
    assert told == [
        ("B", 2, Decimal(1_350), Decimal("45.00"), True),
        ("A", 2, Decimal(1_500), Decimal("50.00"), False),
        ("C", 4, Decimal(1_600), Decimal("53.33"), False),
    ]
    assert [(row.same_mode, row.same_language) for row in rows] == [
        (False, True), (True, True), (True, False),
    ]  # fmt: skip


def test_decision_keeps_its_reasons_and_tells_everybody_who_offered() -> None:
    providers = [make_provider(code) for code in "ABC"]
    inquiry = make_inquiry(providers)
    chosen, _other = make_bid(inquiry, providers[0]), make_bid(inquiry, providers[1])
    OutgoingMessage.objects.all().delete()
    decide(inquiry, chosen)
    found = Inquiry.objects.get()
    assert (found.status, found.chosen_id, found.reasons) == ("decided", chosen.pk, "Najnižja cena.")
    letters = dict(OutgoingMessage.objects.values_list("recipient", "body"))
    assert letters.keys() == {"a@izvajalec.example", "b@izvajalec.example"}
    assert letters["a@izvajalec.example"].startswith("Izbrali smo vašo ponudbo.")
    assert letters["b@izvajalec.example"].startswith("Izbrali smo drugo ponudbo.")
    assert audit.events()[0].verb == "training.decide"
    with pytest.raises(InquiryIsOver):
        decide(inquiry, chosen)
    with pytest.raises(InquiryIsOver):
        make_bid(inquiry, providers[2])


def test_fewer_offers_than_the_rule_wants_need_a_reason() -> None:
    provider = make_provider("A")
    inquiry = make_inquiry([provider], estimated_value=Decimal(5_000))
    bid = make_bid(inquiry, provider)
    with pytest.raises(MoreOffersWanted, match="Prispele ponudbe: 1; potrebne pri tej vrednosti: 3"):
        decide(inquiry, bid)
    decide(inquiry, bid, fewer_because="Drugih izvajalcev ni.")
    assert Inquiry.objects.get().fewer_because == "Drugih izvajalcev ni."


def test_below_the_threshold_a_single_offer_suffices() -> None:
    provider = make_provider("A")
    inquiry = make_inquiry([provider], estimated_value=Decimal("4999.99"))
    decide(inquiry, make_bid(inquiry, provider))
    assert Inquiry.objects.get().fewer_because == ""


def test_offer_of_another_inquiry_or_past_its_validity_is_not_chosen() -> None:
    one, other = make_provider("A"), make_provider("B")
    inquiry, elsewhere = make_inquiry([one]), make_inquiry([other])
    bid, stranger = make_bid(inquiry, one), make_bid(elsewhere, other)
    with pytest.raises(OfferNotValid):
        decide(inquiry, stranger)
    with pytest.raises(OfferNotValid):
        decide(inquiry, bid, at=datetime(2026, 8, 2, 8, tzinfo=UTC))


def test_called_off_inquiry_tells_everybody_who_was_asked_why() -> None:
    providers = [make_provider(code) for code in "AB"]
    inquiry = make_inquiry(providers)
    OutgoingMessage.objects.all().delete()
    operations.call_off(inquiry_id=inquiry.pk, because="ni denarja", at=AT, actor=None)
    assert OutgoingMessage.objects.filter(body__contains="ni denarja").count() == 2
    with pytest.raises(InquiryIsOver):
        operations.call_off(inquiry_id=inquiry.pk, because="x", at=AT, actor=None)


def test_chosen_offer_becomes_a_course_once() -> None:
    provider = make_provider("A")
    inquiry = make_inquiry([provider])
    bid = make_bid(inquiry, provider, mode="online", hours=Decimal("7.5"), accessibility="podnapisi")
    told = {"inquiry_id": inquiry.pk, "title_sl": "Tabele", "title_en": "Tables", "at": LATER, "actor": None}
    with pytest.raises(NoOfferChosen):
        operations.take_up(code="TABELE", **told)
    decide(inquiry, bid)
    course = operations.take_up(code="TABELE", **told)
    assert (course.provider_id, course.mode, course.hours, course.accessibility) == (
        provider.pk, "online", Decimal("7.5"), "podnapisi",
    )  # fmt: skip
    assert [(row.from_level, row.to_level) for row in queries.taught(course.pk)] == [(0, 2)]
    with pytest.raises(NoOfferChosen):
        operations.take_up(code="TABELE-2", **told)


def test_course_of_a_decision_needs_a_free_code() -> None:
    provider = make_provider("A")
    inquiries = [make_inquiry([provider]) for _ in range(2)]
    for inquiry in inquiries:
        decide(inquiry, make_bid(inquiry, provider))
    told = {"code": "TABELE", "title_sl": "Tabele", "title_en": "Tables", "at": LATER, "actor": None}
    operations.take_up(inquiry_id=inquiries[0].pk, **told)
    with pytest.raises(CodeTaken):
        operations.take_up(inquiry_id=inquiries[1].pk, **told)


def test_provider_that_takes_its_offer_back_has_none() -> None:
    provider = make_provider("A")
    inquiry = make_inquiry([provider])
    bid = make_bid(inquiry, provider)
    operations.decline_to_bid(asked_id=bid.asked_id, at=AT)
    assert not Bid.objects.exists()
    make_bid(inquiry, provider)
    assert queries.asked_of(inquiry.pk)[0].declined_at is None


def test_from_need_to_course_by_clicking(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-05-01"
    sign_in(client, Role.SERVICE, make_employer())
    provider = make_provider("A")
    inquiry_to_copy = make_inquiry([provider])
    competence = queries.spans_of(inquiry_to_copy.pk)[0].competence_id
    told = {
        "title": "Tabele", "competences": [competence], "from_level": 0, "to_level": 2, "mode": "room",
        "language": "sl", "seats": 30, "deadline": "2026-05-20", "estimated_value": "900", "providers": [provider.pk],
    }  # fmt: skip
    assert client.post(reverse("training:new-inquiry"), {**told, "to_level": 0, "from_level": 0}).status_code == 422
    assert client.post(reverse("training:new-inquiry"), told).status_code == 302
    inquiry = Inquiry.objects.latest("pk")
    token = OutgoingMessage.objects.latest("pk").body.split("/for-providers/")[1].split("/")[0]
    visitor = Client()
    offer = {
        "price_fixed": "600", "price_per_head": "0", "seats": "15", "hours": "6", "mode": "room", "language": "sl",
        "valid_until": "2026-08-01",
    }  # fmt: skip
    address = reverse("training:provider-bid", args=[token, inquiry.pk])
    assert visitor.post(address, offer).status_code == 302
    assert "Ponudbo ste oddali" in visitor.get(reverse("training:provider-page", args=[token])).text
    bid = Bid.objects.get()
    decision = {"bid": bid.pk, "reasons": "Primerna cena."}
    assert client.post(reverse("training:decide", args=[inquiry.pk]), {"bid": bid.pk}).status_code == 422
    assert client.post(reverse("training:decide", args=[inquiry.pk]), decision).status_code == 302
    course = {"code": "TABELE", "title_sl": "Tabele", "title_en": "Tables"}
    assert client.post(reverse("training:take-up", args=[inquiry.pk]), course).status_code == 302
    page = client.get(reverse("training:inquiry", args=[inquiry.pk])).text
    assert "Primerna cena." in page
    assert reverse("training:course", args=["TABELE"]) in page
    assert "Vaša ponudba je bila izbrana." in visitor.get(address).text


def test_provider_sees_no_inquiry_of_others(client: Client) -> None:
    one, other = make_provider("A"), make_provider("B")
    make_inquiry([one], deadline=date(2099, 1, 1))
    inquiry = make_inquiry([other], deadline=date(2099, 1, 1))
    token = operations.send_link(contact_id=queries.contacts_of(one.pk)[0].pk, at=AT, actor=None)
    ProviderLink.objects.update(expires_on=date(2100, 1, 1))
    assert client.get(reverse("training:provider-bid", args=[token, inquiry.pk])).status_code == 404
    assert client.post(reverse("training:provider-no-bid", args=[token, inquiry.pk])).status_code == 404
    assert client.get(reverse("training:provider-timetable", args=[token]), {"inquiry": inquiry.pk}).status_code == 404


def test_lists_of_inquiries_and_offers_take_as_many_queries_for_one_row_as_for_three(
    client: Client, settings: Any, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    settings.KAZIPOT_TODAY = "2026-06-01"
    sign_in(client, Role.SERVICE, make_employer())
    provider = make_provider("A")
    inquiry = make_inquiry([provider])
    make_bid(inquiry, provider)
    token = operations.send_link(contact_id=queries.contacts_of(provider.pk)[0].pk, at=AT, actor=None)
    pages = [
        reverse("training:inquiries"), reverse("training:inquiry", args=[inquiry.pk]),
        reverse("training:provider-page", args=[token]),
    ]  # fmt: skip
    counted = []
    for page in pages:
        client.get(page)
        with django_assert_max_num_queries(16) as few:
            client.get(page)
        counted.append(len(few.captured_queries))
    for code in "BC":
        more = make_provider(code)
        row = inquiry.asked.create(provider=more, asked_at=AT)
        Bid.objects.create(asked=row, sent_at=AT, **TERMS)
        make_bid(make_inquiry([provider]), provider)
    for page, number in zip(pages, counted, strict=True):
        with django_assert_num_queries(number):
            client.get(page)


def test_half_written_offer_is_refused_and_the_earlier_one_stays(client: Client, settings: Any) -> None:
    settings.KAZIPOT_TODAY = "2026-05-10"
    provider = make_provider("A")
    inquiry = make_inquiry([provider])
    make_bid(inquiry, provider)
    token = operations.send_link(contact_id=queries.contacts_of(provider.pk)[0].pk, at=AT, actor=None)
    told = {
        "price_fixed": "1", "price_per_head": "0", "seats": "15", "hours": "6", "mode": "room", "language": "sl",
        "valid_until": "2026-08-01", "file": SimpleUploadedFile("ponudba.pdf", b"%PDF-1.7 half of"),
    }  # fmt: skip
    answer = client.post(reverse("training:provider-bid", args=[token, inquiry.pk]), told)
    assert answer.status_code == 422
    assert "največ 10 MB" in answer.text
    assert [(bid.price_fixed, bid.filename) for bid in Bid.objects.all()] == [(Decimal(600), "")]
