"""Which gaps come first: how large × how important × how many people, with the parts kept so that a reader sees why."""

from collections.abc import Iterable
from dataclasses import dataclass

METHOD_VERSION = 1
"""The rule by which priorities are set today; what is published keeps its own."""

SCALE = 4
"""The largest gap: from level 0 to level 4."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One competence (of a group): mean gap in levels (0 to 4) of the people who have one, importance (0 to 1), people.

    `people` is how many have the gap, at most `population`. Raises ValueError outside these ranges.
    """

    key: str
    levels: float
    importance: float
    people: float
    population: float

    def __post_init__(self) -> None:
        if not (0 <= self.levels <= SCALE and 0 <= self.importance <= 1 and 0 <= self.people <= self.population):
            raise ValueError(f"{self.key}: a gap is 0 to 4 levels, its importance 0 to 1, its people 0 to all")


@dataclass(frozen=True, slots=True)
class Priority:
    """A gap's place: `score` is the product of the three parts, each 0 to 1; equal scores share a rank."""

    rank: int
    gap: Gap
    depth: float
    importance: float
    reach: float
    score: float


def priorities(gaps: Iterable[Gap]) -> list[Priority]:
    """The gaps in order: highest score first, equal ones by key. Rule 1:

    score = (levels / 4) · importance · (people / population). The parts are divided by what they could be at most, not
    by the largest of the table, so that scores can be compared between tables and years. Scores that agree to nine
    decimals are equal.
    """
    scored = [(round(_depth(gap) * gap.importance * _reach(gap), 9), gap) for gap in gaps]
    scored.sort(key=lambda line: (-line[0], line[1].key))
    found: list[Priority] = []
    for place, (score, gap) in enumerate(scored, start=1):
        rank = found[-1].rank if found and found[-1].score == score else place
        found.append(Priority(rank, gap, _depth(gap), gap.importance, _reach(gap), score))
    return found


def _depth(gap: Gap) -> float:
    return gap.levels / SCALE


def _reach(gap: Gap) -> float:
    return gap.people / gap.population if gap.population else 0.0
