"""One scale for all: groups, fixed items, pilot items, and two scales moved together."""

import numpy as np
import pytest

from kazipot.core.psychometrics.calibration import calibrate
from kazipot.core.psychometrics.irt import Item
from kazipot.core.psychometrics.linking import Change, join_scale, mean_sigma, stocking_lord
from kazipot.core.psychometrics.pool import pool_of
from kazipot.core.psychometrics.responses import from_matrix
from kazipot.core.psychometrics.simulation import simulate
from kazipot.core.psychometrics.sitting import test_of as made
from kazipot.core.psychometrics.stopping import Rules
from tests.core.psychometrics.simulated import answers, two_parameter_items

BANK = two_parameter_items(30, 21)
NAMES = [item.name for item in BANK]


def test_groups_get_their_own_mean_and_spread() -> None:
    """The second group took other items too: concurrent calibration of two linked forms."""
    rng = np.random.default_rng(5)
    ability = np.concatenate([rng.normal(size=3000), 0.6 + 0.7 * rng.normal(size=3000)])
    matrix = answers(BANK, ability, rng)
    matrix[:3000, 20:] = -1
    matrix[3000:, :10] = -1
    found = calibrate(from_matrix(matrix, NAMES, group=np.repeat([0, 1], 3000)), "2pl")
    first, second = found.populations
    assert (first.mean, first.sd) == (0.0, 1.0)
    assert abs(second.mean - 0.6) < 3.5 * second.se_mean
    assert abs(second.sd - 0.7) < 3.5 * second.se_sd
    assert 0.02 < second.se_mean < 0.06
    z = [(one.item.b[0] - item.b[0]) / one.se_b[0] for one, item in zip(found.estimates, BANK, strict=True)]
    assert np.abs(z).max() < 4


def test_new_items_join_the_scale_of_known_ones() -> None:
    """Able people (mean 1) answer 15 known and 15 new items: without the link the new ones would look too easy."""
    rng = np.random.default_rng(6)
    matrix = answers(BANK, 1.0 + 0.8 * rng.normal(size=4000), rng)
    responses = from_matrix(matrix, NAMES)
    linked, alone = join_scale(responses, BANK[:15], "2pl"), calibrate(responses, "2pl")
    assert [one.fixed for one in linked.estimates] == [True] * 15 + [False] * 15
    assert linked.items[:15] == tuple(BANK[:15])
    assert linked.populations[0].mean == pytest.approx(1.0, abs=0.1)
    assert linked.populations[0].sd == pytest.approx(0.8, abs=0.06)
    z = [(one.item.b[0] - item.b[0]) / one.se_b[0] for one, item in zip(linked.estimates[15:], BANK[15:], strict=True)]
    assert np.abs(z).max() < 4
    shift = np.mean([one.b[0] - item.b[0] for one, item in zip(alone.items, BANK, strict=True)])
    assert shift < -0.5


def test_pilot_items_in_adaptive_tests_are_calibrated_without_bias() -> None:
    """Each of 3,000 people answers an adaptive test from 25 known items and 3 of 5 pilot items."""
    rng = np.random.default_rng(7)
    ability = rng.normal(size=3000)
    test = made(pool_of(BANK[:25]), Rules(0.0, max_items=12))
    sat = simulate(test, ability, rng)
    matrix = np.full((3000, 30), -1)
    person, step = np.nonzero(sat.item >= 0)
    matrix[person, sat.item[person, step]] = sat.answer[person, step]
    pilot = answers(BANK[25:], ability, rng)
    hidden = rng.random((3000, 5)).argsort(axis=1)[:, :2]
    np.put_along_axis(pilot, hidden, -1, axis=1)
    matrix[:, 25:] = pilot
    seen = (matrix >= 0).sum(axis=0) > 0
    found = join_scale(from_matrix(matrix[:, seen], list(np.array(NAMES)[seen])), BANK[:25], "2pl")
    for one, item in zip(found.estimates[-5:], BANK[25:], strict=True):
        assert abs(one.item.a - item.a) < 4 * one.se_a
        assert abs(one.item.b[0] - item.b[0]) < 4 * one.se_b[0]
    assert abs(found.populations[0].mean) < 0.1


def test_change_of_scale_is_found_again() -> None:
    change = Change(0.8, 0.5)
    new = [Item(item.name, item.model, item.a * 0.8, tuple((b - 0.5) / 0.8 for b in item.b)) for item in BANK[:12]]
    for found in (mean_sigma(BANK[:12], new), stocking_lord(BANK[:12], new)):
        assert (found.slope, found.intercept) == pytest.approx((0.8, 0.5), abs=1e-4)
    assert change.of(new[0]).b[0] == pytest.approx(BANK[0].b[0])


def test_scales_without_common_items_can_not_be_joined() -> None:
    rng = np.random.default_rng(1)
    responses = from_matrix(answers(BANK[:5], rng.normal(size=300), rng), NAMES[:5])
    with pytest.raises(ValueError, match="nothing to join the scales by"):
        join_scale(responses, BANK[10:], "2pl")
    with pytest.raises(ValueError, match="must be the same"):
        stocking_lord(BANK[:5], BANK[1:6])
