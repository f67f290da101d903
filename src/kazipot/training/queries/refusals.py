"""Why somebody got no seat, told to themselves: each fact from the records, so that it can be checked."""

from dataclasses import dataclass
from datetime import date, timedelta

from kazipot.organisation import queries as organisation
from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.models import Objection, PlannedOutcome, SeatOffer, Session
from kazipot.training.queries.line import busy, line_of, seed_of
from kazipot.training.queries.records import free_seats, offers_before, served_by_course
from kazipot.training.queries.rules import seat_rules


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where somebody stands with a session: `kind` names the sentence (`exports.refusals`), the rest are figures."""

    kind: str
    day: date | None = None
    last: date | None = None
    reason: str = ""
    place: int = 0
    length: int = 0
    free: int = 0
    before: int = 0
    """Seats that the person was offered this year."""
    seed: int = 0


def explain(session: Session, person_id: int, *, on: date) -> Explanation:
    """Why a person holds a seat in a session or doesn't: their offer, else what keeps them out, else their place in
    line. The same rules as `line_of` and `refill`."""
    offer = SeatOffer.objects.filter(session=session, person_id=person_id).first()
    if offer is not None:
        return _of_offer(offer)
    if session.status != SessionStatus.PLANNED:
        return Explanation(session.status, reason=session.cancelled_because)
    order = [row.person_id for row in line_of(session, on=on)]
    if person_id not in order:
        return Explanation(_kept_out(session, person_id, on))
    rules = seat_rules()
    last = session.starts_on - timedelta(days=rules.last_offer_days)
    free = free_seats(session)
    kind = "too_near" if on > last else ("next" if order.index(person_id) < free else "in_line")
    return Explanation(
        kind, last=last, place=order.index(person_id) + 1, length=len(order), free=max(0, free),
        before=offers_before(session.starts_on.year).get(person_id, 0), seed=seed_of(session.pk),
    )  # fmt: skip


def _of_offer(offer: SeatOffer) -> Explanation:
    objection = Objection.objects.filter(offer=offer).first()
    if objection is not None:
        return Explanation("objection", day=objection.objected_at.date(), reason=objection.reason)
    kind = "cancelled" if offer.state == OfferState.WITHDRAWN else str(offer.state)
    return Explanation(kind, day=offer.offered_on, last=offer.answer_by, reason=offer.session.cancelled_because)


def _kept_out(session: Session, person_id: int, on: date) -> str:
    if person_id not in organisation.main_employments(on):
        return "not_employed"
    if person_id in served_by_course(session.course_id, session.starts_on.year):
        return "other_session"
    if person_id in busy(session):
        return "busy"
    return "not_asked"


def outcome_of(person_id: int, year: int) -> PlannedOutcome | None:
    """What the latest published plan of the year gave the person; None when there is none."""
    rows = PlannedOutcome.objects.filter(person_id=person_id, plan__year=year, plan__published_at__isnull=False)
    return rows.select_related("plan").order_by("-plan__published_at", "-pk").first()
