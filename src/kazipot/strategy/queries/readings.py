"""The facts behind each indicator, read once for a day: what is counted, what is met, and in which unit."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import cached_property

from kazipot.advisors import queries as advisors
from kazipot.core.indicators import advisors as m1
from kazipot.core.indicators import hiring as m4
from kazipot.core.indicators import needs as m2
from kazipot.core.indicators import training as m3
from kazipot.core.indicators import verification as m5
from kazipot.core.indicators.count import Count
from kazipot.core.indicators.due import Due
from kazipot.framework import queries as framework
from kazipot.hiring import queries as hiring
from kazipot.needs import queries as needs
from kazipot.organisation import queries as organisation
from kazipot.strategy.queries.definition import (
    AdvisorsIndicator,
    IndicatorSpec,
    Strategy,
    TrainingIndicator,
    TrainingParameters,
    VerificationIndicator,
)
from kazipot.strategy.queries.tree import Tree, tree
from kazipot.training import queries as training
from kazipot.verification import queries as verification

PEOPLE = frozenset({"training", "verification"})
"""Kinds of indicators that count people: their small groups are protected."""


Records = Callable[[int], tuple[int, ...]]
"""For a thing counted, the ids of the records that make it met; see each reader for which records these are."""


def no_records(thing: int) -> tuple[int, ...]:  # noqa: ARG001
    """A thing that is its own record."""
    return ()


@dataclass(frozen=True, slots=True)
class Beside:
    """A second figure that stands beside an indicator, such as the response rate."""

    name: str
    count: Count[int]
    unit_of: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """An indicator's facts as of a day. `counted_on` is the day whose state is counted (M3: of the even year)."""

    spec: IndicatorSpec
    as_of: date
    counted_from: date
    counted_on: date
    due: Due
    count: Count[int]
    unit_of: Mapping[int, int] | None
    """The unit of each thing counted; None when the thing is one for the whole programme."""
    begun_in: frozenset[int]
    """Units in which work goes on that doesn't count yet."""
    beside: tuple[Beside, ...]
    records: Records
    tree: Tree


def period(spec: IndicatorSpec, as_of: date) -> tuple[date, date]:
    """The first and the last day that an indicator looks at, as of a day; both are included.

    M3 speaks of an even year: in an odd one it keeps to the end of the year before.
    """
    match spec:
        case AdvisorsIndicator():
            return as_of, as_of
        case TrainingIndicator():
            year = m3.reporting_year(as_of)
            return date(year, 1, 1), min(as_of, date(year, 12, 31))
        case VerificationIndicator():
            return m5.add_months(as_of, -spec.parameters.months) + timedelta(days=1), as_of
        case _:
            return date(as_of.year, 1, 1), as_of


class Day:
    """What several indicators need of one day, read when first asked for."""

    def __init__(self, day: date) -> None:
        self.day = day

    @cached_property
    def tree(self) -> Tree:
        """The units."""
        return tree(self.day)

    @cached_property
    def framework_id(self) -> int | None:
        """The competence framework in force, in which needs and courses are compared."""
        found = framework.active_framework(self.day)
        return found.pk if found else None


class Reader:
    """Reads the indicators of a strategy as of a day; each fact is read once whatever is asked of it later."""

    def __init__(self, strategy: Strategy, as_of: date) -> None:
        self.strategy = strategy
        self.as_of = as_of
        self._days: dict[date, Day] = {}

    def on(self, day: date) -> Day:
        """What is known of a day."""
        return self._days.setdefault(day, Day(day))

    def read(self, spec: IndicatorSpec) -> Reading:
        """The facts of one indicator."""
        return READERS[spec.kind](self, spec)

    def reading(
        self,
        spec: IndicatorSpec,
        count: Count[int],
        unit_of: Mapping[int, int] | None,
        *,
        begun_in: frozenset[int] = frozenset(),
        beside: tuple[Beside, ...] = (),
        records: Records = no_records,
    ) -> Reading:
        """Put together what a reader found."""
        counted_from, day = period(spec, self.as_of)
        return Reading(
            spec=spec,
            as_of=self.as_of,
            counted_from=counted_from,
            counted_on=day,
            due=spec.due_on(self.strategy.adopted_on, self.as_of),
            count=count,
            unit_of=unit_of,
            begun_in=begun_in,
            beside=beside,
            records=records,
            tree=self.on(day).tree,
        )


