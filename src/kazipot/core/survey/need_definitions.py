"""A training need, defined three ways: what a person states, what their post requires, what a verification measures.

The strategy's official denominator is the stated need; the others stand beside it. Every definition has rules with
version numbers, and says "unknown" when it has nothing to go by, which is not the same as no need.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from kazipot.core.survey.stated_need import HIGHEST, LOWEST, RULE_VERSION, Answered, stated_need

type Definition = Literal["stated", "required", "measured"]
type State = Literal["need", "no need", "unknown"]

OFFICIAL: Definition = "stated"
"""The definition that the strategy counts by."""

RULES: dict[Definition, int] = {"stated": RULE_VERSION, "required": 1, "measured": 1}
"""The rule of each definition that is in force; what is published keeps its own."""


@dataclass(frozen=True, slots=True)
class Target:
    """The levels that a post asks for in one competence, from `lowest` to `highest` (0 to 4)."""

    lowest: int
    highest: int

    def __post_init__(self) -> None:
        if not LOWEST <= self.lowest <= self.highest <= HIGHEST:
            raise ValueError("a target is a range of levels from 0 to 4")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a definition says of one person and competence; a need leads from one level to another."""

    definition: Definition
    rule: int
    state: State
    from_level: int | None = None
    to_level: int | None = None


def stated(answered: Answered | None) -> Verdict:
    """Rule 1 of `stated_need`: the wish decides. Unknown when the person has not answered."""
    if answered is None:
        return Verdict("stated", RULES["stated"], "unknown")
    return _verdict("stated", stated_need(answered))


def required(own_level: int | None, target: Target | None) -> Verdict:
    """Rule 1: a need is required if and only if the own level, as told, lies below the post's target range.

    It leads from the own level to the lowest of the range: what lies above is room to grow, not a need. A post without
    a target asks for nothing. Unknown when there is a target and the person has not answered.
    """
    return _against("required", own_level, target)


def measured(measured_level: int | None, target: Target | None) -> Verdict:
    """Rule 1: as `required`, with the level of a verification that is valid and may be used in place of the own word.

    Unknown when there is a target and no such verification: nobody is counted as able or unable without a test.
    """
    return _against("measured", measured_level, target)


def of_person(verdicts: Iterable[Verdict]) -> State:
    """What one definition says of a person over all competences: a need if there is one in any of them.

    Else unknown if any is unknown or there is none at all, else no need.
    """
    states = [verdict.state for verdict in verdicts]
    if "need" in states:
        return "need"
    return "unknown" if "unknown" in states or not states else "no need"


@dataclass(frozen=True, slots=True)
class Crossed:
    """People by what two definitions say of them; `unknown` are those of whom either says nothing."""

    both: int
    first_only: int
    second_only: int
    neither: int
    unknown: int

    @property
    def agreement(self) -> float | None:
        """The share of people of whom both definitions say the same, of those of whom both say something."""
        known = self.both + self.first_only + self.second_only + self.neither
        return (self.both + self.neither) / known if known else None


def crossed(pairs: Iterable[tuple[State, State]]) -> Crossed:
    """What another definition would change: (by the first, by the second) of every person."""
    found = Counter(pairs)
    cells = [found["need", "need"], found["need", "no need"], found["no need", "need"], found["no need", "no need"]]
    both, first_only, second_only, neither = cells
    return Crossed(both, first_only, second_only, neither, found.total() - sum(cells))


def _against(definition: Definition, level: int | None, target: Target | None) -> Verdict:
    if level is not None and not LOWEST <= level <= HIGHEST:
        raise ValueError("levels run from 0 to 4")
    if target is None:
        return _verdict(definition, None)
    if level is None:
        return Verdict(definition, RULES[definition], "unknown")
    return _verdict(definition, (level, target.lowest) if level < target.lowest else None)


def _verdict(definition: Definition, need: tuple[int, int] | None) -> Verdict:
    return (
        Verdict(definition, RULES[definition], "no need")
        if need is None
        else Verdict(definition, RULES[definition], "need", *need)
    )
