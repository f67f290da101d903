"""Providers are changed, their contacts and contracts kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.ui.templatetags.ui import number
from kazipot.training import queries
from kazipot.training.errors.supply import (
    ContactTaken,
    ContractEndsBeforeItBegins,
    NotInForce,
    OverBudget,
    ReferenceTaken,
)
from kazipot.training.models import Contract, ContractPrice, Course, Provider, ProviderContact


@dataclass(frozen=True, slots=True)
class Price:
    """What a contract fixes: for what, for which unit, how many euros without VAT."""

    what: str
    unit: str
    price: Decimal


@transaction.atomic
def change_provider(*, provider_id: int, name: str, kind: str, at: datetime, actor: User | None) -> Provider:
    """A provider's name and kind; the code stays."""
    provider = lock(Provider.objects.filter(pk=provider_id)).get()
    provider.name, provider.kind = name, kind
    provider.save(update_fields=["name", "kind"])
    audit.record("training.change_provider", provider, actor=actor, at=at, name=name, kind=kind)
    return provider


@transaction.atomic
def add_contact(
    *, provider_id: int, name: str, email: str, phone: str, language: str, at: datetime, actor: User | None
) -> ProviderContact:
    """Somebody at a provider to write to. Raises ContactTaken."""
    provider = lock(Provider.objects.filter(pk=provider_id)).get()
    if ProviderContact.objects.filter(provider=provider, email__iexact=email).exists():
        raise ContactTaken
    contact = ProviderContact.objects.create(provider=provider, name=name, email=email, phone=phone, language=language)
    audit.record("training.add_contact", contact, actor=actor, at=at, provider=provider.code)
    return contact


@transaction.atomic
def remove_contact(*, contact_id: int, at: datetime, actor: User | None) -> None:
    """Somebody no longer speaks for a provider: their links stop working."""
    contact = lock(ProviderContact.objects.filter(pk=contact_id)).select_related("provider").get()
    audit.record("training.remove_contact", contact, actor=actor, at=at, provider=contact.provider.code)
    contact.delete()


@transaction.atomic
def add_contract(
    *,
    provider_id: int,
    kind: str,
    reference: str,
    title: str,
    signed_on: date,
    valid_from: date,
    valid_to: date,
    budget: Decimal,
    prices: Sequence[Price],
    at: datetime,
    actor: User | None,
) -> Contract:
    """A contract with its prices, in force in [valid_from, valid_to).

    Raises ReferenceTaken, ContractEndsBeforeItBegins.
    """
    if Contract.objects.filter(reference=reference).exists():
        raise ReferenceTaken
    if valid_to <= valid_from:
        raise ContractEndsBeforeItBegins
    contract = Contract.objects.create(
        provider_id=provider_id,
        kind=kind,
        reference=reference,
        title=title,
        signed_on=signed_on,
        valid_from=valid_from,
        valid_to=valid_to,
        budget=budget,
    )
    ContractPrice.objects.bulk_create(
        ContractPrice(contract=contract, what=row.what, unit=row.unit, price=row.price) for row in prices
    )
    audit.record("training.add_contract", contract, actor=actor, at=at, reference=reference, budget=str(budget))
    return contract


@transaction.atomic
def change_contract(
    *, contract_id: int, title: str, valid_to: date, budget: Decimal, at: datetime, actor: User | None
) -> Contract:
    """An annex: another subject, end or budget, not below what is ordered.

    Raises OverBudget, ContractEndsBeforeItBegins.
    """
    contract = lock(Contract.objects.filter(pk=contract_id)).get()
    if valid_to <= contract.valid_from:
        raise ContractEndsBeforeItBegins
    if budget < (ordered := queries.drawn([contract_id])[contract_id].ordered):
        raise OverBudget(f"{number(budget - ordered)} €")
    before = contract.budget
    contract.title, contract.valid_to, contract.budget = title, valid_to, budget
    contract.save(update_fields=["title", "valid_to", "budget"])
    audit.record("training.change_contract", contract, actor=actor, at=at, before=str(before), budget=str(budget))
    return contract


def draw_on(contract_id: int, course_id: int, days: tuple[date, date], cost: Decimal) -> None:
    """See that a contract pays for a session of a course on these days, and lock it. Raises NotInForce, OverBudget."""
    contract = lock(Contract.objects.filter(pk=contract_id)).get()
    own = Course.objects.filter(pk=course_id, provider_id=contract.provider_id).exists()
    if not own or days[0] < contract.valid_from or days[1] >= contract.valid_to:
        raise NotInForce
    left = contract.budget - queries.drawn([contract_id])[contract_id].ordered
    if cost > left:
        raise OverBudget(f"{number(left)} €")
