"""M3: the share of people with a stated need who got a real opportunity in the even year.

An opportunity is a timely personal offer of a seat, in a session that matches a stated need and took place.
Whether the person took it up does not matter to the indicator.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kazipot.core.indicators.count import Count


@dataclass(frozen=True, slots=True)
class Span:
    """A competence with levels: a need leads from the own level to the wished one, a course likewise (0 to 4)."""

    competence_id: int
    from_level: int
    to_level: int

    def fits(self, need: "Span") -> bool:
        """Whether a course with this span helps with `need`: same competence, from ≤ need.from < to."""
        return self.competence_id == need.competence_id and self.from_level <= need.from_level < self.to_level


@dataclass(frozen=True, slots=True)
class NeedFact:
    """A person with at least one stated need, and the unit they are counted under."""

    person_id: int
    unit_id: int
    needs: frozenset[Span]


@dataclass(frozen=True, slots=True)
class OfferFact:
    """A personal offer of a seat: when it was made, when the session began, whether the session took place, whether in
    working time, and whether it could be reached without barriers."""

    offer_id: int
    person_id: int
    offered_on: date
    starts_on: date
    took_place: bool
    spans: frozenset[Span]
    in_working_time: bool = True
    accessible: bool = True


def reporting_year(as_of: date) -> int:
    """The even year that the indicator speaks of on a day: this year if even, else the year before."""
    return as_of.year - as_of.year % 2


def is_opportunity(offer: OfferFact, needs: Iterable[Span], *, year: int, notice_days: int, as_of: date) -> bool:
    """Whether the offer gave a real opportunity in `year`, as seen on `as_of`.

    The session began in the year, no later than `as_of`, and took place, in working time and without barriers; the
    offer came at least `notice_days` days before it began; one of its spans fits one of `needs`.
    """
    return (
        offer.took_place
        and offer.in_working_time
        and offer.accessible
        and offer.starts_on.year == year
        and offer.starts_on <= as_of
        and offer.offered_on + timedelta(days=notice_days) <= offer.starts_on
        and any(span.fits(need) for span in offer.spans for need in needs)
    )


def reached(
    needs: Iterable[NeedFact], offers: Iterable[OfferFact], *, year: int, notice_days: int, as_of: date
) -> Count[int]:
    """People with an opportunity among people with a stated need. Things: person ids."""
    by_person: dict[int, list[OfferFact]] = defaultdict(list)
    for offer in offers:
        by_person[offer.person_id].append(offer)
    every = [fact for fact in needs if fact.needs]
    met = frozenset(
        fact.person_id
        for fact in every
        if any(
            is_opportunity(offer, fact.needs, year=year, notice_days=notice_days, as_of=as_of)
            for offer in by_person[fact.person_id]
        )
    )
    return Count(met=met, all_=frozenset(fact.person_id for fact in every))