def _advisors(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M1: the units of the city administration on the day. Records: appointments."""
    facts = {fact.unit_id: fact for fact in advisors.unit_facts(reader.as_of)}
    count = m1.coverage(facts.values())

    def records(unit_id: int) -> tuple[int, ...]:
        return facts[unit_id].appointment_ids

    unit_of = {unit_id: unit_id for unit_id in count.all_}
    return reader.reading(spec, count, unit_of, records=records)


def _needs(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M2: the analysis of the calendar year; beside it who answered, and from which units. Records: analyses."""
    as_of = reader.as_of
    analyses = needs.analysis_facts(as_of)
    count = m2.prepared(as_of.year, analyses, as_of=as_of)
    invitations = needs.invitation_facts(as_of.year, as_of)
    units = m2.covered_units(invitations, organisation.headcount_by_unit(as_of))
    beside = (
        Beside("response", m2.response(invitations), {fact.invitation_id: fact.unit_id for fact in invitations}),
        Beside("units", units, {unit_id: unit_id for unit_id in units.all_}),
    )
    begun = frozenset(fact.unit_id for fact in invitations)

    def records(year: int) -> tuple[int, ...]:
        return tuple(fact.analysis_id for fact in analyses if fact.published_on.year == year)

    return reader.reading(
        spec,
        count,
        None,
        begun_in=begun,
        beside=beside,
        records=records,
    )


class Opportunities:
    """For a person with a stated need, the offers that were a real opportunity."""

    def __init__(
        self,
        stated: Iterable[m3.NeedFact],
        offers: Iterable[m3.OfferFact],
        *,
        year: int,
        rule: TrainingParameters,
        as_of: date,
    ) -> None:
        self._stated = stated
        self._offers = offers
        self._year = year
        self._rule = rule
        self._as_of = as_of

    @cached_property
    def _needs_of(self) -> Mapping[int, frozenset[m3.Span]]:
        return {fact.person_id: fact.needs for fact in self._stated}

    @cached_property
    def _offers_to(self) -> Mapping[int, list[m3.OfferFact]]:
        offers: dict[int, list[m3.OfferFact]] = defaultdict(list)
        for offer in self._offers:
            offers[offer.person_id].append(offer)
        return offers

    def __call__(self, person_id: int) -> tuple[int, ...]:
        wanted = self._needs_of[person_id]
        return tuple(
            offer.offer_id
            for offer in self._offers_to.get(person_id, ())
            if m3.is_opportunity(
                offer,
                wanted,
                year=self._year,
                notice_days=self._rule.notice_days,
                as_of=self._as_of,
                conditions=self._rule.conditions,
            )
        )


def _training(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M3: people with a stated need, and the opportunities of the even year. Records: offers that were one."""
    assert isinstance(spec, TrainingIndicator)
    start, day = period(spec, reader.as_of)
    year = start.year
    expressed_in = reader.on(day).framework_id
    stated = needs.need_facts(year, day, expressed_in=expressed_in)
    offers = training.offer_facts(year, day, expressed_in=expressed_in)
    rule = spec.parameters
    count = m3.reached(stated, offers, year=year, notice_days=rule.notice_days, as_of=day, conditions=rule.conditions)
    unit_of = {fact.person_id: fact.unit_id for fact in stated}
    begun = frozenset(unit_of[offer.person_id] for offer in offers if offer.person_id in unit_of)
    records = Opportunities(stated, offers, year=year, rule=rule, as_of=day)
    return reader.reading(
        spec,
        count,
        unit_of,
        begun_in=begun,
        records=records,
    )


def _hiring(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M4: the city administration's postings since the beginning of the year; beside it those that an exception let
    pass the gate without selected competences."""
    start = date(reader.as_of.year, 1, 1)
    postings = hiring.posting_facts(start, reader.as_of)
    count = m4.demanding(postings, start=start, as_of=reader.as_of)
    unit_of = {fact.posting_id: fact.unit_id for fact in postings}
    beside = (Beside("exceptions", m4.exceptions(postings, start=start, as_of=reader.as_of), unit_of),)
    return reader.reading(spec, count, unit_of, beside=beside)


def _verification(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M5: employees past their grace period, trained and verified in the window.

    Records: (1 if the training is in order, 1 if the verification is); dates stay in their own room.
    """
    assert isinstance(spec, VerificationIndicator)
    rule, as_of = spec.parameters, reader.as_of
    duties = {fact.person_id: fact for fact in verification.duty_facts(as_of, counts=rule.counts)}
    count = m5.secured(duties.values(), months=rule.months, grace_months=rule.grace_months, as_of=as_of)
    since = m5.add_months(as_of, -rule.months)

    def records(person_id: int) -> tuple[int, ...]:
        fact = duties[person_id]
        return tuple(int(day is not None and since < day <= as_of) for day in (fact.trained_on, fact.verified_on))

    begun = frozenset(fact.unit_id for fact in duties.values() if any(records(fact.person_id)))
    return reader.reading(
        spec,
        count,
        {fact.person_id: fact.unit_id for fact in duties.values()},
        begun_in=begun,
        records=records,
    )


READERS: Mapping[str, Callable[[Reader, IndicatorSpec], Reading]] = {
    "advisors": _advisors,
    "needs": _needs,
    "training": _training,
    "hiring": _hiring,
    "verification": _verification,
}
