"""Parameters from the experts' guess."""

import numpy as np
import pytest

from kazipot.core.items.expert import expert_parameters
from kazipot.core.psychometrics.irt import Item as Calibrated
from kazipot.core.psychometrics.irt import expected_scores
from tests.factories import items


def test_item_that_is_right_or_wrong_is_a_rasch_item_without_guessing() -> None:
    assert expert_parameters(items.single(difficulty=-0.7)) == ("rasch", 1.0, (-0.7,))


def test_steps_of_a_story_lie_evenly_around_the_guess() -> None:
    two = items.scenario(difficulty=0.5)
    three = items.scenario(difficulty=0.5, parts=(items.single("a"), items.single("b"), items.single("c")))
    assert expert_parameters(two) == ("gpcm", 1.0, (0.1, 0.9))
    assert expert_parameters(three) == ("gpcm", 1.0, (-0.3, 0.5, 1.3))


@pytest.mark.parametrize("difficulty", [-2.0, 0.0, 1.5])
def test_who_is_as_able_as_the_item_is_hard_gets_half_of_its_points(difficulty: float) -> None:
    for item, most in ((items.single(difficulty=difficulty), 1), (items.scenario(difficulty=difficulty), 2)):
        model, a, b = expert_parameters(item)
        calibrated = Calibrated("x", model, a, b)
        assert expected_scores([calibrated], np.array([difficulty]))[0, 0] == pytest.approx(most / 2)
