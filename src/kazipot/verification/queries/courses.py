"""The course of a sitting from its records: pool, rules, what was answered.

What is made of a pool's content and of a version's content is kept in the process, by their digests. Neither ever
changes, so that this saves time and nothing rests on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kazipot.core.items.definition import Item
from kazipot.core.psychometrics import irt
from kazipot.core.psychometrics.course import Answered, Course, Pilot
from kazipot.core.psychometrics.pool import Blueprint, pool_of
from kazipot.core.psychometrics.sitting import Test, test_of
from kazipot.core.psychometrics.stopping import Rules
from kazipot.verification.models import Pool, Sitting, Step
from kazipot.verification.queries.bank import definition_of
from kazipot.verification.queries.standards import rules_of

TESTS, ITEMS = 32, 1024


def course_of(sitting: Sitting) -> Course:
    """What was settled when the sitting began. One query, none when the process knows the pool."""
    rules = rules_of(sitting.rules, sitting.purpose)
    ready = _ready(sitting.pool.digest, rules)
    return Course(
        ready.test, ready.pilots, sitting.rules["pilots"], frozenset(sitting.held_back), sitting.seed
    )  # fmt: skip


def test_from(content: dict[str, Any], rules: Rules) -> Test:
    """A pool's content made ready. Raises Unusable where it can't fulfil the rules."""
    items = [
        irt.Item(str(row["version"]), row["model"], row["a"], tuple(row["b"]), row["c"], row["area"], row["enemies"])
        for row in content["items"]
    ]
    return test_of(pool_of(items, Blueprint(content["shares"])), rules)


@dataclass(frozen=True, slots=True)
class _Ready:
    test: Test
    pilots: tuple[Pilot, ...]
    digests: Mapping[int, str]


@lru_cache(maxsize=TESTS)
def _ready(digest: str, rules: Rules) -> _Ready:
    content = Pool.objects.values_list("content", flat=True).get(digest=digest)
    pilots = tuple(Pilot(str(row["version"]), row["enemies"]) for row in content["pilots"])
    digests = {row["version"]: row["digest"] for row in (*content["items"], *content["pilots"])}
    return _Ready(test_from(content, rules), pilots, digests)


def item_of(sitting: Sitting, step: Step) -> Item:
    """The question that a step shows. One query, none when the process knows it."""
    ready = _ready(sitting.pool.digest, rules_of(sitting.rules, sitting.purpose))
    return _item(step.version_id, ready.digests[step.version_id])


@lru_cache(maxsize=ITEMS)
def _item(version_id: int, digest: str) -> Item:  # noqa: ARG001  (a version in another database is another one)
    return definition_of(version_id)


def log_of(steps: Sequence[Step]) -> list[Answered]:
    """What was answered, in order, as the course takes it."""
    return [Answered(str(step.version_id), step.points) for step in steps if step.points is not None]
