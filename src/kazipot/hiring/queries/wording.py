"""Ready wording for what a profile demands, and how to test it in selection (`data/posting-wording.yaml`).

A Slovenian wording begins with a noun of the neuter singular ("samostojno urejanje besedil"), whose nominative and
accusative are the same: it is right after "Zahtevamo", after "Pogoj je", in a list under "Zahtevana znanja:" and before
"je zaželeno". A digital competence is named with its level, so that the check reads out of it what was put in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kazipot.core.language.comparison import Gap, gaps
from kazipot.core.language.demands import Demand
from kazipot.core.language.lexicon import Level
from kazipot.hiring.queries.check import shipped

LEVEL_WORDS = {
    Level.BASIC: "osnovna raven",
    Level.INTERMEDIATE: "srednja raven",
    Level.ADVANCED: "napredna raven",
    Level.HIGHLY_ADVANCED: "visoko napredna raven",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How a competence at a level is demanded, and how it is tested: by a `question`, a `task` or the `test`."""

    code: str
    level: Level
    demand_sl: str
    demand_en: str
    method: str
    trial_sl: str
    trial_en: str

    @property
    def item_sl(self) -> str:
        """The demand as an item of a list, with code and level."""
        return f"{self.demand_sl} ({self.code}, {LEVEL_WORDS[self.level]})"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A gap and the words that close it."""

    gap: Gap
    wording: Wording


def propose(profile_demands: Mapping[str, Level], found_demands: Iterable[Demand]) -> list[Proposal]:
    """What the profile demands (code → level) and the posting doesn't, each with ready wording."""
    return [Proposal(gap, wording_for(gap.code, gap.level)) for gap in gaps(profile_demands, found_demands)]


def wording_for(code: str, level: Level) -> Wording:
    """The wording of a competence of DigComp 3.0 at a level. Raises KeyError for another code."""
    return wordings()[code, level]


@cache
def wordings() -> Mapping[tuple[str, Level], Wording]:
    """Every wording by code and level; read once."""
    return {
        (code, Level(level)): Wording(code, Level(level), demand_sl, demand_en, method, trial_sl, trial_en)
        for code, levels in shipped("posting-wording.yaml").items()
        for level, ((demand_sl, demand_en), (method, trial_sl, trial_en)) in levels.items()
    }
