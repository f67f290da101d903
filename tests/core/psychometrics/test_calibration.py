"""Calibration finds what the data were made from, says how sure it is, and refuses what can't be calibrated."""

import numpy as np
import pytest

from kazipot.core.psychometrics.calibration import Priors, Settings, calibrate
from kazipot.core.psychometrics.calibration.acceleration import squarem
from kazipot.core.psychometrics.errors import NotConverged, Unusable
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.responses import from_answers, from_matrix
from tests.core.psychometrics.simulated import answers, thinned, two_parameter_items

QUICK = Settings(nodes=41, polish=False, errors=False)


def _names(number: int) -> list[str]:
    return [f"i{j}" for j in range(number)]


def _rule(matrix: np.ndarray, model: str = "2pl") -> list[tuple[str, str]]:
    with pytest.raises(Unusable) as refused:
        calibrate(from_matrix(matrix, _names(matrix.shape[1])), model)
    return [(fault.rule, fault.about) for fault in refused.value.faults]


@pytest.fixture(scope="module")
def complete() -> np.ndarray:
    rng = np.random.default_rng(4)
    return answers(two_parameter_items(20, 1), rng.normal(size=3000), rng)


def test_standard_errors_cover_the_truth_in_95_of_100() -> None:
    """60 data sets of 800 people and 12 items with a third missing: 1,440 intervals of a and b."""
    items = two_parameter_items(12, 8)
    true = np.array([[item.a, item.b[0]] for item in items])
    covered = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        data = thinned(answers(items, rng.normal(size=800), rng), 1 / 3, rng)
        found = calibrate(from_matrix(data, _names(12)), "2pl", settings=Settings(nodes=41))
        values = np.array([[one.item.a, one.item.b[0]] for one in found.estimates])
        errors = np.array([[one.se_a, one.se_b[0]] for one in found.estimates])
        covered.append(np.abs(values - true) < 1.959964 * errors)
    share = np.mean(covered)
    assert abs(share - 0.95) < 4 * np.sqrt(0.95 * 0.05 / (60 * 12))  # a and b of an item are not independent


@pytest.mark.parametrize("model", ["grm", "gpcm"])
def test_polytomous_items_are_recovered(model: str) -> None:
    rng = np.random.default_rng(2)
    items = [Item(f"i{j}", model, 0.8 + 0.1 * j, (-1.2 + 0.1 * j, 0.1 * j, 0.9 + 0.1 * j)) for j in range(8)]
    found = calibrate(from_matrix(answers(items, rng.normal(size=6000), rng), _names(8)), model)
    z = [(one.item.a - item.a) / one.se_a for one, item in zip(found.estimates, items, strict=True)]
    z += [
        (ours - true) / error
        for one, item in zip(found.estimates, items, strict=True)
        for ours, true, error in zip(one.item.b, item.b, one.se_b, strict=True)
    ]
    assert np.abs(z).max() < 4
    assert 0.5 < np.std(z) < 1.6


def test_three_parameter_items_are_recovered_with_priors() -> None:
    rng = np.random.default_rng(3)
    items = [Item(f"i{j}", "3pl", 1.0 + 0.1 * (j % 8), (-1.5 + 0.15 * j,), 0.2) for j in range(20)]
    found = calibrate(from_matrix(answers(items, rng.normal(size=5000), rng), _names(20)), "3pl")
    assert np.mean([(one.c - 0.2) ** 2 for one in found.items]) ** 0.5 < 0.06
    assert np.corrcoef([one.b[0] for one in found.items], [item.b[0] for item in items])[0, 1] > 0.99


def test_large_data_take_the_short_cut_to_the_same_place() -> None:
    """With single precision, a warm start and no polish the estimates stay within a twentieth of a standard error."""
    rng = np.random.default_rng(6)
    items = two_parameter_items(60, 3)
    data = answers(items, rng.normal(size=30_000), rng)
    start = np.arange(0, data.size + 1, 60)
    number = np.tile(np.arange(60, dtype=np.int32), 30_000)
    sparse = from_answers(start, number, data.ravel().astype(np.int32), _names(60))
    quick = calibrate(sparse, "2pl", settings=QUICK)
    careful = calibrate(sparse, "2pl", settings=Settings(nodes=61, polish=False, tolerance=1e-6, warm=False))
    drift = [abs(one.a - other.item.a) / other.se_a for one, other in zip(quick.items, careful.estimates, strict=True)]
    assert careful.errors_from == "cross-products"
    assert max(drift) < 0.05


