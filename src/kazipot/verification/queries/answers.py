"""Answers of finished tests, for calibration: which test it was, when and whose is left out, and the order is shuffled.

Every test is a row of its own, so that two tests of one person can't be told to be theirs. Items that fewer than FEWEST
tests have answered are left out: next to nothing can be estimated from so few, and who saw a rare item might be known.
So are items that everybody answered alike, and stories with a number of points that nobody earned: no calibration takes
them.
"""

from collections import Counter, defaultdict
from random import Random

from kazipot.verification.choices import ItemKind, Purpose, SittingState
from kazipot.verification.models import ItemVersion, Sitting, Step
from kazipot.verification.queries.item_health import FEWEST

CHUNK = 10_000
type Answers = list[dict[str, int]]
"""Points by item, one row for each test."""


def _varies(times: Counter[int]) -> bool:
    """Whether there are several numbers of points, without a gap from 0 on."""
    return len(times) > 1 and set(times) == set(range(max(times) + 1))


def answers_to_calibrate(*, stories: bool, rng: Random) -> tuple[list[str], Answers]:
    """Names of items (key@version) in order, and what was earned in each finished test; practice is never in it.

    Without `stories` only items that give one point, which every model for right and wrong takes. Two queries.
    """
    tests = Sitting.objects.filter(purpose=Purpose.VERIFICATION, state=SittingState.FINISHED)
    versions = ItemVersion.objects.all() if stories else ItemVersion.objects.exclude(kind=ItemKind.SCENARIO)
    keys = versions.order_by().values_list("pk", "item__key", "number")
    names = {pk: f"{key}@{number}" for pk, key, number in keys}
    steps = Step.objects.filter(sitting__in=tests, points__isnull=False).order_by()
    earned: dict[int, dict[str, int]] = defaultdict(dict)
    seen: dict[str, Counter[int]] = defaultdict(Counter)
    for test, version, points in steps.values_list("sitting_id", "version_id", "points").iterator(chunk_size=CHUNK):
        if version in names and points is not None:
            earned[test][names[version]] = points
            seen[names[version]][points] += 1
    often = sorted(name for name, times in seen.items() if times.total() >= FEWEST and _varies(times))
    kept = [{name: row[name] for name in often if name in row} for _test, row in sorted(earned.items())]
    rows = [row for row in kept if row]
    rng.shuffle(rows)
    return often, rows
