"""What a profile demands and a posting doesn't."""

from hypothesis import given
from hypothesis import strategies as st

from kazipot.core.language.comparison import Gap, Shortfall, gaps
from kazipot.core.language.demands import Demand
from kazipot.core.language.lexicon import Force, Level

LEVELS = st.sampled_from(list(Level))
PROFILES = st.dictionaries(st.sampled_from(["1.1", "1.3", "3.1"]), LEVELS)


def test_demand_without_a_level_falls_short() -> None:
    assert gaps({"1.3": Level.BASIC}, [Demand("1.3", None, Force.DEMAND, ())]) == [
        Gap("1.3", Level.BASIC, Shortfall.NO_LEVEL)
    ]


@given(PROFILES)
def test_posting_that_demands_the_profile_has_no_gap(profile: dict[str, Level]) -> None:
    assert gaps(profile, [Demand(code, level, Force.DEMAND, ()) for code, level in profile.items()]) == []


@given(PROFILES, LEVELS)
def test_every_gap_is_of_the_profile(profile: dict[str, Level], level: Level) -> None:
    found = gaps(profile, [Demand("1.3", level, Force.DEMAND, ())])
    assert {gap.code: gap.level for gap in found}.items() <= profile.items()
