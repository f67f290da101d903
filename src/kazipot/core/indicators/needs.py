"""M2: whether a year's needs analysis was published or updated, and how far it reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kazipot.core.indicators.count import Count


@dataclass(frozen=True, slots=True)
class AnalysisFact:
    """A published version of an analysis, and the day on which it was published."""

    analysis_id: int
    published_on: date


@dataclass(frozen=True, slots=True)
class InvitationFact:
    """A person invited to state their needs, the unit they were counted under, and whether they answered."""

    invitation_id: int
    unit_id: int
    responded: bool


def prepared(year: int, analyses: Iterable[AnalysisFact], *, as_of: date) -> Count[int]:
    """1 of 1 when an analysis was published in the calendar year, on or before `as_of`. Things: the year."""
    done = any(fact.published_on.year == year and fact.published_on <= as_of for fact in analyses)
    return Count(met=frozenset({year}) if done else frozenset(), all_=frozenset({year}))


def response(invitations: Iterable[InvitationFact]) -> Count[int]:
    """Answered among all invited (AAPOR RR1 when every invited person is eligible). Things: invitation ids."""
    invited = list(invitations)
    return Count(
        met=frozenset(fact.invitation_id for fact in invited if fact.responded),
        all_=frozenset(fact.invitation_id for fact in invited),
    )


def covered_units(invitations: Iterable[InvitationFact], units: Iterable[int]) -> Count[int]:
    """Units from which at least one person answered, among all `units` that have people. Things: unit ids."""
    every = frozenset(units)
    answered = frozenset(fact.unit_id for fact in invitations if fact.responded)
    return Count(met=answered & every, all_=every)
