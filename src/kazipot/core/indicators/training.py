"""M3: the share of people with a stated need who got a real opportunity in the even year.

An opportunity is a timely personal offer of a seat, in a session that matches a stated need and took place.
Whether the person took it up does not matter to the indicator, unless they could not get to the place.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kazipot.core.indicators.count import Count

CONDITIONS = ("fits", "working_time", "reachable", "accessible", "notice", "held")
"""What an opportunity must be, in the order in which it is told."""
SAID = ("fits", "notice", "held")
"""Those that the strategy's own words say; the strategy file names which of the others count."""


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
    working time, whether its place was one that the person could get to, and whether without barriers."""

    offer_id: int
    person_id: int
    offered_on: date
    starts_on: date
    took_place: bool
    spans: frozenset[Span]
    in_working_time: bool = True
    accessible: bool = True
    reachable: bool = True


def reporting_year(as_of: date) -> int:
    """The even year that the indicator speaks of on a day: this year if even, else the year before."""
    return as_of.year - as_of.year % 2


def failing(
    offer: OfferFact,
    needs: Iterable[Span],
    *,
    year: int,
    notice_days: int,
    as_of: date,
    conditions: Collection[str] = CONDITIONS,
) -> tuple[str, ...]:
    """The conditions of an opportunity that an offer does not meet, in the order of `CONDITIONS`.

    fits: one of its spans fits one of `needs`. working_time, reachable, accessible: as recorded. notice: it came at
    least `notice_days` days before the session began. held: the session began in `year`, no later than `as_of`, and
    took place.
    """
    met = {
        "fits": any(span.fits(need) for span in offer.spans for need in needs),
        "working_time": offer.in_working_time,
        "reachable": offer.reachable,
        "accessible": offer.accessible,
        "notice": offer.offered_on + timedelta(days=notice_days) <= offer.starts_on,
        "held": offer.took_place and offer.starts_on.year == year and offer.starts_on <= as_of,
    }
    return tuple(name for name in CONDITIONS if name in conditions and not met[name])


def is_opportunity(
    offer: OfferFact,
    needs: Iterable[Span],
    *,
    year: int,
    notice_days: int,
    as_of: date,
    conditions: Collection[str] = CONDITIONS,
) -> bool:
    """Whether the offer gave a real opportunity in `year`, as seen on `as_of`: no condition fails."""
    return not failing(offer, needs, year=year, notice_days=notice_days, as_of=as_of, conditions=conditions)


def reached(
    needs: Iterable[NeedFact],
    offers: Iterable[OfferFact],
    *,
    year: int,
    notice_days: int,
    as_of: date,
    conditions: Collection[str] = CONDITIONS,
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
            is_opportunity(offer, fact.needs, year=year, notice_days=notice_days, as_of=as_of, conditions=conditions)
            for offer in by_person[fact.person_id]
        )
    )
    return Count(met=met, all_=frozenset(fact.person_id for fact in every))
