"""Stratified samples: sizes by textbook examples and properties, chance by how often everyone is drawn."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.sampling import (
    Allocation,
    Design,
    NobodyToDrawError,
    SampleTooLargeError,
    SampleTooSmallError,
    SamplingError,
    Stratum,
    allocate,
    draw,
    size_of_share,
)

ALLOCATIONS: tuple[Allocation, ...] = ("proportional", "equal", "power")
POPULATIONS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 60), min_size=1, max_size=12)


def members_of(**strata: int) -> dict[int, str]:
    """People 0, 1, … of the strata, so many of each."""
    names = [name for name, people in strata.items() for _ in range(people)]
    return dict(enumerate(names))


def sizes(strata: tuple[Stratum, ...]) -> dict[str, int]:
    return {stratum.name: stratum.sample for stratum in strata}


def test_allocate_proportionally_as_in_lohrs_census_of_agriculture() -> None:
    """Lohr (2010), *Sampling: Design and Analysis*, 2nd ed., example 3.2: 300 of 3,078 counties in four regions."""
    regions = {"Northeast": 220, "North Central": 1054, "South": 1382, "West": 422}
    strata = allocate(regions, Design(size=300, seed=1))
    assert sizes(strata) == {"Northeast": 21, "North Central": 103, "South": 135, "West": 41}
    assert [round(stratum.weight, 2) for stratum in strata] == [10.23, 10.48, 10.24, 10.29]


def test_allocate_equally_and_by_the_square_root() -> None:
    assert sizes(allocate({"a": 100, "b": 400, "c": 900}, Design(60, 1, "equal"))) == {"a": 20, "b": 20, "c": 20}
    assert sizes(allocate({"a": 100, "b": 400, "c": 900}, Design(60, 1, "power"))) == {"a": 10, "b": 20, "c": 30}


def test_allocate_takes_all_of_small_strata_and_gives_the_rest_to_the_others() -> None:
    strata = allocate({"a": 5, "b": 100, "c": 100}, Design(65, 1, "equal"))
    assert sizes(strata) == {"a": 5, "b": 30, "c": 30}
    assert [stratum.takes_all for stratum in strata] == [True, False, False]
    assert [stratum.weight for stratum in strata] == [1, 100 / 30, 100 / 30]


def test_allocate_gives_every_stratum_its_minimum_and_leaves_out_empty_ones() -> None:
    populations = {"a": 1, "b": 10, "c": 989, "none": 0}
    assert sizes(allocate(populations, Design(100, 1, minimum=5))) == {"a": 1, "b": 5, "c": 94}


def test_allocate_breaks_equal_remainders_by_size_and_name() -> None:
    assert sizes(allocate({"b": 10, "a": 10}, Design(5, 1))) == {"a": 3, "b": 2}


@settings(deadline=None)
@given(POPULATIONS, st.sampled_from(ALLOCATIONS), st.integers(1, 4), st.data())
def test_allocate_adds_up_within_bounds_and_close_to_the_exact_share(
    populations: dict[str, int], allocation: Allocation, minimum: int, data: st.DataObject
) -> None:
    people = sum(populations.values())
    if not people:
        with pytest.raises(NobodyToDrawError):
            allocate(populations, Design(1, 1))
        return
    size = data.draw(st.integers(sum(min(minimum, number) for number in populations.values()), people))
    strata = allocate(populations, Design(size, 1, allocation, minimum))
    assert sum(stratum.sample for stratum in strata) == size
    assert {stratum.name: stratum.population for stratum in strata} == {k: v for k, v in populations.items() if v}
    assert all(min(minimum, stratum.population) <= stratum.sample <= stratum.population for stratum in strata)
    assert sum(stratum.sample * stratum.weight for stratum in strata) == pytest.approx(people)
    free = [s for s in strata if min(minimum, s.population) + 1 < s.sample < s.population - 1]
    pulls = [stratum.population ** Design(1, 1, allocation).exponent for stratum in free]
    lowest = [(stratum.sample - 1) / pull for stratum, pull in zip(free, pulls, strict=True)]
    highest = [(stratum.sample + 1) / pull for stratum, pull in zip(free, pulls, strict=True)]
    assert max(lowest, default=0) < min(highest, default=1) + 1e-9, "some λ rounds to every size"


@settings(deadline=None)
@given(st.permutations(list(members_of(a=7, b=5, c=11).items())), st.integers(0, 10**12))
def test_draw_is_the_same_from_the_same_seed_in_any_order(members: list[tuple[int, str]], seed: int) -> None:
    design = Design(size=9, seed=seed)
    assert draw(dict(members), design) == draw(dict(sorted(members)), design)


def test_draw_stays_what_it_was() -> None:
    """What a campaign has drawn must be drawn again by every later version from its seed."""
    sample = draw(members_of(a=10, b=20), Design(size=6, seed=2026))
    assert sample.chosen == (0, 4, 14, 16, 22, 29)
    assert sample.strata == (Stratum("a", 10, 2), Stratum("b", 20, 4))
    named = draw({"ana": "x", "bor": "x", "cene": "x"}, Design(size=2, seed=7))
    assert named.chosen == ("ana", "bor")


def test_draw_takes_the_right_number_of_each_stratum_and_everyone_in_a_census() -> None:
    members = members_of(a=10, b=200, c=31)
    sample = draw(members, Design(size=60, seed=3))
    assert Counter(members[member] for member in sample.chosen) == sizes(sample.strata)
    assert sample.chosen == tuple(sorted(set(sample.chosen)))
    census = draw(members, Design(size=241, seed=3))
    assert census.chosen == tuple(range(241))
    assert all(stratum.weight == 1 for stratum in census.strata)


def test_draw_gives_everyone_and_every_pair_of_a_stratum_the_same_chance() -> None:
    """2 of 5, 3,000 seeds: each of the 10 pairs 300 times; χ² of 9 degrees of freedom is below its 99.9 % point."""
    members = members_of(a=5, b=9)
    pairs = Counter(draw(members, Design(size=5, seed=seed)).chosen[:2] for seed in range(3000))
    assert len(pairs) == 10
    assert sum((count - 300) ** 2 / 300 for count in pairs.values()) < 27.88


def test_size_of_share_rounds_up_and_forgives_binary_fractions() -> None:
    assert size_of_share(1000, 0.1) == 100
    assert size_of_share(1001, 0.1) == 101
    assert size_of_share(70, 0.1) == 7
    assert size_of_share(3, 1) == 3


@pytest.mark.parametrize("share", [0, -0.1, 1.01])
def test_size_of_share_refuses_what_is_no_share(share: float) -> None:
    with pytest.raises(SamplingError):
        size_of_share(10, share)


def test_impossible_samples_are_refused_by_name() -> None:
    with pytest.raises(SampleTooLargeError, match="11 can't be drawn from 10"):
        draw(members_of(a=10), Design(11, 1))
    with pytest.raises(SampleTooSmallError, match="3 strata need a sample of at least 5, not 4"):
        draw(members_of(a=10, b=10, c=1), Design(4, 1))
    with pytest.raises(SampleTooSmallError):
        Design(0, 1)
    with pytest.raises(NobodyToDrawError):
        allocate({}, Design(1, 1))
    with pytest.raises(SamplingError, match="minimum"):
        Design(5, 1, minimum=0)
    with pytest.raises(SamplingError, match="power"):
        Design(5, 1, "power", power=1.5)
    with pytest.raises(SamplingError, match="no such allocation"):
        Design(5, 1, "neyman")  # type: ignore[arg-type]
