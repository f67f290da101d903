"""Providers with whom the city works: contacts, contracts and what is left of them, personal links."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from kazipot.training.choices import SessionStatus
from kazipot.training.models import (
    Contract,
    ContractPrice,
    Invoice,
    Provider,
    ProviderContact,
    ProviderLink,
    Session,
)

NOTHING = Decimal(0)


def provider_by_code(code: str) -> Provider | None:
    """The provider with this code, or None."""
    return Provider.objects.filter(code=code).first()


def contacts_of(provider_id: int) -> QuerySet[ProviderContact]:
    """Whom to write to at a provider, by name."""
    return ProviderContact.objects.filter(provider_id=provider_id)


def contact_by_id(provider_id: int, contact_id: int) -> ProviderContact | None:
    """A provider's contact, or None."""
    return contacts_of(provider_id).filter(pk=contact_id).first()


def contracts() -> QuerySet[Contract]:
    """Every contract with its provider, the latest first."""
    return Contract.objects.select_related("provider")


def contract_by_id(contract_id: int) -> Contract | None:
    """The contract, or None."""
    return contracts().filter(pk=contract_id).first()


def prices_of(contract_id: int) -> QuerySet[ContractPrice]:
    """The prices that a contract fixes."""
    return ContractPrice.objects.filter(contract_id=contract_id)


def contracts_in_force(on: date) -> QuerySet[Contract]:
    """Contracts in force on the day or later, by provider."""
    return contracts().filter(valid_to__gt=on).order_by("provider__name", "reference")


def sessions_under(contract_id: int) -> QuerySet[Session]:
    """Sessions that are paid by a contract, latest first."""
    return Session.objects.filter(contract_id=contract_id).select_related("course")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What sessions take of a contract in euros: ordered (full sessions; the invoice where there is one), invoiced."""

    ordered: Decimal = NOTHING
    invoiced: Decimal = NOTHING


def drawn(contract_ids: Collection[int]) -> dict[int, Drawn]:
    """What is drawn on each contract by sessions that aren't cancelled, or were invoiced all the same. Two queries."""
    rows = Session.objects.filter(contract_id__in=contract_ids)
    invoices = dict(
        Invoice.objects.filter(session__contract_id__in=contract_ids).values_list("session_id", "amount").order_by()
    )
    ordered: dict[int, Decimal] = defaultdict(Decimal)
    invoiced: dict[int, Decimal] = defaultdict(Decimal)
    for pk, contract_id, status, fixed, head, capacity in rows.order_by().values_list(
        "pk", "contract_id", "status", "price_fixed", "price_per_head", "capacity"
    ):
        full = NOTHING if status == SessionStatus.CANCELLED else fixed + head * capacity
        ordered[contract_id] += invoices.get(pk, full)
        invoiced[contract_id] += invoices.get(pk, NOTHING)
    return {pk: Drawn(ordered[pk], invoiced[pk]) for pk in contract_ids}


def links_of(provider_id: int, *, on: date) -> QuerySet[ProviderLink]:
    """Personal links of a provider that still open its page."""
    rows = ProviderLink.objects.filter(provider_id=provider_id, revoked_at=None, expires_on__gt=on)
    return rows.select_related("contact")


def link_by_digest(token_digest: str, *, on: date) -> ProviderLink | None:
    """The link behind a secret, if it still works on the day, with its provider."""
    rows = ProviderLink.objects.filter(token_digest=token_digest, revoked_at=None, expires_on__gt=on)
    return rows.select_related("provider", "contact").first()
