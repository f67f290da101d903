"""How an item does in tests: how often it is shown and solved, how long it takes, and whom its options draw.

Counted over the latest finished tests, never over practice, and shown from FEWEST answers on: fewer say little about
the item and might say something about a person.
"""

from dataclasses import dataclass
from statistics import median

import numpy as np

from kazipot.core.items.definition import Item as Definition
from kazipot.core.items.definition import Kind
from kazipot.core.items.scoring import points, right_answer
from kazipot.core.psychometrics.health import distractors
from kazipot.verification.choices import Purpose, SittingState
from kazipot.verification.models import Sitting, Step

COUNTED, FEWEST = 2_000, 50
OVEREXPOSED = 0.4
"""An item that more of the tests show becomes known."""


@dataclass(frozen=True, slots=True)
class OptionHealth:
    """An option of an item with one right answer: the share of people who chose it, how choosing it goes together with
    ability (correlation), and what is wrong with it: "", "rare", "attracts the able" or "repels the able"."""

    text: str
    right: bool
    share: float
    correlation: float
    fault: str


@dataclass(frozen=True, slots=True)
class Health:
    """`answers`: how many were counted; `exposure`: the share of tests since the first one that showed the version;
    `solved`: mean share of the points; `correlation` of points with ability; `seconds`: median."""

    answers: int
    exposure: float
    solved: float
    correlation: float
    seconds: float
    options: tuple[OptionHealth, ...]

    @property
    def is_overexposed(self) -> bool:
        """Whether too many tests show it."""
        return self.exposure > OVEREXPOSED

    @property
    def misleads(self) -> bool:
        """Whether those who know more answer worse."""
        return self.correlation <= 0


def health_of(version_id: int, definition: Definition, language: str) -> Health | None:
    """How a version does, or None before FEWEST people have answered it in a finished test. Three queries at most."""
    tests = Sitting.objects.filter(purpose=Purpose.VERIFICATION, state=SittingState.FINISHED, ability__isnull=False)
    rows = list(
        Step.objects.filter(version_id=version_id, sitting__in=tests, answered_at__isnull=False)
        .order_by("-pk")[:COUNTED]
        .values_list("sitting_id", "answer", "points", "sitting__ability", "shown_at", "answered_at")
    )
    if len(rows) < FEWEST:
        return None
    since = tests.filter(pk__gte=min(row[0] for row in rows)).count()
    earned = np.array([float(row[2] or 0) for row in rows]) / points(definition)
    ability = np.array([float(row[3] or 0.0) for row in rows])
    seconds = [(row[5] - row[4]).total_seconds() for row in rows if row[5]]
    varies = earned.std() > 0 and ability.std() > 0
    correlation = float(np.corrcoef(earned, ability)[0, 1]) if varies else 0.0
    chosen = [row[1] for row in rows]
    return Health(
        len(rows), len(rows) / since, float(earned.mean()), correlation, median(seconds),
        _options(definition, chosen, ability, language) if definition.kind is Kind.SINGLE else (),
    )  # fmt: skip


def _options(
    definition: Definition, chosen: list[object], ability: "np.ndarray[tuple[int], np.dtype[np.float64]]", language: str
) -> tuple[OptionHealth, ...]:
    keys = [option.key for option in definition.options]
    taken = np.array([keys.index(key) if isinstance(key, str) and key in keys else -1 for key in chosen])
    found = distractors.options(taken, ability, keys.index(str(right_answer(definition))), len(keys))
    return tuple(
        OptionHealth(option.text.in_language(language), told.key, told.share, told.correlation, told.fault)
        for option, told in zip(definition.options, found, strict=True)
    )
