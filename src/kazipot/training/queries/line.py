"""Who is next for a seat, and why somebody is not: one line for a session, told to each in it.

In front stand people with a stated need that the course fits, in the fair order (`core.allocation.line`); behind them
those who asked for a place on the list without such a need, as they came. Nobody stands in line who holds a seat in
the course, has a seat elsewhere on one of its days, gave this session's seat up, or was already asked about it.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from kazipot.core.allocation import Candidate, line
from kazipot.core.indicators.training import Span
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.needs import queries as needs
from kazipot.organisation import queries as organisation
from kazipot.training.choices import OfferReason, OfferState, SessionStatus
from kazipot.training.models import Objection, SeatOffer, Session, Swap, WaitingEntry
from kazipot.training.queries.records import HOLDS_A_SEAT, course_spans, offers_before, served_by_course

SEED = 1_000_003
"""A session's lot is drawn from its number times this, so that everybody can draw it again."""


@dataclass(frozen=True, slots=True)
class InLine:
    """A person in line: for what reason, and the entry of the list if there is one."""

    person_id: int
    reason: OfferReason
    entry_id: int | None


def seed_of(session_id: int) -> int:
    """The seed of a session's line."""
    return session_id * SEED


def line_of(session: Session, *, on: date, only: Collection[int] | None = None) -> list[InLine]:
    """The session's line on the day. A dozen queries at most, whatever its length."""
    employed = organisation.main_employments(on)
    entries = {entry.person_id: entry.pk for entry in waiting_for(session)}
    out = out_of_line(session)
    found = [
        Candidate(person_id, employed[person_id].employer_id, before)
        for person_id, before in _needing(session, on).items()
        if person_id in employed and person_id not in out and (only is None or person_id in only)
    ]
    order = line(found, held=_held(session), seed=seed_of(session.pk))
    in_front = [InLine(person_id, OfferReason.NEED, entries.get(person_id)) for person_id in order]
    asked = {row.person_id for row in in_front}
    behind = [
        InLine(person_id, OfferReason.LIST, entry_id)
        for person_id, entry_id in entries.items()
        if person_id not in asked and person_id in employed and person_id not in out
        and (only is None or person_id in only)
    ]  # fmt: skip
    return in_front + behind


def waiting_for(session: Session) -> QuerySet[WaitingEntry]:
    """Who asked for a place on the session's list, or on its course's, in the order in which they came."""
    rows = WaitingEntry.objects.filter(course_id=session.course_id, left_at=None, offer=None)
    return rows.filter(Q(session=None) | Q(session=session)).order_by("joined_at", "pk")


def _needing(session: Session, on: date) -> dict[int, int]:
    """{person id: offers before} of people whose stated need the course fits and who have no seat in it this year."""
    spans: frozenset[Span] = course_spans().get(session.course_id, frozenset())
    before = offers_before(session.starts_on.year)
    facts = needs.need_facts(session.starts_on.year, on, expressed_in=session.course.framework_id)
    return {
        fact.person_id: before.get(fact.person_id, 0)
        for fact in facts
        if any(span.fits(need) for span in spans for need in fact.needs)
    }


def _held(session: Session) -> dict[int, int]:
    rows = SeatOffer.objects.filter(session=session, state__in=HOLDS_A_SEAT).values_list("employer_id", flat=True)
    return dict(Counter(rows))


def out_of_line(session: Session) -> set[int]:
    """People who are not asked: this session was offered to them, the course is theirs, or they sit elsewhere then."""
    asked = set(SeatOffer.objects.filter(session=session).values_list("person_id", flat=True))
    return asked | served_by_course(session.course_id, session.starts_on.year) | busy(session)


def busy(session: Session) -> set[int]:
    """People who hold a seat in another session on one of its days."""
    return busy_besides(session, None)


