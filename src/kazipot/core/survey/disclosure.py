"""Which groups may be shown, so that no small group can be seen or worked out by subtraction.

Groups form a tree: a parent's people are exactly the people of its children together. Published totals give
away every difference of a shown group and the largest shown groups inside it: its *rest*. Rests don't overlap,
and all that adding and subtracting one version's totals can give is made up of them: so it is enough that
every rest is empty or large enough.

Several versions of one publication may be compared, too. A later version shows a group only if it was shown
in the version before, or if nobody of it was counted then. So the people of the earlier version lie in each
later rest in whole earlier rests, what is new in a later rest is all that comparing can add, and it is enough
that this, too, is empty or large enough (docs/methods/needs-analysis.md has the argument at length).
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

THRESHOLD = 5
"""The smallest number of people about whom anything is shown."""

type Children = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Published:
    """An earlier version: the people of every group then (0 where a group is missing), and which were shown.

    `gone` are those among them whose answers were deleted since.
    """

    counts: Mapping[str, int]
    shown: frozenset[str]
    gone: Mapping[str, int] = field(default_factory=dict)


def protect(
    parents: Mapping[str, str | None],
    counts: Mapping[str, int],
    *,
    before: Published | None = None,
    threshold: int = THRESHOLD,
) -> frozenset[str]:
    """The groups that may be shown; none when the whole can't be.

    `parents` is the tree {group: parent}, with one root whose parent is None; `counts` the people of every
    group; `before` the last version that showed anything (people are added, or their answers deleted). Hidden are first
    groups of fewer than `threshold` people, groups that 1 to threshold − 1 people joined or left since, and groups that
    were hidden before and had people; then, as long as 1 to threshold − 1 people joined or left some rest, the smallest
    of the groups subtracted for it. Raises ValueError when a parent's people aren't its children's.
    """
    children: dict[str, list[str]] = defaultdict(list)
    for group, parent in parents.items():
        if parent is not None:
            children[parent].append(group)
    for parent, inside in children.items():
        if counts[parent] != sum(counts[group] for group in inside):
            raise ValueError(f"the people of {parent} are not the people of the groups inside it")
    old = before.counts if before else {}
    left = before.gone if before else {}
    new = {group: counts[group] - old.get(group, 0) + left.get(group, 0) for group in parents}
    gone = {group: left.get(group, 0) for group in parents}
    shown = {
        group
        for group in parents
        if counts[group] >= threshold
        and not _is_small(new[group], threshold)
        and not _is_small(gone[group], threshold)
        and (before is None or group in before.shown or old.get(group, 0) == 0)
    }
    while inside := _too_telling(children, (new, gone), shown, threshold):
        shown.discard(min(inside, key=lambda group: (counts[group], group)))
    root = next(group for group, parent in parents.items() if parent is None)
    return frozenset(shown) if root in shown else frozenset()


def _is_small(people: int, threshold: int) -> bool:
    return 0 < people < threshold


def _too_telling(
    children: Children, changes: Sequence[Mapping[str, int]], shown: Collection[str], threshold: int
) -> list[str]:
    """The largest shown groups inside a shown group whose rest too few joined or left; empty when all is well."""
    for group in sorted(shown):
        inside = list(_largest_inside(children, group, shown))
        rests = [change[group] - sum(change[other] for other in inside) for change in changes]
        if inside and any(_is_small(rest, threshold) for rest in rests):
            return inside
    return []


def _largest_inside(children: Children, group: str, shown: Collection[str]) -> Iterator[str]:
    """The largest shown groups that lie inside the group."""
    for child in children.get(group, ()):
        if child in shown:
            yield child
        else:
            yield from _largest_inside(children, child, shown)
