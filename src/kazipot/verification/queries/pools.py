"""What may be asked now, frozen content of pools, and how often their questions were shown."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from kazipot.verification.choices import Purpose
from kazipot.verification.models import Pool, Sitting, Step
from kazipot.verification.queries.bank import LiveItem, live_items, pilot_items, shares

Ints = NDArray[np.int64]
PRACTICE_OF, SALT = 5, 608
"""Every fifth question is for practice, where its key is shown, and never for the test. With this salt three or four of
the shipped questions of each area are."""
COUNTED, ENOUGH = 2_000, 100
"""The latest sittings that are counted, and how many must there be."""


def is_for_practice(key: str) -> bool:
    """Whether a question is for practice. It follows from its key alone, so that it never changes."""
    return int(hashlib.sha256(f"{SALT} {key}".encode()).hexdigest()[:8], 16) % PRACTICE_OF == 0


def pool_content(purpose: str, at: datetime) -> dict[str, Any]:
    """What may be asked at a moment: items with their parameters, pilot items, shares of the areas. Six queries.

    Areas without any item are left out, and the shares of the others grow."""
    practice = purpose == Purpose.PRACTICE
    items = [_row(item) for item in live_items(at) if is_for_practice(item.key) == practice]
    tried = [] if practice else pilot_items(at)
    pilots = [{"version": item.version_id, "enemies": item.enemies, "digest": item.digest} for item in tried]
    held = {row["area"] for row in items}
    wanted = {area: share for area, share in shares(at).items() if area in held}
    total = sum(wanted.values())
    return {
        "items": [row for row in items if row["area"] in wanted],
        "pilots": pilots,
        "shares": {area: share / total for area, share in sorted(wanted.items())},
    }


def _row(item: LiveItem) -> dict[str, Any]:
    return {
        "version": item.version_id, "item": item.item_id, "model": item.model, "a": item.a, "b": list(item.b),
        "c": item.c, "area": item.area, "enemies": item.enemies, "digest": item.digest,
    }  # fmt: skip


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 over a pool's content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def pool_by_content(content: dict[str, Any]) -> Pool | None:
    """The pool with this content, or None. One query."""
    return Pool.objects.filter(digest=digest_of(content)).first()


def pools_to_count(*, before: datetime) -> QuerySet[Pool]:
    """Pools whose exposure was last counted before a moment and that have had a sitting since."""
    stale = Q(counted_at=None) | Q(counted_at__lte=before)
    used = Sitting.objects.filter(purpose=Purpose.VERIFICATION, started_at__gt=before).values("pool_id")
    return Pool.objects.filter(stale, pk__in=used)


@dataclass(frozen=True, slots=True)
class Exposure:
    """Of the latest sittings of a pool: in how many each item was eligible (J,) and shown (J,), and the ceiling."""

    eligible: Ints
    shown: Ints
    ceiling: float


def exposure_of(pool: Pool) -> Exposure | None:
    """How often a pool's items were shown; None before there are enough sittings. Two queries."""
    rows = Sitting.objects.filter(pool=pool, purpose=Purpose.VERIFICATION).order_by("-id")[:COUNTED]
    latest = list(rows.values_list("pk", "held_back", "rules"))
    if len(latest) < ENOUGH:
        return None
    size = len(pool.content["items"])
    numbers = {row["version"]: number for number, row in enumerate(pool.content["items"])}
    eligible = np.full(size, len(latest))
    for _pk, held_back, _rules in latest:
        eligible[held_back] -= 1
    shown = np.zeros(size, np.int64)
    for version in _shown_in(min(pk for pk, *_rest in latest), pool):
        if version in numbers:
            shown[numbers[version]] += 1
    return Exposure(eligible, shown, latest[0][2]["max_exposure"])


def _shown_in(first: int, pool: Pool) -> Iterator[int]:
    rows = Step.objects.filter(sitting__pool=pool, sitting_id__gte=first, scored=True)
    return rows.order_by().values_list("version_id", flat=True).iterator(chunk_size=10_000)
