"""M3 beside itself: what share of people with a need got an opportunity, by each definition of a need.

The official indicator counts stated needs (`core.indicators.training`); the others are context and have no target.
Measured needs are told in aggregate alone, and only here: verification stands a floor above the survey
(docs/decisions/needs-by-definition.md).
"""

from dataclasses import dataclass, replace
from datetime import date

from kazipot.core.indicators import training as m3
from kazipot.core.indicators import verification as m5
from kazipot.core.survey.disclosure import THRESHOLD
from kazipot.core.survey.need_definitions import RULES
from kazipot.needs import queries as needs
from kazipot.strategy.queries.definition import TrainingIndicator
from kazipot.strategy.queries.readings import Reader, period
from kazipot.training import queries as training
from kazipot.verification import queries as verification

MONTHS = 24
"""Results of so many months count as measured."""


@dataclass(frozen=True, slots=True)
class ByDefinition:
    """People with a need by one definition, and how many of them got an opportunity; both None when too few."""

    definition: str
    is_official: bool
    counted: int | None
    met: int | None
    target: int = 0
    """The target of the official figure, in percent; the others are only held against it."""
    more: int | None = None
    """So many people more (or fewer) than by the official definition."""

    @property
    def rule(self) -> int:
        """The version of the definition's rule that is in force."""
        return {**RULES}[self.definition]  # type: ignore[index]

    @property
    def reaches(self) -> bool | None:
        """Whether the share is at least the target; None when the share isn't told."""
        return None if self.share is None else 100 * self.share >= self.target

    @property
    def share(self) -> float | None:
        """The share that got an opportunity."""
        return self.met / self.counted if self.counted and self.met is not None else None


def needs_by_definition(reader: Reader, spec: TrainingIndicator) -> list[ByDefinition]:
    """The three definitions as of the day that M3 looks at, for the whole."""
    start, day = period(spec, reader.as_of)
    year, rule = start.year, spec.parameters
    expressed_in = reader.on(day).framework_id
    offers = training.offer_facts(year, day, expressed_in=expressed_in)
    found = []
    for name, facts in (
        ("stated", needs.need_facts(year, day, expressed_in=expressed_in)),
        ("required", needs.required_facts(year, day, expressed_in=expressed_in)),
    ):
        count = m3.reached(
            facts, offers, year=year, notice_days=rule.notice_days, as_of=day, conditions=rule.conditions
        )
        found.append(_told(name, len(count.all_), len(count.met)))
    measured = _measured(day)
    offered = {
        offer.person_id
        for offer in offers
        if m3.is_opportunity(
            offer, offer.spans, year=year, notice_days=rule.notice_days, as_of=day, conditions=rule.conditions
        )
    }
    found.append(_told("measured", len(measured), len(measured & offered)))
    official = found[0].counted or 0
    return [
        replace(row, target=spec.target_percent, more=None if row.counted is None else row.counted - official)
        for row in found
    ]


def _measured(day: date) -> frozenset[int]:
    """Employees who took a verification in the last months and have not passed one."""
    taken, passed = (
        {
            fact.person_id
            for fact in verification.duty_facts(day, counts=counts)
            if m5.within(fact.verified_on, months=MONTHS, as_of=day)
        }
        for counts in ("taken", "passed")
    )
    return frozenset(taken - passed)


def _told(name: str, counted: int, met: int) -> ByDefinition:
    """Small numbers aren't told: neither of people with a need, nor of those with or without an opportunity."""
    is_official = name == "stated"
    if 0 < counted < THRESHOLD and not is_official:
        return ByDefinition(name, is_official, None, None)
    small = any(0 < part < THRESHOLD for part in (met, counted - met)) and not is_official
    return ByDefinition(name, is_official, counted, None if small else met)
