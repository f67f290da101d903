"""Offers are decided on with reasons, or no longer sought; the chosen one becomes a course."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.training import queries
from kazipot.training.choices import InquiryStatus
from kazipot.training.errors.supply import (
    InquiryIsOver,
    MoreOffersWanted,
    NoOfferChosen,
    OfferNotValid,
    OffersStillSealed,
)
from kazipot.training.models import AskedProvider, Bid, Course, Inquiry
from kazipot.training.operations.catalogue import CourseSpan, add_course


@transaction.atomic
def decide(
    *, inquiry_id: int, bid_id: int, reasons: str, fewer_because: str, at: datetime, actor: User | None
) -> Inquiry:
    """Choose an offer, with reasons that stay on record; those who offered are told.

    Raises InquiryIsOver, OffersStillSealed, OfferNotValid, MoreOffersWanted.
    """
    inquiry = lock(Inquiry.objects.filter(pk=inquiry_id)).get()
    on = timezone.localtime(at).date()
    if inquiry.status != InquiryStatus.OPEN:
        raise InquiryIsOver
    if not queries.is_opened(inquiry, on=on):
        raise OffersStillSealed(inquiry.deadline)
    bids = list(Bid.objects.filter(asked__inquiry=inquiry).select_related("asked__contact").defer("content"))
    chosen = next((bid for bid in bids if bid.pk == bid_id), None)
    if chosen is None or chosen.valid_until < on:
        raise OfferNotValid
    wanted = queries.procurement_rules(on).wanted(inquiry.estimated_value)
    if len(bids) < wanted and not fewer_because:
        raise MoreOffersWanted(len(bids), wanted)
    inquiry.status, inquiry.chosen, inquiry.reasons = InquiryStatus.DECIDED, chosen, reasons
    inquiry.fewer_because = fewer_because if len(bids) < wanted else ""
    inquiry.decided_at, inquiry.decided_by = at, actor
    inquiry.save(update_fields=["status", "chosen", "reasons", "fewer_because", "decided_at", "decided_by"])
    for bid in bids:
        _tell(inquiry, bid, bid.pk == chosen.pk, at)
    audit.record("training.decide", inquiry, actor=actor, at=at, bid=chosen.pk, bids=len(bids), wanted=wanted)
    return inquiry


def _tell(inquiry: Inquiry, bid: Bid, is_chosen: bool, at: datetime) -> None:
    contact = bid.asked.contact
    if contact is None:
        return
    with override(contact.language):
        subject = _("Your offer: %(title)s") % {"title": inquiry.title}
        body = _("We have chosen another offer. Thank you for yours.\n")
        if is_chosen:
            body = _("We have chosen your offer. We will write to you about the next steps.\n")
    key = f"training.decision.{inquiry.pk}.{bid.pk}"
    outbox.enqueue(key=key, recipient=contact.email, subject=subject, body=body, at=at)


@transaction.atomic
def call_off(*, inquiry_id: int, because: str, at: datetime, actor: User | None) -> Inquiry:
    """No offer is sought any more; everybody asked is told why. Raises InquiryIsOver."""
    inquiry = lock(Inquiry.objects.filter(pk=inquiry_id)).get()
    if inquiry.status != InquiryStatus.OPEN:
        raise InquiryIsOver
    inquiry.status, inquiry.reasons = InquiryStatus.CANCELLED, because
    inquiry.decided_at, inquiry.decided_by = at, actor
    inquiry.save(update_fields=["status", "reasons", "decided_at", "decided_by"])
    for asked in AskedProvider.objects.filter(inquiry=inquiry, declined_at=None).select_related("contact"):
        if asked.contact is not None:
            with override(asked.contact.language):
                subject = _("Called off: %(title)s") % {"title": inquiry.title}
                body = _("We no longer seek offers: %(because)s\n") % {"because": because}
            key = f"training.called-off.{inquiry.pk}.{asked.pk}"
            outbox.enqueue(key=key, recipient=asked.contact.email, subject=subject, body=body, at=at)
    audit.record("training.call_off", inquiry, actor=actor, at=at, because=because)
    return inquiry


@transaction.atomic
def take_up(*, inquiry_id: int, code: str, title_sl: str, title_en: str, at: datetime, actor: User | None) -> Course:
    """The chosen offer becomes a course of the catalogue; its timetable can then be accepted.

    Raises NoOfferChosen, CodeTaken.
    """
    inquiry = lock(Inquiry.objects.filter(pk=inquiry_id)).get()
    if inquiry.status != InquiryStatus.DECIDED or inquiry.course_id is not None or inquiry.chosen is None:
        raise NoOfferChosen
    bid = inquiry.chosen
    course = add_course(
        code=code,
        provider_id=bid.asked.provider_id,
        framework_id=inquiry.framework_id,
        title_sl=title_sl,
        title_en=title_en,
        is_digital_security=False,
        competences=[
            CourseSpan(span.competence_id, span.from_level, span.to_level) for span in queries.spans_of(inquiry.pk)
        ],
        mode=bid.mode,
        language=bid.language,
        hours=bid.hours,
        accessibility=bid.accessibility,
        at=at,
        actor=actor,
    )
    inquiry.course = course
    inquiry.save(update_fields=["course"])
    return course
