"""Spreads people over months, each within their own window, so that months are as even as can be.

A person may be invited in any month from the one in which the window opens to the one before the proof lapses (or the
month of lapsing itself when the window lies within it). The assignment found has the smallest sum of squared loads, and
with it the smallest largest month, of all assignments: by Harvey, Ladner, Lovász and Tamir (2006), "Semi-matchings for
bipartite graphs and load balancing", Journal of Algorithms 59, an assignment is best for every convex cost at once if
and only if no chain of moves leads from a month to another that has at least two people less. Moves along such chains
are made until there is none. People with the same choice of months are moved together.
"""

from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

type Months = tuple[int, ...]
"""The months among which somebody may be invited, in order."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How many people of each choice of months go to which: {months: {month: people}}; the load of every month.

    `beyond`: months with more people than seats, and how many too many. If there are any, no plan fits: the largest
    month is the smallest possible.
    """

    placed: Mapping[Months, Mapping[int, int]]
    loads: tuple[int, ...]
    beyond: Mapping[int, int]


def spread(groups: Mapping[Months, int], months: int, *, seats: int | None = None) -> Spread:
    """The most even assignment of people to months 0 … months−1; nobody is left out, nobody leaves the window.

    `groups`: how many people have which choice of months; a choice must not be empty.
    """
    if any(not choice or min(choice) < 0 or max(choice) >= months for choice in groups):
        raise ValueError("every choice must name months of the plan")
    placed = {choice: dict.fromkeys(choice, 0) for choice in groups}
    loads = [0] * months
    for choice, people in sorted(groups.items(), key=lambda pair: (len(pair[0]), pair[0])):
        for month, share in _level([loads[month] for month in choice], people):
            placed[choice][choice[month]] += share
            loads[choice[month]] += share
    while chain := _improving(placed, loads):
        _move(placed, loads, chain)
    beyond = {} if seats is None else {month: load - seats for month, load in enumerate(loads) if load > seats}
    return Spread(placed, tuple(loads), beyond)


def _level(loads: Sequence[int], people: int) -> list[tuple[int, int]]:
    """People poured over months with some load already: the lowest are filled first."""
    order = sorted(range(len(loads)), key=lambda index: (loads[index], index))
    added = [0] * len(loads)
    left = people
    for rank in range(1, len(order) + 1):
        level = loads[order[rank - 1]] + added[order[rank - 1]]
        ceiling = loads[order[rank]] if rank < len(order) else None
        room = left if ceiling is None else min(left, (ceiling - level) * rank)
        each, more = divmod(room, rank)
        for position, index in enumerate(order[:rank]):
            added[index] += each + (position < more)
        left -= room
        if not left:
            break
    return [(index, share) for index, share in enumerate(added) if share]


type Chain = list[tuple[int, Months, int]]
"""Moves from a month, of people with a choice, to another month."""


def _improving(placed: Mapping[Months, Mapping[int, int]], loads: Sequence[int]) -> Chain:
    """A shortest chain of moves from the fullest month possible to one with at least two people less; or nothing."""
    for start in sorted(range(len(loads)), key=lambda month: (-loads[month], month)):
        came: dict[int, tuple[int, Months]] = {start: (start, ())}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            if loads[start] - loads[here] >= 2:
                return _way(came, start, here)
            for choice, shares in placed.items():
                if not shares.get(here):
                    continue
                for month in choice:
                    if month not in came:
                        came[month] = (here, choice)
                        waiting.append(month)
    return []


def _way(came: Mapping[int, tuple[int, Months]], start: int, end: int) -> Chain:
    chain: Chain = []
    while end != start:
        before, choice = came[end]
        chain.append((before, choice, end))
        end = before
    return chain[::-1]


def _move(placed: Mapping[Months, dict[int, int]], loads: list[int], chain: Chain) -> None:
    """As many people along the chain as make its ends even, or as there are."""
    first, last = chain[0][0], chain[-1][2]
    people = min((loads[first] - loads[last]) // 2, *(placed[choice][here] for here, choice, _there in chain))
    for here, choice, there in chain:
        placed[choice][here] -= people
        placed[choice][there] += people
    loads[first] -= people
    loads[last] += people


def window_months(first: int, last: int, closed: Collection[int], count: int) -> Months:
    """Months from `first` to `last` that aren't closed, of 0 … count−1; all of them when every one is closed."""
    inside = list(range(max(first, 0), min(last, count - 1) + 1))
    return tuple(month for month in inside if month not in closed) or tuple(inside)