def test_answers_that_were_not_asked_for_do_not_count(complete: np.ndarray) -> None:
    """Linked forms: half of the people got items 0-13, the others 6-19; estimates stay near those of the whole."""
    linked = complete.copy()
    linked[::2, 14:] = -1
    linked[1::2, :6] = -1
    whole = calibrate(from_matrix(complete, _names(20)), "2pl")
    part = calibrate(from_matrix(linked, _names(20)), "2pl")
    z = [
        (one.item.b[0] - other.item.b[0]) / one.se_b[0]
        for one, other in zip(part.estimates, whole.estimates, strict=True)
    ]
    assert part.estimates[0].answers == 1500
    assert np.abs(z).max() < 3


def test_order_of_items_and_people_does_not_matter(complete: np.ndarray) -> None:
    rng = np.random.default_rng(1)
    order = rng.permutation(20)
    plain = calibrate(from_matrix(complete, _names(20)), "2pl")
    mixed = calibrate(from_matrix(rng.permutation(complete)[:, order], [f"i{j}" for j in order]), "2pl")
    by_name = {item.name: item for item in mixed.items}
    assert mixed.log_likelihood == pytest.approx(plain.log_likelihood, abs=1e-6)
    for item in plain.items:
        assert by_name[item.name].a == pytest.approx(item.a, abs=1e-5)


def test_reversed_scale_reverses_the_items(complete: np.ndarray) -> None:
    plain = calibrate(from_matrix(complete, _names(20)), "2pl")
    turned = calibrate(from_matrix(1 - complete, _names(20)), "2pl")
    for one, other in zip(plain.items, turned.items, strict=True):
        assert (other.a, other.b[0]) == pytest.approx((one.a, -one.b[0]), abs=1e-5)


def test_experts_difficulties_steady_what_few_answers_can_not() -> None:
    rng = np.random.default_rng(9)
    items = two_parameter_items(15, 5)
    data = answers(items, rng.normal(size=150), rng)
    data[:, 14] = np.where(np.arange(150) < 12, data[:, 14], -1)
    names = _names(15)
    with pytest.raises(Unusable) as refused:
        calibrate(from_matrix(data, names), "2pl")
    assert [(fault.rule, fault.about, fault.found) for fault in refused.value.faults] == [("few_answers", "i14", "12")]
    told = Priors(log_a=(0.0, 0.4), difficulty={item.name: (item.b[0], 0.5) for item in items})
    found = calibrate(from_matrix(data, names), "2pl", priors=told)
    assert found.estimates[14].item.b[0] == pytest.approx(items[14].b[0], abs=1.0)
    assert found.estimates[14].se_b[0] < 0.55


def test_data_that_say_nothing_are_refused_by_name() -> None:
    rng = np.random.default_rng(1)
    good = answers(two_parameter_items(6, 1), rng.normal(size=400), rng)
    silent, alike, negative, gap, unseen = (good.copy() for _ in range(5))
    silent[7] = -1
    alike[:, 2] = 1
    negative[3, 4] = -2
    gap[:, 1] *= 2
    unseen[:, 5] = -1
    assert _rule(silent) == [("no_answers", "")]
    assert _rule(alike) == [("all_alike", "i2")]
    assert _rule(negative) == [("negative_code", "i4")]
    assert _rule(gap, "grm") == [("missing_category", "i1")]
    assert _rule(unseen) == [("never_given", "i5")]
    assert _rule(np.empty((0, 6), np.int64)) == [("empty", "")]
    assert _rule(good[:50], "3pl")[0] == ("few_persons", "3pl")
    assert _rule(good * 1 + (rng.random(good.shape) < 0.2), "2pl")[0][0] == "not_dichotomous"


def test_item_that_decides_everything_is_named() -> None:
    """Two items that always agree: the slope of both grows without bound."""
    rng = np.random.default_rng(1)
    data = answers(two_parameter_items(4, 1), rng.normal(size=300), rng)
    data[:, 1] = data[:, 0]
    with pytest.raises(Unusable) as refused:
        calibrate(from_matrix(data, _names(4)), "2pl")
    assert {fault.rule for fault in refused.value.faults} == {"unbounded"}
    assert {fault.about for fault in refused.value.faults} <= {"i0", "i1"}


def test_estimation_that_does_not_come_to_rest_says_so(complete: np.ndarray) -> None:
    with pytest.raises(NotConverged, match="the last change was") as told:
        calibrate(from_matrix(complete, _names(20)), "2pl", settings=Settings(most_steps=3, tolerance=1e-9))
    assert told.value.last_change > 1e-9


def test_squarem_finds_the_fixed_point_of_a_slow_contraction() -> None:
    rates = np.array([0.99, 0.9, 0.5])
    path = squarem(lambda x: (rates * x, -float(x @ x)), np.ones(3), tolerance=1e-9, most_steps=400)
    assert path.converged
    assert path.steps < 100
    assert np.abs(path.values).max() < 1e-6
