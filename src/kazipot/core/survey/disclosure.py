"""Which groups may be shown, so that no small group can be seen or worked out by subtraction.

Groups form a tree: a parent's people are exactly the people of its children together. Published totals give
away every difference of a shown group and the largest shown groups inside it: the *rest*. All that adding and
subtracting published totals can give is made up of such rests, because they don't overlap (see
docs/methods/needs-analysis.md for the argument). So it is enough that every rest is empty or large enough.

The same holds between versions of one publication: of a group shown twice, the difference is known, and so is
the rest of these differences. Both are kept empty or large enough too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

THRESHOLD = 5
"""The smallest number of people about whom anything is shown."""

type Children = Mapping[str, Sequence[str]]


def protect(
    parents: Mapping[str, str | None],
    counts: Mapping[str, int],
    *,
    earlier: Sequence[Mapping[str, int]] = (),
    threshold: int = THRESHOLD,
) -> frozenset[str]:
    """The groups that may be shown.

    `parents` is the tree {group: parent or None}, `counts` the people of every group, `earlier` the people of
    the groups shown in each earlier version (people are only ever added). Hidden are, first, groups with fewer
    than `threshold` people or with 1 to threshold − 1 people more than in an earlier version; then, as long as
    some rest holds 1 to threshold − 1 people, the smallest of the groups subtracted for it. Raises ValueError
    when a parent's people aren't its children's.
    """
    children: dict[str, list[str]] = defaultdict(list)
    for group, parent in parents.items():
        if parent is not None:
            children[parent].append(group)
    for parent, inside in children.items():
        if counts[parent] != sum(counts[group] for group in inside):
            raise ValueError(f"the people of {parent} are not the people of the groups inside it")
    shown = {
        group
        for group in parents
        if counts[group] >= threshold
        and not any(group in old and _is_small(counts[group] - old[group], threshold) for old in earlier)
    }
    while inside := _too_telling(children, counts, shown, earlier, threshold):
        shown.discard(min(inside, key=lambda group: (counts[group], group)))
    return frozenset(shown)


def _is_small(people: int, threshold: int) -> bool:
    return 0 < abs(people) < threshold


def _too_telling(
    children: Children,
    counts: Mapping[str, int],
    shown: Collection[str],
    earlier: Sequence[Mapping[str, int]],
    threshold: int,
) -> list[str]:
    """The shown groups inside a shown group whose rest is small, now or in what is new; empty when all is well."""
    for old in ({}, *earlier):
        family = {group for group in shown if group in old} if old else set(shown)
        new = {group: counts[group] - old.get(group, 0) for group in family}
        for group in sorted(family):
            inside = list(_largest_inside(children, group, family))
            if inside and _is_small(new[group] - sum(new[other] for other in inside), threshold):
                return inside
    return []


def _largest_inside(children: Children, group: str, family: Collection[str]) -> Iterator[str]:
    """The largest groups of the family that lie inside the group."""
    for child in children.get(group, ()):
        if child in family:
            yield child
        else:
            yield from _largest_inside(children, child, family)
