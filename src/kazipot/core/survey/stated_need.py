"""When an answer states a training need, and from which level to which: rules with version numbers."""

from dataclasses import dataclass

RULE_VERSION = 1
"""The rule by which needs are stated today; a record keeps the version that made it."""

LOWEST, HIGHEST = 0, 4
"""Levels run from 0 (nothing yet) to 4 (leads others)."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a person said of one competence: own level, the level their job needs, and whether they want training."""

    own_level: int
    needed_level: int
    wants_training: bool

    def __post_init__(self) -> None:
        if not (LOWEST <= self.own_level <= HIGHEST and LOWEST <= self.needed_level <= HIGHEST):
            raise ValueError("levels run from 0 to 4")


def stated_need(answered: Answered) -> tuple[int, int] | None:
    """The need that an answer states, as (from level, to level), or None. Rule 1:

    a need is stated if and only if the person wants training; it leads from the own level to the level the
    job needs, and at least one level up where there is one: to = max(needed, min(own + 1, 4)).
    """
    if not answered.wants_training:
        return None
    return answered.own_level, max(answered.needed_level, min(answered.own_level + 1, HIGHEST))
