"""Estimates: R's survey package, a textbook, and what must hold for any survey."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.survey.estimates import Estimates, counts, means, shares
from kazipot.core.survey.intervals import clopper_pearson, student
from kazipot.core.survey.linearisation import Grouping, Lineariser, Respondents
from kazipot.core.survey.raking import rake
from kazipot.core.survey.weighting import Codes, Floats, Margin
from tests.core.survey.reference import r_results
from tests.core.survey.reference.people import DRAWN, LEVELS, STRATA

SCALE = (-5.0, 20.0)


def codes(*values: int) -> Codes:
    return np.array(values, dtype=np.intp)


def whole(people: int) -> Grouping:
    return Grouping(np.zeros(people, dtype=np.intp), 1)


def srs(population: int, answered: int) -> Respondents:
    """So many answers of one stratum, each with the weight N/n."""
    return Respondents(np.full(answered, population / answered), codes(*[0] * answered), [population])


def spread_around(mean: float, variance: float, people: int) -> list[float]:
    """Values with exactly this mean and variance (divisor n − 1)."""
    half = people // 2
    reach = (variance * (people - 1) / (2 * half)) ** 0.5
    return [mean - reach] * half + [mean] * (people - 2 * half) + [mean + reach] * half


@pytest.mark.parametrize("design", ["plain", "calibrated"])
@pytest.mark.parametrize("grouping", [0, 1])
def test_estimates_and_standard_errors_agree_with_r(design: str, grouping: int) -> None:
    """R: svymean, svytotal over svydesign(strata, fpc) and calibrate(…, calfun = "raking") (reference/survey.R)."""
    respondents, expected = r_results.respondents(design), r_results.expected()
    names, groups = r_results.groupings()[grouping]
    level = r_results.column("level")[:, None]
    found: dict[str, Estimates] = {
        "mean": means(respondents, groups, r_results.scores(), SCALE),
        "share": shares(respondents, groups, level, LEVELS),
        "count": counts(respondents, groups, level, LEVELS),
    }
    for at, name in enumerate(names):
        for what, places in (("mean", [-1]), ("share", range(LEVELS)), ("count", range(LEVELS))):
            for place in places:
                where = (at, 0) if place < 0 else (at, 0, place)
                known = expected[design, what, name, place]
                assert found[what].value[where] == pytest.approx(known["value"], rel=1e-7)
                assert found[what].error[where] == pytest.approx(known["se"], rel=1e-6, abs=1e-9)


def test_totals_of_values_agree_with_r() -> None:
    """R: svytotal(~score, …); totals of other values than levels come from the lineariser itself."""
    for design in ("plain", "calibrated"):
        for names, groups in r_results.groupings():
            respondents, score = r_results.respondents(design), r_results.scores()[:, 0]
            line = Lineariser(respondents, groups)
            known = [r_results.expected()[design, "total", name, -1] for name in names]
            assert line.sums(respondents.weights * score) == pytest.approx([k["value"] for k in known], rel=1e-7)
            assert np.sqrt(line.variances(score)) == pytest.approx([k["se"] for k in known], rel=1e-6, abs=1e-9)


def test_values_agree_with_rs_own_raking_and_errors_are_close_to_it() -> None:
    """R: svymean over rake(…), whose residuals come from unweighted regressions; ours are weighted, as calibrate's are.

    So the errors of the whole's shares are at most 5 % apart. In units that lie partly in the stratum of which
    everyone was asked (weights of 1 beside weights of 8) they are further apart, and not compared.
    """
    respondents, level = r_results.respondents("calibrated"), r_results.column("level")[:, None]
    for names, groups in r_results.groupings():
        found = shares(respondents, groups, level, LEVELS)
        for at, name in enumerate(names):
            for place in range(LEVELS):
                known = r_results.expected()["raked", "share", name, place]
                assert found.value[at, 0, place] == pytest.approx(known["value"], rel=1e-6)
                if name not in (0, 1, 2):
                    assert found.error[at, 0, place] == pytest.approx(known["se"], rel=0.05, abs=1e-9)


def test_intervals_agree_with_r() -> None:
    """R: confint(svymean(~score), df = degf(design)), svyciprop(~beginner, method = "beta")."""
    beginner = (r_results.column("level") <= 1).astype(np.intp)[:, None]
    for design in ("plain", "calibrated"):
        respondents, groups = r_results.respondents(design), whole(len(beginner))
        found, known = (
            means(respondents, groups, r_results.scores(), SCALE),
            r_results.expected()[design, "mean", -1, -1],
        )
        assert (found.lower[0, 0], found.upper[0, 0]) == pytest.approx((known["lower"], known["upper"]), rel=1e-6)
        share, known = shares(respondents, groups, beginner, 2), r_results.expected()[design, "beginner", -1, -1]
        assert (share.lower[0, 0, 1], share.upper[0, 0, 1]) == pytest.approx((known["lower"], known["upper"]), rel=1e-6)


def test_korn_graubard_agrees_with_r_in_every_unit_given_rs_variance() -> None:
    """R's degrees of freedom of a unit are its people less its strata; the interval's formula is the same."""
    units, strata = r_results.column("unit"), r_results.column("stratum")
    for unit in range(1, 9):
        known = r_results.expected()["plain", "beginner", unit, -1]
        people = int((units == unit).sum())
        freedom = people - len(set(strata[units == unit].tolist()))
        few = float(student(people - 1) / student(freedom))
        size = known["value"] * (1 - known["value"]) / known["se"] ** 2 * few**2
        found = clopper_pearson(np.array([known["value"]]), np.array([size]))
        assert (found.lower[0], found.upper[0]) == pytest.approx((known["lower"], known["upper"]), rel=1e-6)


def test_a_stratum_with_one_answer_agrees_with_r() -> None:
    """R: options(survey.lonely.psu = "adjust"); the first three strata keep their first person only."""
    strata = r_results.column("stratum")
    first = [int(np.flatnonzero(strata == stratum)[0]) for stratum in range(3)]
    kept = np.array(sorted([*first, *np.flatnonzero(strata > 2).tolist()]))
    answered = np.array([1, 1, 1, *DRAWN[3:]])
    weights = (np.array(STRATA) / answered)[strata[kept]]
    respondents = Respondents(weights, strata[kept], STRATA)
    assert respondents.lonely_strata == 3
    found = means(respondents, whole(len(kept)), r_results.scores()[kept], SCALE)
    known = r_results.expected()["lonely", "mean", -1, -1]
    assert found.value[0, 0] == pytest.approx(known["value"], rel=1e-9)
    assert found.error[0, 0] == pytest.approx(known["se"], rel=1e-9)


def test_lohrs_census_of_agriculture() -> None:
    """Lohr (2010), *Sampling: Design and Analysis*, 2nd ed., example 3.2: acres of farms in 300 of 3,078 counties.

    From the strata's sizes, means and variances the book gets a total of 909,736,034 (standard error 50,417,248) and
    a mean of 295,561 (16,380).
    """
    regions = [
        (220, 21, 97_629.8, 7_647_472_708),
        (1054, 103, 300_504.2, 29_618_183_543),
        (1382, 135, 211_315.0, 53_587_487_856),
        (422, 41, 662_295.5, 396_185_950_266),
    ]
    values = np.array([value for _, n, mean, variance in regions for value in spread_around(mean, variance, n)])
    strata = np.repeat(np.arange(4), [n for _, n, _, _ in regions])
    weights = np.repeat([known / n for known, n, _, _ in regions], [n for _, n, _, _ in regions])
    respondents = Respondents(weights, strata, [known for known, *_ in regions])
    found = means(respondents, whole(300), values[:, None], (-1e7, 1e7))
    assert found.value[0, 0] == pytest.approx(295_561, abs=1)
    assert found.error[0, 0] == pytest.approx(16_380, abs=1)
    line = Lineariser(respondents, whole(300))
    assert line.sums(weights * values)[0] == pytest.approx(909_736_034, rel=1e-7)
    assert float(np.sqrt(line.variances(values)[0])) == pytest.approx(50_417_248, rel=1e-6)
    assert found.freedom[0, 0] == 296


def test_a_share_of_a_simple_random_sample_is_the_textbooks() -> None:
    """Cochran (1977), eq. 3.8: v(p) = (1 − f)·p·q/(n − 1)."""
    found = shares(srs(400, 50), whole(50), codes(*[1] * 10, *[0] * 40)[:, None], 2)
    assert found.value[0, 0].tolist() == [0.8, 0.2]
    assert found.error[0, 0, 1] == pytest.approx((0.875 * 0.2 * 0.8 / 49) ** 0.5)
    assert found.size[0, 0, 1] == pytest.approx(49 / 0.875)
    score = shares(srs(400, 50), whole(50), codes(*[1] * 10, *[0] * 40)[:, None], 2, "wilson")
    assert found.lower[0, 0, 1] < score.lower[0, 0, 1] < 0.2 < score.upper[0, 0, 1] < found.upper[0, 0, 1]


def test_nobody_one_and_all_of_a_group() -> None:
    """Group 0: nobody answered; 1: one of many; 2: two who say the same; 3: all people of its stratum."""
    respondents = Respondents(np.array([5.0, 5, 5, 1, 1]), codes(0, 0, 0, 1, 1), [15, 2])
    groups, level = Grouping(codes(1, 2, 2, 3, 3), 4), codes(3, 2, 2, 0, 4)[:, None]
    mean = means(respondents, groups, level.astype(float))
    assert mean.people[:, 0].tolist() == [0, 1, 2, 2]
    assert np.isnan([mean.value[0, 0], mean.error[0, 0], mean.lower[0, 0], mean.error[1, 0], mean.upper[1, 0]]).all()
    assert mean.value[1:, 0].tolist() == [3, 2, 2]
    assert mean.lower[2, 0] == pytest.approx(4 - mean.upper[2, 0])
    assert 0 < mean.lower[2, 0] < 1
    assert (mean.lower[3, 0], mean.error[3, 0], mean.upper[3, 0]) == (2, 0, 2)
    share, count = shares(respondents, groups, level, 5), counts(respondents, groups, level, 5)
    assert np.isnan(share.value[0]).all()
    assert np.isnan(count.value[0]).all()
    assert share.value[1, 0].tolist() == [0, 0, 0, 1, 0]
    assert (share.upper[1, 0, 3], share.lower[1, 0, 0]) == (1, 0)
    assert share.lower[1, 0, 3] == pytest.approx(1 - share.upper[1, 0, 0])
    assert share.lower[1, 0, 3] < 0.1
    assert share.lower[3, 0].tolist() == share.upper[3, 0].tolist() == [0.5, 0, 0, 0, 0.5]
    assert count.lower[3, 0].tolist() == count.upper[3, 0].tolist() == [1, 0, 0, 0, 1]
    assert (count.value[2, 0, 2], count.lower[2, 0, 2], count.value[2, 0, 0], count.lower[2, 0, 0]) == (10, 2, 0, 0)
    assert 0 < count.upper[2, 0, 0] <= 10


def test_missing_answers_take_people_out_of_the_question_only() -> None:
    respondents = srs(60, 6)
    level = np.array([[0, 1], [1, 1], [1, 0], [1, -1], [-1, -1], [-1, 0]], dtype=np.intp)
    found = shares(respondents, whole(6), level, 2)
    assert found.people.tolist() == [[4, 4]]
    assert found.value[0].tolist() == [[0.25, 0.75], [0.5, 0.5]]
    values = np.where(level < 0, np.nan, level.astype(float))
    assert means(respondents, whole(6), values).value.tolist() == [[0.75, 0.5]]
    assert counts(respondents, whole(6), level, 2).value[0].tolist() == [[10, 30], [20, 20]]


def test_a_group_that_is_a_margin_has_a_known_size() -> None:
    """Raked to it, the number of its people has no error; that of those of it at a level has."""
    margins = r_results.margins()
    job = Grouping(margins[1].codes, 4)
    everyone = counts(r_results.respondents("calibrated"), job, np.zeros((len(job.codes), 1), dtype=np.intp), 1)
    assert everyone.value[:, 0, 0] == pytest.approx(margins[1].totals)
    assert everyone.error[:, 0, 0].tolist() == [0, 0, 0, 0]
    assert (counts(r_results.respondents("calibrated"), job, r_results.column("level")[:, None], 5).error > 0).any()


def test_a_share_without_variance_is_as_sure_as_its_people_at_most() -> None:
    """Each of two strata of 20 says one thing only: V is 0, n* is capped at n/(1 − f) = 10/0.75 and not endless."""
    respondents = Respondents(np.full(10, 4.0), codes(*[0] * 5, *[1] * 5), [20, 20])
    found = shares(respondents, whole(10), codes(*[0] * 5, *[1] * 5)[:, None], 2)
    assert found.error[0, 0].tolist() == [0, 0]
    assert found.size[0, 0] == pytest.approx([10 / 0.75] * 2)
    assert found.freedom[0, 0] == 8
    assert found.lower[0, 0, 0] < 0.3


def test_a_survey_without_answers_knows_nothing() -> None:
    nobody = Respondents(np.empty(0), codes(), [4, 9])
    groups, level = Grouping(codes(), 2), np.empty((0, 3), dtype=np.intp)
    for found in (
        means(nobody, groups, np.empty((0, 3))),
        shares(nobody, groups, level, 5),
        counts(nobody, groups, level, 5),
    ):
        assert np.isnan(found.value).all()
        assert np.isnan(found.error).all()
        assert found.people.tolist() == [[0, 0, 0], [0, 0, 0]]


def test_strata_without_answers_are_told() -> None:
    respondents = Respondents(np.array([2.0, 2.0, 5.0]), codes(0, 0, 2), [4, 9, 5, 0])
    assert (respondents.lonely_strata, respondents.silent_strata) == (1, 1)


def test_wrong_input_is_refused() -> None:
    with pytest.raises(ValueError, match="more people"):
        srs(3, 4)
    with pytest.raises(ValueError, match="positive"):
        Respondents(np.array([0.0]), codes(0), [1])
    with pytest.raises(ValueError, match="every person needs a weight"):
        Respondents(np.ones(2), codes(0), [5])
    with pytest.raises(ValueError, match="group's code"):
        Grouping(codes(3), 3)
    with pytest.raises(ValueError, match="or −1"):
        means(srs(5, 2), whole(3), np.ones((2, 1)))
    with pytest.raises(ValueError, match="a level"):
        shares(srs(5, 2), whole(2), np.full((2, 1), 5), 5)
    with pytest.raises(ValueError, match="scale"):
        means(srs(5, 2), whole(2), np.full((2, 1), 5.0))


@st.composite
def samples(draw: st.DrawFn, *, census: bool) -> tuple[Respondents, Grouping, Codes]:
    """Three strata, two margins, four groups, levels of two questions with gaps; all or some people answered."""
    people = draw(st.integers(1, 40))
    seed = draw(st.integers(0, 10**6))
    rng = np.random.default_rng(seed)
    strata, left, right = (rng.integers(0, 3, people) for _ in range(3))
    answered = np.full(people, True) if census else rng.random(people) < 0.6
    answered[rng.integers(people)] = True
    known = np.bincount(strata, minlength=3)
    base = (known / np.maximum(np.bincount(strata[answered], minlength=3), 1))[strata[answered]]
    margins = [
        Margin(name, ("0", "1", "2"), tuple(np.bincount(code, minlength=3).astype(float).tolist()), code[answered])
        for name, code in (("left", left), ("right", right))
    ]
    weighting = rake(base, margins, sweeps=25)
    respondents = Respondents(weighting.weights, strata[answered], known.tolist(), weighting.margins, base)
    groups = Grouping(rng.integers(-1, 4, people)[answered], 4)
    return respondents, groups, rng.integers(-1, 3, (people, 2))[answered]


def _values(level: Codes) -> Floats:
    return np.where(level < 0, np.nan, level.astype(float))


@settings(max_examples=60, deadline=None)
@given(samples(census=True))
def test_a_full_census_has_no_error(drawn: tuple[Respondents, Grouping, Codes]) -> None:
    respondents, groups, level = drawn
    assert respondents.weights == pytest.approx(np.ones(len(level)))
    for found in (
        means(respondents, groups, _values(level)),
        shares(respondents, groups, level, 3),
        counts(respondents, groups, level, 3),
    ):
        known = ~np.isnan(found.value)
        assert (found.error[known] == 0).all()
        assert found.lower[known] == pytest.approx(found.value[known])
        assert found.upper[known] == pytest.approx(found.value[known])


@settings(max_examples=60, deadline=None)
@given(samples(census=False), st.randoms(use_true_random=False))
def test_estimates_add_up_lie_within_bounds_and_forget_the_order(
    drawn: tuple[Respondents, Grouping, Codes], chance: Random
) -> None:
    respondents, groups, level = drawn
    mean, share = means(respondents, groups, _values(level)), shares(respondents, groups, level, 3)
    count = counts(respondents, groups, level, 3)
    for found in (mean, share, count):
        bounded = ~np.isnan(found.lower) & ~np.isnan(found.value)
        assert (found.lower[bounded] <= found.value[bounded] + 1e-9).all()
        assert (found.upper[bounded] >= found.value[bounded] - 1e-9).all()
    seen = ~np.isnan(mean.value)
    assert share.value[seen].sum(axis=-1) == pytest.approx(np.ones(seen.sum()))
    assert mean.value[seen] == pytest.approx((share.value[seen] * np.arange(3)).sum(axis=-1))
    weight = np.array(
        [[respondents.weights[(groups.codes == g) & (level[:, c] >= 0)].sum() for c in (0, 1)] for g in range(4)]
    )
    assert count.value[seen].sum(axis=-1) == pytest.approx(weight[seen])
    order = np.array(chance.sample(range(len(level)), len(level)))
    turned = Respondents(
        respondents.weights[order],
        respondents.strata[order],
        respondents.populations,
        tuple(Margin(m.name, m.names, m.totals, m.codes[order]) for m in respondents.margins),
        None if respondents.base is None else respondents.base[order],
    )
    again = shares(turned, Grouping(groups.codes[order], 4), level[order], 3)
    assert again.value == pytest.approx(share.value, nan_ok=True)
    assert again.error == pytest.approx(share.error, nan_ok=True, abs=1e-5)
