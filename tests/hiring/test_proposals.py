"""The rule that proposes what a family of posts should demand."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kazipot.hiring.queries import (
    ProposedDemand,
    Told,
    alike,
    from_analysis,
    from_similar,
    from_work,
    propose_demands,
)

LEVELS = st.lists(st.integers(1, 4), max_size=5).map(lambda levels: dict(enumerate(levels)))
SOURCES = st.fixed_dictionaries({"work": LEVELS, "analysis": LEVELS, "similar": LEVELS})


def test_competence_that_the_work_needs_is_required_at_the_median_of_the_levels() -> None:
    assert propose_demands({"work": {7: 2}, "analysis": {7: 3}, "similar": {7: 4}}) == [
        ProposedDemand(7, 3, True, (("work", 2), ("analysis", 3), ("similar", 4)))
    ]


def test_of_two_levels_the_lower_one_is_proposed() -> None:
    (found,) = propose_demands({"analysis": {7: 4}, "similar": {7: 1}})
    assert (found.level, found.required) == (1, True)


def test_what_only_the_analysis_or_only_similar_posts_ask_for_is_desired() -> None:
    found = propose_demands({"analysis": {7: 3}, "similar": {8: 2}})
    assert [(row.competence_id, row.level, row.required) for row in found] == [(7, 3, False), (8, 2, False)]


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(SOURCES)
def test_every_proposal_lies_between_the_levels_that_were_asked_for(sources: dict[str, dict[int, int]]) -> None:
    found = propose_demands(sources)
    assert {row.competence_id for row in found} == {pk for levels in sources.values() for pk in levels}
    for row in found:
        asked = [levels[row.competence_id] for levels in sources.values() if row.competence_id in levels]
        assert min(asked) <= row.level <= max(asked)
        assert row.required == (row.competence_id in sources["work"] or len(asked) > 1)


def test_work_is_the_mean_over_posts_rounded_with_halves_up() -> None:
    needed = [({1: 2, 2: 1}, 3), ({1: 3}, 1), ({2: 4}, 0)]
    assert from_work(needed) == {1: 2, 2: 1}
    assert from_work([({1: 1}, 1), ({1: 2}, 1), ({5: 1}, 1)]) == {1: 1}
    assert from_work([({1: 2}, 1), ({1: 3}, 1)]) == {1: 3}
    assert from_work([]) == {}


def test_analysis_asks_for_the_five_where_much_is_needed_and_many_lack_it() -> None:
    told = [Told(pk, needed, below) for pk, needed, below in (
        (1, 3.0, 0.1), (2, 2.6, 0.5), (3, 2.4, 0.6), (4, 1.0, 0.9), (5, 2.0, 0.4), (6, 3.4, 0.3), (7, 4.0, 0.0),
    )]  # fmt: skip
    assert from_analysis(told) == {3: 2, 2: 3, 6: 3, 4: 1, 5: 2}


def test_similar_posts_count_as_nothing_where_they_do_not_demand() -> None:
    assert from_similar([{1: 3, 2: 1}, {1: 2}, {1: 2}]) == {1: 2}


def test_families_are_alike_by_the_competences_that_both_need() -> None:
    assert (alike({1, 2, 3}, {2, 3, 4}), alike((), ())) == (0.5, 0.0)
