"""What providers sent, and what they see of their own sessions."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from kazipot.training.choices import OfferState, ProposalState
from kazipot.training.models import Course, Invoice, Material, ProposedSession, SeatOffer, Session, Timetable

NAMES_FOR = timedelta(days=30)
"""So long after a session its provider still sees who was in it."""


def shows_names(session: Session, *, on: date) -> bool:
    """Whether the provider still needs the names of those in its session, for the attendance and its corrections."""
    return on <= session.ends_on + NAMES_FOR


def courses_of(provider_id: int) -> QuerySet[Course]:
    """A provider's courses, by code."""
    return Course.objects.filter(provider_id=provider_id)


def sessions_of_provider(provider_id: int) -> QuerySet[Session]:
    """A provider's sessions, latest first."""
    return Session.objects.filter(course__provider_id=provider_id).select_related("course")


def session_of_provider(provider_id: int, session_id: int) -> Session | None:
    """A session of the provider, or None."""
    return sessions_of_provider(provider_id).filter(pk=session_id).first()


def accepted_counts(session_ids: Collection[int]) -> dict[int, int]:
    """How many people accepted a seat in each session. One query."""
    rows = SeatOffer.objects.filter(session_id__in=session_ids, state=OfferState.ACCEPTED)
    return dict(rows.order_by().values_list("session_id").annotate(n=Count("id")))


def materials_of(session_id: int) -> QuerySet[Material]:
    """What was sent for a session, without the files."""
    return Material.objects.filter(session_id=session_id).defer("content")


def material_by_id(material_id: int) -> Material | None:
    """A material with its file, or None."""
    return Material.objects.filter(pk=material_id).select_related("session").first()


def has_seat(session_id: int, person_id: int) -> bool:
    """Whether a person accepted a seat in the session."""
    return SeatOffer.objects.filter(session_id=session_id, person_id=person_id, state=OfferState.ACCEPTED).exists()


def invoice_of(session_id: int) -> Invoice | None:
    """The reference of the session's invoice, or None."""
    return Invoice.objects.filter(session_id=session_id).first()


def timetables_of(provider_id: int) -> QuerySet[Timetable]:
    """Timetables that a provider sent, the latest first, with their number of sessions (`n_rows`)."""
    rows = Timetable.objects.filter(provider_id=provider_id).select_related("inquiry")
    return rows.annotate(n_rows=Count("rows")).order_by("-sent_at", "-pk")


def timetables_waiting() -> QuerySet[Timetable]:
    """Timetables that wait for the Service, the oldest first."""
    rows = Timetable.objects.filter(state=ProposalState.PROPOSED).select_related("provider", "inquiry")
    return rows.annotate(n_rows=Count("rows")).order_by("sent_at", "pk")


def timetable_by_id(timetable_id: int) -> Timetable | None:
    """The timetable, or None."""
    return Timetable.objects.filter(pk=timetable_id).select_related("provider", "inquiry__course").first()


def proposed_of(timetable_id: int) -> QuerySet[ProposedSession]:
    """The sessions of a timetable, by day."""
    return ProposedSession.objects.filter(timetable_id=timetable_id).select_related("course")


def timetable_for(inquiry_id: int, provider_id: int) -> Timetable | None:
    """The latest timetable in answer to an inquiry, or None."""
    return timetables_of(provider_id).filter(inquiry_id=inquiry_id).first()
