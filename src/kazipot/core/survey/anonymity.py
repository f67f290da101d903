"""Puts anonymous answers into groups that are large enough, so that knowing who took part tells nobody's answers.

Whoever knows that n people of a group took part knows that each of its n answers is of one of them. So every group,
and whatever is left over of a larger one, holds at least k answers: k-anonymity (Sweeney 2002) towards a reader of all
records.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from kazipot.core.survey.disclosure import THRESHOLD


@dataclass(frozen=True, slots=True)
class Group:
    """Where answers are known to come from: a unit, or only a kind of unit, or (both empty) only the whole."""

    unit_id: int | None = None
    kind: str = ""


WHOLE = Group()


def groups(counts: Mapping[int, int], kinds: Mapping[int, str], *, threshold: int = THRESHOLD) -> dict[int, Group]:
    """The group into which each unit's answers go: {unit id: group}; empty when there are fewer than k in all.

    `counts` is {unit id: answers}, `kinds` {unit id: kind of unit}. A unit of at least k answers is a group of its own;
    smaller ones of a kind go together; what is left of a kind, or of the whole, and too small, takes in the smallest
    group beside it until it is large enough.
    """
    if sum(counts.values()) < threshold:
        return {}
    placed = {
        unit_id: Group(unit_id, kinds[unit_id]) if people >= threshold else Group(None, kinds[unit_id])
        for unit_id, people in counts.items()
    }
    for kind in sorted({kinds[unit_id] for unit_id in counts}):
        inside = {unit_id: group for unit_id, group in placed.items() if kinds[unit_id] == kind}
        placed |= _filled(inside, counts, Group(None, kind), threshold)
    for unit_id, group in list(placed.items()):
        if group.unit_id is None and _size(placed, counts, group) < threshold:
            placed[unit_id] = WHOLE
    return _filled(placed, counts, WHOLE, threshold)


def _size(placed: Mapping[int, Group], counts: Mapping[int, int], group: Group) -> int:
    return sum(counts[unit_id] for unit_id, found in placed.items() if found == group)


def _filled(placed: Mapping[int, Group], counts: Mapping[int, int], rest: Group, threshold: int) -> dict[int, Group]:
    """The same with the smallest groups put into the rest, until it is empty or large enough, or has taken all."""
    found = dict(placed)
    while 0 < _size(found, counts, rest) < threshold:
        sizes: dict[Group, int] = defaultdict(int)
        for unit_id, group in found.items():
            if group != rest:
                sizes[group] += counts[unit_id]
        if not sizes:
            break
        smallest = min(sizes, key=lambda group: (sizes[group], group.kind, group.unit_id or 0))
        for unit_id in placed:
            if found[unit_id] == smallest:
                found[unit_id] = rest
    return found
