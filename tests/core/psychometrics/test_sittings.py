"""Adaptive sittings: how long, how right, by which rules; and that a replay is the live sitting."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kazipot.core.psychometrics.errors import Unusable
from kazipot.core.psychometrics.exposure import eligible, randomesque, sympson_hetter
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.pool import Blueprint, pool_of
from kazipot.core.psychometrics.selection import choose
from kazipot.core.psychometrics.shadow import Limits, shadow_item, shadow_test
from kazipot.core.psychometrics.simulation import Rates, fixed_form, rates, simulate, sit_fixed, tuned_exposure
from kazipot.core.psychometrics.sitting import Test as Sitting
from kazipot.core.psychometrics.sitting import following
from kazipot.core.psychometrics.sitting import test_of as made
from kazipot.core.psychometrics.stopping import FAIL, OPEN, PASS, STOPPING, Rules
from tests.core.psychometrics.simulated import two_parameter_items

SHARES = Blueprint({f"A{area}": 0.2 for area in range(5)})
ABILITY = np.random.default_rng(9).normal(size=20_000)
FREE = made(pool_of(two_parameter_items(120, 1)), Rules(-0.3))


def _rates(test: Sitting, seed: int = 1) -> Rates:
    rng = np.random.default_rng(seed)
    return rates(test, simulate(test, ABILITY, rng, tuned_exposure(test, rng)))


def _upper(share: float, people: int) -> float:
    """A share's upper bound of a one-sided 99.9 % interval around it."""
    return share + 3.1 * float(np.sqrt(max(share * (1 - share), 1e-6) / people))


def test_decisions_take_14_items_and_are_right_in_914_of_1000() -> None:
    found = _rates(FREE)
    assert found.mean_length <= 14
    assert found.accuracy >= 0.914


def test_areas_and_exposure_cost_two_items() -> None:
    test = made(
        pool_of(two_parameter_items(120, 1, areas=5), SHARES), Rules(-0.3, max_items=66, curtail=1.2, max_exposure=0.25)
    )
    found = _rates(test)
    assert found.mean_length <= 17
    assert found.accuracy >= 0.907
    assert found.max_exposure <= 0.25
    assert found.blueprint_violations == 0


@pytest.mark.parametrize(("cut", "asked"), [(-0.3, 0.05), (0.8, 0.05), (-1.5, 0.05), (0.0, 0.02), (0.0, 0.1)])
def test_error_rates_are_not_above_those_asked_for(cut: float, asked: float) -> None:
    """Among people below and above, outside of ±0.3, whatever share of the population they are."""
    test = made(FREE.pool, Rules(cut, asked, asked, max_items=60))
    found = _rates(test)
    assert found.false_pass <= _upper(asked, found.below)
    assert found.false_fail <= _upper(asked, found.above)


def test_each_error_rate_pulls_its_own_way() -> None:
    strict = _rates(made(FREE.pool, Rules(0.0, 0.01, 0.2, max_items=60)))
    lenient = _rates(made(FREE.pool, Rules(0.0, 0.2, 0.01, max_items=60)))
    assert strict.false_pass < 0.02 < lenient.false_pass
    assert lenient.false_fail < 0.02 < strict.false_fail


def test_smaller_error_rates_take_longer_and_err_less() -> None:
    found = [_rates(made(FREE.pool, Rules(0.0, rate, rate, max_items=60))) for rate in (0.1, 0.05, 0.01)]
    lengths = [one.mean_length for one in found]
    assert lengths == sorted(lengths)
    assert found[0].accuracy < found[1].accuracy < found[2].accuracy


def test_near_the_pass_mark_nobody_can_tell() -> None:
    found = _rates(FREE)
    assert 0.25 < found.near_cut < 0.36


def test_undecided_is_an_outcome() -> None:
    """Those who stay undecided are mostly near the pass mark, and the others are decided more rightly."""
    test = made(FREE.pool, Rules(-0.3, unsure="undecided"))
    sat = simulate(test, ABILITY, np.random.default_rng(1))
    found = rates(test, sat)
    assert 0.15 < found.undecided < 0.3
    assert found.accuracy > 0.95
    near = np.abs(ABILITY + 0.3) <= 0.3
    assert (sat.decision == OPEN)[near].mean() > 2 * (sat.decision == OPEN)[~near].mean()


def test_curtailment_saves_items_and_changes_hardly_a_decision() -> None:
    whole, cut_short = (_rates(made(FREE.pool, Rules(-0.3, curtail=share))) for share in (0.0, 0.8))
    assert cut_short.mean_length < whole.mean_length - 1
    assert cut_short.accuracy > whole.accuracy - 0.006
    assert cut_short.at_maximum < whole.at_maximum / 3


