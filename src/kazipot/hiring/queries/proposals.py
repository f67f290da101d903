"""What a family of posts should demand of new colleagues, by a rule over what is known (docs/methods/job-profiles.md).

Three sources may ask for a competence, each at a level of 1 to 4: what the work needs, the needs analysis, and demands
that were approved for similar posts. Every proposed demand says which of them asked for it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from kazipot.hiring.choices import Basis

RULE_VERSION = 1
FROM_ANALYSIS = 5
"""So many competences the needs analysis asks for: those where much is needed and many lack it."""
ALIKE = 0.5
"""Families are similar when at least this share of the competences that either work needs is needed by both."""

type Levels = Mapping[int, int]
"""{competence id: level 1 to 4}."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the analysis tells of a family and a competence: the mean level needed, 0 to 4, and the share below it."""

    competence_id: int
    needed: float
    below: float


@dataclass(frozen=True, slots=True)
class ProposedDemand:
    """A competence that should be demanded, and which sources asked for it at which level."""

    competence_id: int
    level: int
    required: bool
    because: tuple[tuple[str, int], ...]


def propose_demands(sources: Mapping[str, Levels]) -> list[ProposedDemand]:
    """The demands that follow from the sources, by competence id.

    Rule 1: a competence is proposed when a source asks for it, at the median of the levels asked for (the lower one of
    two in the middle). It is required when the work needs it or two sources ask for it, and else only desired.
    """
    found = []
    for pk in sorted({pk for levels in sources.values() for pk in levels}):
        because = tuple((name, sources[name][pk]) for name in Basis.values if pk in sources.get(name, {}))
        asked = sorted(level for _name, level in because)
        required = len(because) > 1 or because[0][0] == Basis.WORK
        found.append(ProposedDemand(pk, asked[(len(asked) - 1) // 2], required, because))
    return found


def from_work(needed: Iterable[tuple[Levels, int]]) -> dict[int, int]:
    """What the work needs: the mean of the profiles' lowest levels, each weighed by its posts, rounded (halves up)."""
    rows = [(levels, weight) for levels, weight in needed if weight > 0]
    total = sum(weight for _levels, weight in rows)
    sums: dict[int, int] = {}
    for levels, weight in rows:
        for pk, level in levels.items():
            sums[pk] = sums.get(pk, 0) + level * weight
    return {pk: level for pk, found in sums.items() if (level := (2 * found + total) // (2 * total)) > 0}


def from_analysis(told: Iterable[Told]) -> dict[int, int]:
    """What the analysis asks for: the five competences with the greatest product of the mean level needed and the share
    below it, each at the mean level needed, rounded (halves up). What nobody lacks isn't asked for."""
    rows = sorted(told, key=lambda row: (-row.needed * row.below, row.competence_id))
    levels = {row.competence_id: min(4, int(row.needed + 0.5)) for row in rows[:FROM_ANALYSIS] if row.below > 0}
    return {pk: level for pk, level in levels.items() if level > 0}


def from_similar(approved: Collection[Levels]) -> dict[int, int]:
    """What similar posts demand: the mean of the approved levels, 0 where not demanded, rounded (halves up)."""
    return from_work((levels, 1) for levels in approved)


def alike(one: Collection[int], other: Collection[int]) -> float:
    """How alike two kinds of work are: the share of the competences that either needs that both need (Jaccard 1901)."""
    either = set(one) | set(other)
    return len(set(one) & set(other)) / len(either) if either else 0.0