def busy_besides(session: Session, offer_id: int | None) -> set[int]:
    """The same, if one seat is left out of account (because it is to be given back)."""
    rows = SeatOffer.objects.filter(
        state__in=HOLDS_A_SEAT, session__status=SessionStatus.PLANNED,
        session__starts_on__lte=session.ends_on, session__ends_on__gte=session.starts_on,
    ).exclude(session=session)  # fmt: skip
    return set(rows.exclude(pk=offer_id or 0).values_list("person_id", flat=True))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands with a session: their place in line (None: not in it) of how many, and the reason."""

    place: int | None
    length: int
    text: str


def standing(session: Session, person_id: int, *, on: date) -> Standing:
    """Why a person has or hasn't a seat in a session, in words, from the records alone."""
    order = [row.person_id for row in line_of(session, on=on)]
    if person_id in order:
        place = order.index(person_id) + 1
        text = _("Place %(place)s of %(length)s in line. When a seat falls free, it is offered to whoever is first.")
        return Standing(place, len(order), text % {"place": place, "length": len(order)})
    return Standing(None, len(order), _why_not(session, person_id))


def _why_not(session: Session, person_id: int) -> str:
    offer = SeatOffer.objects.filter(session=session, person_id=person_id).first()
    if offer is not None:
        return _why_not_again(offer)
    if session.status != SessionStatus.PLANNED:
        return _("The session has been held or cancelled.")
    if person_id in served_by_course(session.course_id, session.starts_on.year):
        return _("Another session of this course is offered to this person; one seat is enough.")
    if person_id in busy(session):
        return _("This person has a seat in another session on one of these days.")
    return _("No need that the course fits is stated, and nobody has asked for a place on the list.")


def _why_not_again(offer: SeatOffer) -> str:
    if Objection.objects.filter(offer=offer).exists():
        return _("The head could not spare this person on the day; the next session is offered to them.")
    texts = {
        OfferState.OFFERED: _("A seat is offered and waits for an answer until %(day)s."),
        OfferState.ACCEPTED: _("The seat is accepted."),
        OfferState.DECLINED: _("The seat was offered on %(offered)s and declined."),
        OfferState.EXPIRED: _("The seat was offered on %(offered)s and not answered by %(day)s."),
        OfferState.GIVEN_UP: _("The seat was accepted and later given up; this session is not offered again."),
        OfferState.WITHDRAWN: _("The offer was withdrawn."),
    }
    return texts[OfferState(offer.state)] % {"day": day(offer.answer_by), "offered": day(offer.offered_on)}


def entries_of(person_id: int) -> QuerySet[WaitingEntry]:
    """The lists on which a person waits."""
    rows = WaitingEntry.objects.filter(person_id=person_id, left_at=None, offer=None)
    return rows.select_related("course", "session").order_by("joined_at")


def demand_gathered(course_ids: Collection[int]) -> dict[int, int]:
    """How many people wait for a session of each course that may have no date yet: {course id: people}. One query."""
    rows = WaitingEntry.objects.filter(course_id__in=course_ids, left_at=None, offer=None, session=None)
    return dict(Counter(rows.values_list("course_id", flat=True)))


def swaps_for(person_id: int) -> QuerySet[Swap]:
    """Wishes to change places that wait for the person's answer."""
    rows = Swap.objects.filter(asked__person_id=person_id, state="asked")
    return rows.select_related("asked_by__session__course", "asked__session__course").order_by("asked_at")


def swappable(offer: SeatOffer, *, on: date) -> QuerySet[SeatOffer]:
    """Accepted seats in other sessions of the same course that lie ahead."""
    rows = SeatOffer.objects.filter(
        session__course_id=offer.session.course_id, session__status=SessionStatus.PLANNED, state=OfferState.ACCEPTED
    )
    rows = rows.filter(session__starts_on__gt=on).exclude(session=offer.session)
    return rows.select_related("session").order_by("session__starts_on", "pk")


def offers_to_head(unit_ids: Collection[int], *, on: date) -> QuerySet[SeatOffer]:
    """Offers and seats of people of some units in sessions that lie ahead, the next one first."""
    rows = SeatOffer.objects.filter(
        unit_id__in=unit_ids, state__in=HOLDS_A_SEAT, session__status=SessionStatus.PLANNED, session__starts_on__gt=on
    )
    return rows.select_related("session__course", "person", "unit").order_by("session__starts_on", "pk")