@pytest.mark.parametrize("stopping", STOPPING)
def test_every_way_of_stopping_beats_a_quiz_of_30(stopping: str) -> None:
    rng = np.random.default_rng(4)
    quiz = rates(FREE, sit_fixed(FREE, rng.choice(120, 30, replace=False), ABILITY, rng))
    found = _rates(made(FREE.pool, Rules(-0.3, stopping=stopping)))
    assert found.mean_length < 20
    assert found.accuracy > quiz.accuracy


def test_items_for_feedback_are_chosen_at_the_persons_ability() -> None:
    sat = simulate(
        made(FREE.pool, Rules(-0.3, target="ability", max_items=12, min_items=12)), ABILITY, np.random.default_rng(1)
    )
    b = np.array([item.b[0] for item in FREE.pool.items])
    last = b[sat.item[:, 11]]
    assert np.corrcoef(last, ABILITY)[0, 1] > 0.5
    assert np.corrcoef(sat.mean, ABILITY)[0, 1] > 0.87


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.booleans(), st.booleans(), st.sampled_from(["decide", "undecided"]))
def test_replay_is_the_live_sitting(seed: int, with_areas: bool, enemies: bool, unsure: str) -> None:
    """What simulation did to a person is what `following` does step by step, from nothing but the answers."""
    items = two_parameter_items(40, 5, areas=5)
    if enemies:
        items = [
            Item(i.name, i.model, i.a, i.b, area=i.area, enemies=f"e{n // 10}") if n % 10 < 2 else i
            for n, i in enumerate(items)
        ]
    pool = pool_of(items, SHARES if with_areas else None)
    test = made(pool, Rules(0.2, max_items=15, unsure=unsure))
    chances = np.full(40, 0.7)
    sat = simulate(test, np.random.default_rng(seed).normal(size=3), np.random.default_rng(seed), chances)
    may = eligible(chances, 3, np.random.default_rng(seed))
    for person in range(3):
        answers: list[tuple[int, int]] = []
        for step in range(int(sat.length[person])):
            found = following(test, answers, may[person])
            assert found.item == sat.item[person, step]
            answers.append((int(sat.item[person, step]), int(sat.answer[person, step])))
        last = following(test, answers, may[person])
        assert (last.item, last.decision) == (None, sat.decision[person])
        assert last.mean == pytest.approx(sat.mean[person])


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(30)))
def test_names_and_order_of_the_bank_do_not_matter(order: list[int]) -> None:
    items = two_parameter_items(30, 6)
    plain, mixed = (made(pool_of(bank), Rules(0.0, max_items=20)) for bank in (items, [items[j] for j in order]))
    first, second = following(plain, []), following(mixed, [])
    for step in range(8):
        assert first.item is not None
        assert second.item is not None
        assert order[second.item] == first.item
        answer = step % 2
        first = following(plain, [(first.item, answer)])
        second = following(mixed, [(second.item, answer)])


def test_enemies_never_meet() -> None:
    items = [Item(f"i{j}", "2pl", 1.0, (0.05 * j - 1,), enemies=f"pair{j // 2}") for j in range(40)]
    sat = simulate(made(pool_of(items), Rules(0.0, max_items=20)), ABILITY[:500], np.random.default_rng(1))
    pairs = np.sort(np.where(sat.item >= 0, sat.item // 2, -1 - np.arange(20)), axis=1)
    assert (np.diff(pairs, axis=1) != 0).all()


def test_polytomous_items_and_guessing_are_drawn_as_the_model_says() -> None:
    items = [
        Item("grm", "grm", 1.4, (-1.0, 0.2, 1.0)),
        Item("gpcm", "gpcm", 0.9, (-0.8, 0.4)),
        Item("3pl", "3pl", 1.1, (0.5,), 0.25),
    ]
    pool, rng = pool_of(items), np.random.default_rng(3)
    people = 40_000
    for j in range(3):
        drawn = pool.draw(np.full(people, j), np.full(people, 0.4), rng.random(people))
        shares = np.bincount(drawn, minlength=4) / people
        at = np.array([np.exp(pool.log_p[j, k]) for k in range(4)])
        expected = [np.interp(0.4, pool.grid.nodes, at[k]) for k in range(4)]
        assert shares == pytest.approx(expected, abs=0.009)


def test_sympson_and_hetter_find_the_probability_that_keeps_the_ceiling() -> None:
    """Three items always shown first when eligible, the fourth only when none of them is."""

    def shown(p: np.ndarray) -> np.ndarray:
        return np.array([p[0], p[1] * (1 - p[0]), p[2] * (1 - p[0]) * (1 - p[1]), np.prod(1 - p[:3])])

    found = shown(sympson_hetter(shown, 4, ceiling=0.3, rounds=60))
    assert found[:3] == pytest.approx([0.3, 0.3, 0.3], abs=0.01)


def test_randomesque_picks_among_the_best_alike() -> None:
    value = np.tile(np.array([5.0, 4.0, 3.0, 1.0]), (3000, 1))
    picked = randomesque(value, 3, np.random.default_rng(1).random(3000))
    assert np.bincount(picked, minlength=4) / 3000 == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0], abs=0.03)
    value[:, 1:] = -np.inf
    assert (randomesque(value, 3, np.full(3000, 0.99)) == 0).all()


