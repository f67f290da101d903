"""Offers are sought from several providers, and made."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.ui.templatetags.ui import day, number
from kazipot.framework.models import Competence
from kazipot.training import queries
from kazipot.training.choices import InquiryStatus
from kazipot.training.errors import NoCompetence
from kazipot.training.errors.supply import (
    DeadlinePassed,
    InquiryIsOver,
    LawAsksForMore,
    NobodyToAsk,
    OfferNotValid,
)
from kazipot.training.models import (
    AskedProvider,
    Bid,
    Inquiry,
    InquirySpan,
    Provider,
    ProviderContact,
    Timetable,
)
from kazipot.training.operations.catalogue import CourseSpan
from kazipot.training.operations.provided import check_file
from kazipot.training.operations.provider_links import new_link, page_of_provider


@transaction.atomic
def seek_offers(
    *,
    title: str,
    description: str,
    framework_id: int,
    spans: Sequence[CourseSpan],
    mode: str,
    language: str,
    seats: int,
    deadline: date,
    estimated_value: Decimal,
    is_special_service: bool,
    provider_ids: Collection[int],
    at: datetime,
    actor: User | None,
) -> Inquiry:
    """Ask several providers for an offer; each gets a mail with a personal link to its page.

    Raises NoCompetence, DeadlinePassed, LawAsksForMore, NobodyToAsk.
    """
    on = timezone.localtime(at).date()
    _judge(spans, framework_id, deadline, estimated_value, is_special_service, on)
    contacts = _contacts(provider_ids)
    inquiry = Inquiry.objects.create(
        title=title,
        description=description,
        framework_id=framework_id,
        mode=mode,
        language=language,
        seats=seats,
        deadline=deadline,
        estimated_value=estimated_value,
        is_special_service=is_special_service,
        created_at=at,
        created_by=actor,
    )
    InquirySpan.objects.bulk_create(
        InquirySpan(
            inquiry=inquiry, competence_id=span.competence_id, from_level=span.from_level, to_level=span.to_level
        )
        for span in spans
    )
    for contact in contacts:
        AskedProvider.objects.create(inquiry=inquiry, provider_id=contact.provider_id, contact=contact, asked_at=at)
        _mail(inquiry, contact, new_link(contact, at), at)
    audit.record(
        "training.seek_offers", inquiry, actor=actor, at=at,
        providers=len(contacts), estimated_value=str(estimated_value), special_service=is_special_service,
    )  # fmt: skip
    return inquiry


def _judge(
    spans: Sequence[CourseSpan], framework_id: int, deadline: date, value: Decimal, special: bool, on: date
) -> None:
    ids = {span.competence_id for span in spans}
    known = Competence.objects.filter(framework_id=framework_id, pk__in=ids).count()
    if not ids or known != len(spans) or any(not 0 <= s.from_level < s.to_level <= 4 for s in spans):
        raise NoCompetence
    if deadline <= on:
        raise DeadlinePassed(deadline)
    rules = queries.procurement_rules(on)
    limit = rules.special_services_from if special else rules.procedure_from
    if value >= limit:
        raise LawAsksForMore(f"{number(limit)} €")


def _contacts(provider_ids: Collection[int]) -> list[ProviderContact]:
    """The first contact of each provider, whom the inquiry goes to."""
    if not provider_ids:
        raise NobodyToAsk
    first: dict[int, ProviderContact] = {}
    for contact in ProviderContact.objects.filter(provider_id__in=provider_ids).order_by("provider", "pk"):
        first.setdefault(contact.provider_id, contact)
    without = Provider.objects.filter(pk__in=set(provider_ids) - set(first)).values_list("name", flat=True)
    if without:
        raise NobodyToAsk(list(without))
    return [first[pk] for pk in sorted(first)]


def _mail(inquiry: Inquiry, contact: ProviderContact, token: str, at: datetime) -> None:
    with override(contact.language):
        subject = _("We seek offers: %(title)s") % {"title": inquiry.title}
        body = _(
            "We need a course: %(title)s\nPeople: %(seats)s\nOffers until: %(day)s\n\nWhat it is to teach, and the "
            "place for your offer:\n%(link)s\n\nThe link is meant for you. Please do not pass it on.\n"
        ) % {
            "title": inquiry.title,
            "seats": inquiry.seats,
            "day": day(inquiry.deadline),
            "link": page_of_provider(token),
        }
    key = f"training.inquiry.{inquiry.pk}.{contact.pk}"
    outbox.enqueue(key=key, recipient=contact.email, subject=subject, body=body, at=at)


def _open(asked_id: int, at: datetime) -> AskedProvider:
    asked = lock(AskedProvider.objects.filter(pk=asked_id)).select_related("inquiry").get()
    inquiry = lock(Inquiry.objects.filter(pk=asked.inquiry_id)).get()
    if inquiry.status != InquiryStatus.OPEN:
        raise InquiryIsOver
    if timezone.localtime(at).date() > inquiry.deadline:
        raise DeadlinePassed(inquiry.deadline)
    return asked


@transaction.atomic
def send_bid(*, asked_id: int, terms: dict[str, Any], filename: str, content: bytes | None, at: datetime) -> Bid:
    """A provider's offer; one that it sent before is replaced, its file stays unless there is a new one.

    `terms` are the offer's fields. Raises InquiryIsOver, DeadlinePassed, OfferNotValid, FileNotTaken.
    """
    asked = _open(asked_id, at)
    if terms["valid_until"] <= asked.inquiry.deadline:
        raise OfferNotValid
    values = {**terms, "sent_at": at}
    if content is not None:
        check_file(filename, content)
        values |= {"filename": filename[:200], "content": content}
    bid, created = Bid.objects.update_or_create(asked=asked, defaults=values)
    AskedProvider.objects.filter(pk=asked.pk).update(declined_at=None)
    audit.record("training.send_bid", bid, actor=None, at=at, inquiry=asked.inquiry_id, replaced=not created)
    return bid


@transaction.atomic
def decline_to_bid(*, asked_id: int, at: datetime) -> None:
    """A provider makes no offer; one that it sent is taken back. Raises InquiryIsOver, DeadlinePassed."""
    asked = _open(asked_id, at)
    Bid.objects.filter(asked=asked).delete()
    Timetable.objects.filter(inquiry_id=asked.inquiry_id, provider_id=asked.provider_id).delete()
    AskedProvider.objects.filter(pk=asked.pk).update(declined_at=at)
    audit.record("training.decline_to_bid", asked, actor=None, at=at, inquiry=asked.inquiry_id)
