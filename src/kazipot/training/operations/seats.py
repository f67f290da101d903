"""Seats: offered fairly, accepted or declined in person, and used or not."""

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
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_token
from kazipot.needs import queries as needs
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person
from kazipot.training import queries
from kazipot.training.choices import OfferReason, OfferState, SessionStatus
from kazipot.training.errors import (
    AlreadyAnswered,
    MorePeopleThanSeats,
    NotAccepted,
    NotYetHeld,
    OfferExpired,
    SessionIsFull,
    SessionIsOver,
    TooLateToOffer,
)
from kazipot.training.models import Attendance, SeatOffer, Session

BATCH = 500
DAYS_TO_ANSWER = 14
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
    links = _write_offers(session, chosen, employed, reason, on, at)
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
        asked |= queries.served_by_course(session.course_id, year)
    else:
        wanted = [person_id for person_id in person_ids if person_id in employed]
    before = queries.offers_before(year)
    return [
        Candidate(person_id, employed[person_id].employer_id, before.get(person_id, 0))
        for person_id in wanted
        if person_id not in asked and (employer_ids is None or employed[person_id].employer_id in employer_ids)
    ]


def _write_offers(
    session: Session, chosen: list[int], employed: dict[int, organisation.MainJob], reason: str, on: date, at: datetime
) -> list[Link]:
    tokens = {person_id: new_token() for person_id in chosen}
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
                answer_by=min(on + timedelta(days=DAYS_TO_ANSWER), session.starts_on - ONE_DAY),
            )
            for person_id in chosen
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


@transaction.atomic
def answer_offer(*, offer_id: int, accept: bool, at: datetime, actor: User | None = None) -> SeatOffer:
    """Somebody accepts or declines their seat. Raises AlreadyAnswered, OfferExpired, SessionIsOver, SessionIsFull."""
    found = SeatOffer.objects.values_list("session_id", flat=True).get(pk=offer_id)
    session = lock(Session.objects.filter(pk=found)).get()
    offer = lock(SeatOffer.objects.filter(pk=offer_id)).get()
    on = timezone.localtime(at).date()
    if offer.state in {OfferState.ACCEPTED, OfferState.DECLINED}:
        raise AlreadyAnswered
    if session.status != SessionStatus.PLANNED:
        raise SessionIsOver
    if offer.state != OfferState.OFFERED or on > offer.answer_by:
        raise OfferExpired(offer.answer_by)
    if accept:
        accepted = SeatOffer.objects.filter(session=session, state=OfferState.ACCEPTED).count()
        if accepted >= session.capacity:
            raise SessionIsFull(session.capacity)
    offer.state = OfferState.ACCEPTED if accept else OfferState.DECLINED
    offer.answered_at = at
    offer.save(update_fields=["state", "answered_at"])
    audit.record("training.answer_offer", offer, actor=actor, at=at, state=str(offer.state))
    return offer


@transaction.atomic
def expire_offers(*, at: datetime) -> int:
    """Offers whose last day to answer has passed free their seats; returns how many. The system does this."""
    on = timezone.localtime(at).date()
    sessions = list(lock(Session.objects.filter(status=SessionStatus.PLANNED)))
    expired = 0
    for session in sessions:
        late = SeatOffer.objects.filter(session=session, state=OfferState.OFFERED, answer_by__lt=on)
        if count := late.update(state=OfferState.EXPIRED):
            audit.record("training.expire_offers", session, actor=None, at=at, offers=count)
            expired += count
    return expired


@transaction.atomic
def record_attendance(*, session_id: int, present: Collection[int], at: datetime, actor: User | None) -> int:
    """Note who of those with a seat was present; the session counts as held. Returns how many attended.

    Can be corrected by recording it again. Raises NotYetHeld, SessionIsOver, NotAccepted.
    """
    session = lock(Session.objects.filter(pk=session_id)).get()
    if session.status == SessionStatus.CANCELLED:
        raise SessionIsOver
    if timezone.localtime(at).date() < session.starts_on:
        raise NotYetHeld
    accepted = queries.accepted_people(session_id)
    if strangers := set(present) - accepted:
        raise NotAccepted(len(strangers))
    there = frozenset(present)
    Attendance.objects.filter(session=session).delete()
    Attendance.objects.bulk_create(
        (
            Attendance(session=session, person_id=person_id, attended=person_id in there, recorded_at=at)
            for person_id in sorted(accepted)
        ),
        batch_size=BATCH,
    )
    session.status = SessionStatus.HELD
    session.save(update_fields=["status"])
    SeatOffer.objects.filter(session=session, state=OfferState.OFFERED).update(state=OfferState.EXPIRED)
    audit.record("training.record_attendance", session, actor=actor, at=at, seats=len(accepted), present=len(there))
    return len(there)
