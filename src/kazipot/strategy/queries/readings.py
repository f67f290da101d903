"""The facts behind each indicator, read once for a day: what is counted, what is met, and in which unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

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
    IndicatorPart,
    IndicatorSpec,
    Strategy,
    TrainingIndicator,
    VerificationIndicator,
)
from kazipot.strategy.queries.tree import Tree, tree
from kazipot.training import queries as training
from kazipot.verification import queries as verification

PEOPLE = frozenset({"training", "verification"})
"""Kinds of indicators that count people: their small groups are protected."""


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
    tree: Tree


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
        counted_from: date,
        counted_on: date | None = None,
        begun_in: frozenset[int] = frozenset(),
        beside: tuple[Beside, ...] = (),
    ) -> Reading:
        """Put together what a reader found."""
        day = counted_on or self.as_of
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
            tree=self.on(day).tree,
        )


def _advisors(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M1: the units of the city administration on the day."""
    facts = advisors.unit_facts(reader.as_of)
    count = m1.coverage(facts)
    return reader.reading(spec, count, {unit_id: unit_id for unit_id in count.all_}, counted_from=reader.as_of)


def _needs(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M2: the analysis of the calendar year; beside it who answered, and from which units."""
    as_of = reader.as_of
    count = m2.prepared(as_of.year, needs.analysis_facts(as_of), as_of=as_of)
    invitations = needs.invitation_facts(as_of.year, as_of)
    units = m2.covered_units(invitations, organisation.headcount_by_unit(as_of))
    beside = (
        Beside("response", m2.response(invitations), {fact.invitation_id: fact.unit_id for fact in invitations}),
        Beside("units", units, {unit_id: unit_id for unit_id in units.all_}),
    )
    begun = frozenset(fact.unit_id for fact in invitations)
    return reader.reading(spec, count, None, counted_from=date(as_of.year, 1, 1), begun_in=begun, beside=beside)


def training_period(as_of: date) -> tuple[int, date]:
    """The even year that M3 speaks of on a day, and the day of it up to which it is counted."""
    year = m3.reporting_year(as_of)
    return year, min(as_of, date(year, 12, 31))


def _training(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M3: people with a stated need, and the opportunities of the even year."""
    assert isinstance(spec, TrainingIndicator)
    year, day = training_period(reader.as_of)
    expressed_in = reader.on(day).framework_id
    stated = needs.need_facts(year, day, expressed_in=expressed_in)
    offers = training.offer_facts(year, day, expressed_in=expressed_in)
    count = m3.reached(stated, offers, year=year, notice_days=spec.parameters.notice_days, as_of=day)
    unit_of = {fact.person_id: fact.unit_id for fact in stated}
    begun = frozenset(unit_of[offer.person_id] for offer in offers if offer.person_id in unit_of)
    return reader.reading(spec, count, unit_of, counted_from=date(year, 1, 1), counted_on=day, begun_in=begun)


def _hiring(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M4: the city administration's postings since the beginning of the year."""
    start = date(reader.as_of.year, 1, 1)
    postings = hiring.posting_facts(start, reader.as_of)
    count = m4.demanding(postings, start=start, as_of=reader.as_of)
    return reader.reading(spec, count, {fact.posting_id: fact.unit_id for fact in postings}, counted_from=start)


def _verification(reader: Reader, spec: IndicatorSpec) -> Reading:
    """M5: employees past their grace period, trained and verified in the window."""
    assert isinstance(spec, VerificationIndicator)
    rule, as_of = spec.parameters, reader.as_of
    duties = verification.duty_facts(as_of, counts=rule.counts)
    count = m5.secured(duties, months=rule.months, grace_months=rule.grace_months, as_of=as_of)
    begun = frozenset(
        fact.unit_id
        for fact in duties
        if m5.within(fact.trained_on, months=rule.months, as_of=as_of)
        or m5.within(fact.verified_on, months=rule.months, as_of=as_of)
    )
    return reader.reading(
        spec,
        count,
        {fact.person_id: fact.unit_id for fact in duties},
        counted_from=m5.add_months(as_of, -rule.months),
        begun_in=begun,
    )


READERS: Mapping[str, Callable[[Reader, IndicatorSpec], Reading]] = {
    "advisors": _advisors,
    "needs": _needs,
    "training": _training,
    "hiring": _hiring,
    "verification": _verification,
}
