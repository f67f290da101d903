"""Fresh codes on paper for people without an e-mail address to whom a seat is offered."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from kazipot.foundation import audit
from kazipot.foundation.database import lock
from kazipot.foundation.models import User
from kazipot.foundation.tokens import digest, new_code, spaced
from kazipot.foundation.ui.templatetags.ui import day
from kazipot.organisation.models import Employer
from kazipot.organisation.queries import Workplace
from kazipot.training import queries
from kazipot.training.errors.running import NobodyWaitsForASlip
from kazipot.training.models import SeatOffer


@dataclass(frozen=True, slots=True)
class SeatSlip:
    """A slip for a person: what is offered, and the code, which is told here once."""

    offer_id: int
    name: str
    language: str
    workplace: Workplace
    code: str
    detail: str

    @property
    def spaced_code(self) -> str:
        """The code in groups of four, as it is printed and may be typed."""
        return spaced(self.code)


@transaction.atomic
def make_seat_slips(*, employer_ids: Collection[int], at: datetime, actor: User | None) -> list[SeatSlip]:
    """Fresh codes for the employers' people without an e-mail address whose offer waits, by employer, unit, workplace
    and name. Codes printed earlier stop being valid. Raises NobodyWaitsForASlip."""
    on = timezone.localtime(at).date()
    rows = queries.offers_for_slips(employer_ids, on=on)
    offers = list(lock(rows).select_related("session__course", "person"))
    places = queries.places_of(rows, on=on)
    made: list[tuple[tuple[str, ...], SeatSlip]] = []
    for offer in offers:
        place = places.get((offer.person_id, offer.employer_id))
        if place is None:  # works there no more
            continue
        code = new_code()
        offer.token_digest = digest(code)
        slip = SeatSlip(offer.pk, offer.person.name, offer.person.language, place, code, _told(offer))
        made.append((queries.handing_out(place, offer.person), slip))
    if not made:
        raise NobodyWaitsForASlip
    SeatOffer.objects.bulk_update(offers, ["token_digest"], batch_size=500)
    slips = [slip for _order, slip in sorted(made, key=lambda pair: (pair[0], pair[1].offer_id))]
    employers = {row.code: row for row in Employer.objects.filter(pk__in=employer_ids)}
    for employer_code, number in sorted(Counter(slip.workplace.employer_code for slip in slips).items()):
        audit.record(
            "training.make_slips", employers[employer_code], actor=actor, at=at,
            employer_code=employer_code, slips=number,
        )  # fmt: skip
    return slips


def _told(offer: SeatOffer) -> str:
    """The seat in a line, in the person's language."""
    session = offer.session
    with override(offer.person.language):
        return _("%(course)s, %(day)s at %(hour)s, %(place)s. Please answer by %(last)s.") % {
            "course": session.course.title,
            "day": day(session.starts_on),
            "hour": _hour(session.begins_at),
            "place": session.place,
            "last": day(offer.answer_by),
        }


def _hour(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02}"
