"""Offers sought, offers that came, and how they compare."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, Q, QuerySet

from kazipot.training.choices import InquiryStatus
from kazipot.training.models import AskedProvider, Bid, Inquiry, InquirySpan

CENT = Decimal("0.01")


def inquiries() -> QuerySet[Inquiry]:
    """Every inquiry, the latest first, with how many providers were asked (`n_asked`) and offered (`n_bids`)."""
    rows = Inquiry.objects.annotate(n_asked=Count("asked"), n_bids=Count("asked", filter=Q(asked__bid__isnull=False)))
    return rows.order_by("-created_at", "-pk")


def inquiry_by_id(inquiry_id: int) -> Inquiry | None:
    """The inquiry, or None."""
    rows = Inquiry.objects.select_related("framework", "chosen__asked__provider", "course", "decided_by")
    return rows.filter(pk=inquiry_id).first()


def spans_of(inquiry_id: int) -> QuerySet[InquirySpan]:
    """What the course is to teach, in the framework's order."""
    return InquirySpan.objects.filter(inquiry_id=inquiry_id).select_related("competence")


def asked_of(inquiry_id: int) -> QuerySet[AskedProvider]:
    """Who was asked, by name, with what they offered (without files)."""
    rows = AskedProvider.objects.filter(inquiry_id=inquiry_id).select_related("provider", "contact", "bid")
    return rows.defer("bid__content")


def asked_provider(inquiry_id: int, provider_id: int) -> AskedProvider | None:
    """A provider's part in an inquiry, or None when it wasn't asked."""
    rows = AskedProvider.objects.filter(inquiry_id=inquiry_id, provider_id=provider_id)
    return rows.select_related("inquiry__framework", "provider").first()


def asks_to(provider_id: int) -> QuerySet[AskedProvider]:
    """Inquiries that went to a provider, the latest first."""
    rows = AskedProvider.objects.filter(provider_id=provider_id).select_related("inquiry", "bid").defer("bid__content")
    return rows.order_by("-inquiry__created_at", "-pk")


def bid_of(asked_id: int) -> Bid | None:
    """The offer that was made, without its file, or None."""
    return Bid.objects.filter(asked_id=asked_id).defer("content").first()


def bid_file(inquiry_id: int, bid_id: int) -> Bid | None:
    """An offer of an inquiry with its file, or None when there is none."""
    rows = Bid.objects.filter(pk=bid_id, asked__inquiry_id=inquiry_id, content__isnull=False)
    return rows.select_related("asked__inquiry").first()


def is_opened(inquiry: Inquiry, *, on: date) -> bool:
    """Whether the offers may be looked at: after the last day, when everybody has answered, or when it is over."""
    if inquiry.status != InquiryStatus.OPEN or on > inquiry.deadline:
        return True
    return not AskedProvider.objects.filter(inquiry=inquiry, bid=None, declined_at=None).exists()


@dataclass(frozen=True, slots=True)
class Compared:
    """An offer beside the others: sessions needed for everybody, what that costs, and for a person."""

    bid: Bid
    provider: str
    sessions: int
    total: Decimal
    per_person: Decimal
    is_cheapest: bool
    same_mode: bool
    same_language: bool


def compared(inquiry: Inquiry) -> list[Compared]:
    """The offers side by side, the cheapest first: as many sessions as the people need, filled.

    total = ⌈people / seats⌉ × price of a session + people × price for each person.
    """
    rows = Bid.objects.filter(asked__inquiry=inquiry).select_related("asked__provider").defer("content")
    costs = []
    for bid in rows:
        sessions = -(-inquiry.seats // bid.seats)
        costs.append((sessions * bid.price_fixed + inquiry.seats * bid.price_per_head, sessions, bid))
    costs.sort(key=lambda row: (row[0], row[2].pk))
    return [
        Compared(
            bid=bid,
            provider=bid.asked.provider.name,
            sessions=sessions,
            total=total,
            per_person=(total / inquiry.seats).quantize(CENT, ROUND_HALF_UP),
            is_cheapest=total == costs[0][0],
            same_mode=bid.mode == inquiry.mode,
            same_language=bid.language == inquiry.language,
        )
        for total, sessions, bid in costs
    ]
