"""From the experts' guess of an item's difficulty to parameters that hold until it is calibrated.

Right or wrong: Rasch with a = 1, b = the guess; guessing is left out (c = 0), because no expert can judge it.
A story of m parts: GPCM with a = 1 and steps evenly around the guess, b_k = b + SPREAD (k − (m + 1) / 2): their mean
is b.
"""

from kazipot.core.items.definition import Item, Kind
from kazipot.core.items.scoring import points

SPREAD = 0.8
"""How far the steps of a story lie apart, in standard deviations of ability: parts of one story differ in difficulty
about as much as items of one area do."""


def expert_parameters(item: Item) -> tuple[str, float, tuple[float, ...]]:
    """Model, discrimination and difficulties; difficulties are rounded to two digits."""
    if item.kind is not Kind.SCENARIO:
        return "rasch", 1.0, (item.difficulty,)
    most = points(item)
    return "gpcm", 1.0, tuple(
        round(item.difficulty + SPREAD * (step - (most + 1) / 2), 2) for step in range(1, most + 1)
    )  # fmt: skip