def test_ineligible_items_come_only_when_nothing_else_is_left() -> None:
    pool = pool_of(two_parameter_items(3, 1))
    may = np.array([[False, True, False]])
    worth = np.array([3.0, 1.0, 2.0])
    counts = np.zeros((1, 1), np.int64)
    assert choose(pool, worth, np.array([[False, False, False]]), counts, 0, may)[0] == 1
    assert choose(pool, worth, np.array([[False, True, False]]), counts, 1, may)[0] == 0


def test_shadow_test_keeps_every_limit_and_holds_what_was_answered() -> None:
    items = two_parameter_items(50, 8, areas=5)
    items = [
        Item(i.name, i.model, i.a, i.b, area=i.area, enemies=f"e{n // 5}" if n % 5 < 2 else "")
        for n, i in enumerate(items)
    ]
    pool = pool_of(items, SHARES)
    worth = pool.information_at(0.0)
    limits = Limits(15, {"A0": (4, 5), "A1": (1, 2)})
    answered = [7, 30]
    shown = shadow_test(pool, limits, worth, answered)
    areas = [items[number].area for number in shown]
    foes = [items[number].enemies for number in shown if items[number].enemies]
    assert (len(shown), set(answered) <= set(shown)) == (15, True)
    assert 4 <= areas.count("A0") <= 5
    assert 1 <= areas.count("A1") <= 2
    assert len(foes) == len(set(foes))
    best = shadow_item(pool, limits, worth, answered)
    assert worth[best] == max(worth[number] for number in shown if number not in answered)
    with pytest.raises(Unusable, match="no_test"):
        shadow_test(pool, Limits(15, {"A0": (11, 15)}), worth, answered)


def test_best_fixed_form_follows_the_blueprint() -> None:
    test = made(pool_of(two_parameter_items(60, 3, areas=5), SHARES), Rules(0.0, max_items=20))
    form = fixed_form(test, 20)
    assert np.bincount(test.pool.area[form]).tolist() == [4] * 5
    assert len(set(form.tolist())) == 20


def test_rates_count_only_people_outside_of_the_zone() -> None:
    test = made(FREE.pool, Rules(0.0))
    ability = np.array([-1.0, -1.0, 1.0, 0.1])
    sat = simulate(test, ability, np.random.default_rng(1))
    decided = np.array([PASS, FAIL, PASS, FAIL])
    found = rates(test, type(sat)(ability, decided, sat.length, sat.item, sat.answer, sat.mean, sat.sd))
    assert (found.false_pass, found.false_fail, found.near_cut, found.accuracy) == (0.5, 0.0, 1.0, 0.5)
    assert (found.below, found.above, found.near) == (2, 1, 1)


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        (Rules(0.0, false_pass=0.0), "error_rate"),
        (Rules(0.0, false_fail=0.5), "error_rate"),
        (Rules(0.0, false_pass=float("nan")), "error_rate"),
        (Rules(5.0), "cut_range"),
        (Rules(0.0, min_items=9, max_items=8), "lengths"),
        (Rules(0.0, max_exposure=0.0), "exposure_range"),
        (Rules(0.0, max_items=200), "bank_too_small"),
        (Rules(0.0, max_exposure=0.01), "exposure_too_low"),
    ],
)
def test_wishes_that_can_not_be_fulfilled_are_refused(rules: Rules, rule: str) -> None:
    with pytest.raises(Unusable, match=rule):
        made(FREE.pool, rules)


def test_banks_that_can_not_be_used_are_refused_by_name() -> None:
    good = two_parameter_items(10, 1, areas=2)
    two = Blueprint({"A0": 0.5, "A1": 0.5})
    with pytest.raises(Unusable, match="empty_bank"):
        pool_of([])
    with pytest.raises(Unusable, match="item_twice: i0"):
        pool_of([*good, good[0]])
    with pytest.raises(Unusable, match="slope_not_positive: x"):
        pool_of([*good, Item("x", "2pl", -0.5, (0.0,), area="A0")])
    with pytest.raises(Unusable, match="area_not_in_blueprint: x"):
        pool_of([*good, Item("x", "2pl", 0.5, (0.0,), area="B")], two)
    with pytest.raises(Unusable, match="shares_not_one"):
        pool_of(good, Blueprint({"A0": 0.5, "A1": 0.4}))
    with pytest.raises(Unusable, match="area_too_small: A1 5"):
        made(pool_of(good, Blueprint({"A0": 0.1, "A1": 0.9})), Rules(0.0, max_items=10))


def test_answers_that_the_pool_does_not_know_are_refused() -> None:
    for answers in ([(120, 0)], [(0, 2)], [(0, -1)], [(0, 1), (0, 1)]):
        with pytest.raises(ValueError, match=r"an answer|an item"):
            following(FREE, answers)
