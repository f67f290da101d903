"""Who gets a slip, and in which order slips are handed out."""

import unicodedata
from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet

from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person
from kazipot.organisation.queries import Job, Workplace
from kazipot.training.choices import OfferState, SessionStatus
from kazipot.training.models import SeatOffer


def offers_for_slips(employer_ids: Collection[int] | None, *, on: date) -> QuerySet[SeatOffer]:
    """Offers that wait for an answer of somebody without an e-mail address; of all employers for None."""
    rows = SeatOffer.objects.filter(
        state=OfferState.OFFERED, answer_by__gte=on, session__status=SessionStatus.PLANNED, person__email=""
    )
    return (rows if employer_ids is None else rows.filter(employer_id__in=employer_ids)).order_by("pk")


def slips_by_employer(employer_ids: Collection[int] | None, *, on: date) -> dict[int, int]:
    """How many slips each employer hands out: {employer id: slips}. One query."""
    return dict(Counter(offers_for_slips(employer_ids, on=on).values_list("employer_id", flat=True)))


def places_of(offers: QuerySet[SeatOffer], *, on: date) -> dict[Job, Workplace]:
    """Where the people work to whom seats are offered: {(person id, employer id): workplace}. Two queries."""
    rows = offers.order_by()
    return organisation.workplaces(rows.values("person_id"), rows.values("employer_id"), on=on)


def handing_out(place: Workplace, person: Person) -> tuple[str, ...]:
    """The order of slips: by employer, unit, workplace and name; č stands after c (Unicode's composition D)."""
    texts = (place.employer_code, place.unit_code, place.title, person.last_name, person.first_name)
    return tuple(unicodedata.normalize("NFD", text.casefold()) for text in texts)
