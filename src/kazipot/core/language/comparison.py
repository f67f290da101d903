"""What a job profile demands and a posting doesn't."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kazipot.core.language.demands import Demand
from kazipot.core.language.lexicon import Force, Level

ORDER = list(Level)


class Shortfall(StrEnum):
    """In which way a posting falls short of the profile."""

    MISSING = "missing"
    ONLY_DESIRED = "only_desired"
    NO_LEVEL = "no_level"
    TOO_LOW = "too_low"


@dataclass(frozen=True, slots=True)
class Gap:
    """A competence of the profile that the posting doesn't demand as the profile does."""

    code: str
    level: Level
    shortfall: Shortfall


def gaps(profile: Mapping[str, Level], found: Iterable[Demand]) -> list[Gap]:
    """The gaps in the order of the codes. A posting that demands more than the profile has none."""
    by_code = {demand.code: demand for demand in found}
    compared = ((code, level, _shortfall(level, by_code.get(code))) for code, level in sorted(profile.items()))
    return [Gap(code, level, shortfall) for code, level, shortfall in compared if shortfall is not None]


def _shortfall(level: Level, demand: Demand | None) -> Shortfall | None:
    if demand is None:
        return Shortfall.MISSING
    if demand.strength is not Force.DEMAND:
        return Shortfall.ONLY_DESIRED
    if demand.level is None:
        return Shortfall.NO_LEVEL
    return Shortfall.TOO_LOW if ORDER.index(demand.level) < ORDER.index(level) else None
