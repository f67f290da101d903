"""Seats are offered: a session's free ones by the fair rule, and each that falls free to whoever is next in line."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.core.allocation import Candidate, draw
from kazipot.foundation import audit, outbox
from kazipot.foundation.database import lock, one_at_a_time
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_token
from kazipot.needs import queries as needs
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person
from kazipot.training import queries
from kazipot.training.choices import OfferReason, SessionStatus
from kazipot.training.errors import (
    MorePeopleThanSeats,
    SessionIsOver,
    TooLateToOffer,
)
from kazipot.training.models import SeatOffer, Session, WaitingEntry
from kazipot.training.operations.answers import OFFERING

BATCH = 500
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Link:
    """A personal link, told once: the database keeps only its digest."""

    offer_id: int
    person_id: int
    token: str


@dataclass(frozen=True, slots=True)
class OffersMade:
    """The links of the offers, and how many people still wait for a seat."""

    links: list[Link]
    waiting: int


@transaction.atomic
def offer_seats(
    *,
    session_id: int,
    reason: str,
    seed: int,
    at: datetime,
    actor: User | None,
    limit: int | None = None,
    employer_ids: Collection[int] | None = None,
    person_ids: Collection[int] | None = None,
) -> OffersMade:
    """Offer a session's free seats by the fair rule (`core.allocation`); its seed is kept in the trail.

    For a need, candidates are people whose stated need the course fits; for the duty, those whom `person_ids`
    names. Who already has an answer to this course this year isn't asked again. Raises SessionIsOver,
    TooLateToOffer, MorePeopleThanSeats.
    """
    one_at_a_time(OFFERING)
    session = lock(Session.objects.filter(pk=session_id)).select_related("course").get()
    on = timezone.localtime(at).date()
    if session.status != SessionStatus.PLANNED:
        raise SessionIsOver
    if session.starts_on <= on:
        raise TooLateToOffer
    free = queries.free_seats(session)
    if limit is not None and limit > free:
        raise MorePeopleThanSeats(limit, free)
    employed = organisation.main_employments(on)
    candidates = _candidates(session, on, employed, person_ids if reason == OfferReason.DUTY else None, employer_ids)
    chosen = draw(candidates, seats=free if limit is None else limit, seed=seed)
    links = _write_offers(session, [(pk, reason) for pk in chosen], employed, queries.seat_rules().answer_days, at)
    outbox.enqueue_many(_mails(session, links), at=at)
    audit.record(
        "training.offer_seats", session, actor=actor, at=at,
        reason=str(reason), seed=seed, candidates=len(candidates), offered=len(links),
    )  # fmt: skip
    return OffersMade(links, len(candidates) - len(links))


def _candidates(
    session: Session,
    on: date,
    employed: dict[int, organisation.MainJob],
    person_ids: Collection[int] | None,
    employer_ids: Collection[int] | None,
) -> list[Candidate]:
    year = session.starts_on.year
    asked = set(SeatOffer.objects.filter(session=session).values_list("person_id", flat=True))
    if person_ids is None:
        spans = queries.course_spans().get(session.course_id, frozenset())
        facts = needs.need_facts(year, on, expressed_in=session.course.framework_id)
        wanted = [fact.person_id for fact in facts if any(span.fits(need) for need in fact.needs for span in spans)]
        asked |= queries.served_by_course(session.course_id, year) | queries.busy(session)
    else:
        wanted = [person_id for person_id in person_ids if person_id in employed]
        asked |= queries.holders_of_course(session.course_id, year) | queries.busy(session)
    before = queries.offers_before(year)
    return [
        Candidate(person_id, employed[person_id].employer_id, before.get(person_id, 0))
        for person_id in wanted
        if person_id not in asked and (employer_ids is None or employed[person_id].employer_id in employer_ids)
    ]


@transaction.atomic
def refill(*, session_id: int, at: datetime, actor: User | None = None) -> list[Link]:
    """Offer what has fallen free to whoever is next in line; who accepted is never moved. Does nothing when the session
    is over or too near, or nobody waits."""
    one_at_a_time(OFFERING)
    session = lock(Session.objects.filter(pk=session_id)).select_related("course").get()
    on = timezone.localtime(at).date()
    Session.objects.filter(pk=session_id).update(refill_due=False)
    rules = queries.seat_rules()
    free = queries.free_seats(session)
    if session.status != SessionStatus.PLANNED or free <= 0:
        return []
    if on + timedelta(days=rules.last_offer_days) > session.starts_on:
        return []
    following = queries.line_of(session, on=on)[:free]
    if not following:
        return []
    employed = organisation.main_employments(on)
    chosen = [(row.person_id, str(row.reason)) for row in following]
    links = _write_offers(session, chosen, employed, rules.reoffer_answer_days, at)
    offer_of = {link.person_id: link.offer_id for link in links}
    for row in following:
        if row.entry_id is not None:
            WaitingEntry.objects.filter(pk=row.entry_id).update(offer_id=offer_of[row.person_id])
    outbox.enqueue_many(_mails(session, links), at=at)
    audit.record("training.refill", session, actor=actor, at=at, seed=queries.seed_of(session.pk), offered=len(links))
    return links


def offer_to_chosen(
    session: Session, chosen: list[tuple[int, str]], employed: dict[int, organisation.MainJob], at: datetime
) -> list[outbox.Message]:
    """Write offers to people that somebody chose, and tell the mails to be sent; the caller holds the session."""
    links = _write_offers(session, chosen, employed, queries.seat_rules().answer_days, at)
    return _mails(session, links)


def refill_due(*, at: datetime) -> int:
    """What workers do in every round: offer the seats that have fallen free. How many offers; each session on its own,
    so that what is done stays done."""
    due = Session.objects.filter(refill_due=True).order_by("starts_on", "pk").values_list("pk", flat=True)
    return sum(len(refill(session_id=pk, at=at)) for pk in list(due))


def _write_offers(
    session: Session, chosen: list[tuple[int, str]], employed: dict[int, organisation.MainJob], days: int, at: datetime
) -> list[Link]:
    on = timezone.localtime(at).date()
    tokens = {person_id: new_token() for person_id, _reason in chosen}
    offers = SeatOffer.objects.bulk_create(
        (
            SeatOffer(
                session=session,
                person_id=person_id,
                employer_id=employed[person_id].employer_id,
                unit_id=employed[person_id].unit_id,
                reason=reason,
                token_digest=digest(tokens[person_id]),
                offered_at=at,
                offered_on=on,
                answer_by=min(on + timedelta(days=days), session.starts_on - ONE_DAY),
            )
            for person_id, reason in chosen
        ),
        batch_size=BATCH,
    )
    return [Link(offer.pk, offer.person_id, tokens[offer.person_id]) for offer in offers]


def address_of(token: str) -> str:
    """The whole address of the page where the offer is answered."""
    return settings.KAZIPOT_ADDRESS.rstrip("/") + reverse("training:offer", kwargs={"token": token})


def _mails(session: Session, links: list[Link]) -> list[outbox.Message]:
    token_of = {link.person_id: link for link in links}
    ids = list(token_of)
    mails: list[outbox.Message] = []
    for start in range(0, len(ids), BATCH):
        people = Person.objects.filter(pk__in=ids[start : start + BATCH]).exclude(email="")
        for person in people.order_by("pk"):
            link = token_of[person.pk]
            with override(person.language):
                subject = _("A seat for you: %(course)s") % {"course": session.course.title}
                body = _("%(course)s\n%(day)s, %(place)s\n\nAccept or decline the seat here:\n%(link)s\n") % {
                    "course": session.course.title,
                    "day": date_format(session.starts_on),
                    "place": session.place,
                    "link": address_of(link.token),
                }
            mails.append(outbox.Message(f"training.offer.{link.offer_id}", person.email, subject, body))
    return mails
