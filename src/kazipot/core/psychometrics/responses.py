"""Answers of people to items, most of which they were not given: kept sparsely, checked before any arithmetic."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kazipot.core.psychometrics.errors import Fault, Unusable

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
MISSING = -1
SHOWN_FAULTS = 20
COLLAPSIBLE_ITEMS = 16


@dataclass(frozen=True, slots=True)
class Responses:
    """Person i answered `item[start[i]:start[i+1]]` with `category[start[i]:start[i+1]]`.

    `start` (N + 1,), `item` and `category` (answers,), categories count from 0; `weight` (N,): how many people gave
    this row of answers; `group` (N,): the population to which the person belongs, from 0.
    """

    items: tuple[str, ...]
    categories: tuple[int, ...]
    start: NDArray[np.int64]
    item: NDArray[np.int32]
    category: NDArray[np.int32]
    weight: Floats
    group: NDArray[np.int32]

    @property
    def rows(self) -> int:
        """Rows of answers; people with the same answers may share one."""
        return len(self.start) - 1

    @property
    def persons(self) -> int:
        """How many people answered."""
        return round(float(self.weight.sum()))

    def matrix(self) -> NDArray[np.int64]:
        """The answers as a matrix (N, J); −1 where an item was not given."""
        table = np.full((self.rows, len(self.items)), MISSING)
        table[np.repeat(np.arange(self.rows), np.diff(self.start)), self.item] = self.category
        return table

    def chosen(self, rows: Ints) -> "Responses":
        """The answers of some rows only."""
        lengths = np.diff(self.start)[rows]
        start = np.concatenate([[0], np.cumsum(lengths)])
        places = np.arange(start[-1]) + np.repeat(self.start[rows] - start[:-1], lengths)
        return Responses(
            self.items, self.categories, start, self.item[places], self.category[places],
            self.weight[rows], self.group[rows],
        )  # fmt: skip


def from_matrix(
    matrix: NDArray[np.integer],
    items: Sequence[str],
    *,
    group: NDArray[np.integer] | None = None,
    collapse: bool = True,
) -> Responses:
    """Answers from a matrix (N, J) with categories from 0, −1 where an item was not given.

    Rows with the same answers are counted instead of repeated when there are few items and `collapse` allows it.
    Raises Unusable naming each fault.
    """
    table = np.asarray(matrix)
    if not table.size:
        raise Unusable([Fault("empty")])
    if (table < MISSING).any():
        person, item = np.argwhere(table < MISSING)[0]
        raise Unusable([Fault("negative_code", items[item], str(table[person, item]), int(person))])
    _refuse_silent((table >= 0).any(axis=1))
    belongs = np.zeros(len(table), np.int32) if group is None else np.asarray(group, np.int32)
    weight = np.ones(len(table))
    if collapse and table.shape[1] <= COLLAPSIBLE_ITEMS:
        rows, counts = np.unique(np.column_stack([belongs, table]), axis=0, return_counts=True)
        belongs, table, weight = rows[:, 0].astype(np.int32), rows[:, 1:], counts.astype(float)
    given = table >= 0
    start = np.concatenate([[0], np.cumsum(given.sum(axis=1))])
    numbers = np.broadcast_to(np.arange(table.shape[1], dtype=np.int32), table.shape)[given]
    return from_answers(start, numbers, table[given].astype(np.int32), items, weight=weight, group=belongs)


def from_answers(
    start: Ints,
    item: NDArray[np.int32],
    category: NDArray[np.int32],
    items: Sequence[str],
    *,
    weight: Floats | None = None,
    group: NDArray[np.int32] | None = None,
) -> Responses:
    """Answers that are sparse already: see Responses for the shapes.

    Raises Unusable for a person without answers, a negative code, an item that all answered alike or that nobody
    answered, and a category that is missing in the middle or at the start.
    """
    if not len(item):
        raise Unusable([Fault("empty")])
    _refuse_silent(np.diff(start) > 0)
    if category.min() < 0:
        place = int(category.argmin())
        person = int(np.searchsorted(start, place, side="right")) - 1
        raise Unusable([Fault("negative_code", items[item[place]], str(category[place]), person)])
    width = int(category.max()) + 1
    counts = np.bincount(item.astype(np.int64) * width + category, minlength=width * len(items))
    faults = [
        fault for name, row in zip(items, counts.reshape(-1, width), strict=True) for fault in _item_faults(name, row)
    ]
    if faults:
        raise Unusable(faults[:SHOWN_FAULTS])
    categories = tuple(int(np.flatnonzero(row)[-1]) + 1 for row in counts.reshape(-1, width))
    rows = len(start) - 1
    return Responses(
        tuple(items), categories, np.asarray(start, np.int64), item, category,
        np.ones(rows) if weight is None else weight, np.zeros(rows, np.int32) if group is None else group,
    )  # fmt: skip


def _refuse_silent(answered: NDArray[np.bool_]) -> None:
    silent = np.flatnonzero(~answered)[:SHOWN_FAULTS]
    if silent.size:
        raise Unusable([Fault("no_answers", person=int(person)) for person in silent])


def _item_faults(name: str, counts: Ints) -> list[Fault]:
    used = np.flatnonzero(counts)
    if not used.size:
        return [Fault("never_given", name)]
    if used.size == 1:
        return [Fault("all_alike", name, str(used[0]))]
    if used.size == used[-1] + 1:
        return []
    return [Fault("missing_category", name, str(np.setdiff1d(np.arange(used[-1]), used)[0]))]
