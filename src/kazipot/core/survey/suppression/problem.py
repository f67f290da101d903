"""What is to be decided: which cells stay hidden besides the small ones.

Cells whose value the reader knows anyway (published zeros, cells of an earlier edition, and what follows from them in
a single relation, unless it is small) are constants. Cells that
are always equal, because a parent has a single child that isn't zero, are one *class*: they are shown or hidden
together, and hiding one costs as many cells as it has.
"""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kazipot.core.survey.suppression.table import CountTable, Dimension, Integers, Mask, relations


@dataclass(frozen=True, slots=True)
class Rule:
    """Counts of 1 to k − 1 are small (0 too if `protect_zeros`); the interval of a small cell has to be k wide."""

    k: int = 5
    protect_zeros: bool = False

    def __post_init__(self) -> None:
        if self.k < 2:
            raise ValueError("k has to be 2 or more: with less no count is small")


@dataclass(frozen=True, slots=True)
class Problem:
    """A suppression problem over n classes of equal cells, m relations.

    `classes`: shape of the table, the class of each cell, −1 for constants. Shape (n,): `places` (the first cell of
    each class, flat), `values`, `weights` (cells in the class), `needs` (width asked of the interval: k for small
    ones, 1 for others that have to be hidden, else 0), `must` (to be hidden in any case). `rows`: shape (m, n), +1
    children, −1 parent; constants are left out, so that deviations z from the true table fulfil rows·z = 0.
    """

    dimensions: tuple[Dimension, ...]
    classes: Integers
    places: Integers
    values: Integers
    weights: Integers
    needs: Integers
    must: Mask
    rows: sparse.csr_array


def small_cells(counts: Integers, rule: Rule) -> Mask:
    """Cells that may never be shown (primary suppression): 1 to k − 1, and 0 if zeros are protected."""
    return (counts < rule.k) & ((counts > 0) | rule.protect_zeros)


def problem_of(table: CountTable, rule: Rule, *, known: Mask | None = None, hidden: Mask | None = None) -> Problem:
    """The problem of a table. `known` cells are published whatever happens, `hidden` ones never (earlier editions).

    Raises ValueError if a cell is both.
    """
    counts = table.counts.ravel()
    small = small_cells(counts, rule)
    must = small.copy() if hidden is None else small | hidden.ravel()
    constant = np.zeros(counts.size, dtype=bool) if known is None else known.ravel().copy()
    if hidden is not None and (constant & hidden.ravel()).any():
        raise ValueError("a cell can't be both published and hidden")
    must &= ~constant
    constant |= (counts == 0) & ~must
    rows = _without(relations(table.dimensions), constant)
    while (derived := _last(rows, small)).size:
        constant[derived], must[derived] = True, False
        rows = _without(rows, constant)
    label = _classes(rows, counts)
    label[constant] = -1
    used, classes = np.unique(label[~constant], return_inverse=True)
    places = np.full(counts.size, -1, dtype=np.int64)
    places[~constant] = classes
    first = np.zeros(used.size, dtype=np.int64)
    first[places[~constant][::-1]] = np.flatnonzero(~constant)[::-1]
    hide = np.zeros(used.size, dtype=bool)
    np.logical_or.at(hide, places[~constant], must[~constant])
    needs = np.where(hide, np.where(small[first], rule.k, 1), 0)
    return Problem(
        dimensions=table.dimensions,
        classes=places.reshape(table.counts.shape),
        places=first,
        values=counts[first],
        weights=np.bincount(places[~constant], minlength=used.size).astype(np.int64),
        needs=needs.astype(np.int64),
        must=hide,
        rows=_merged(rows, places, used.size),
    )


def _without(rows: sparse.csr_array, constant: Mask) -> sparse.csr_array:
    """The rows without the columns of constants."""
    kept = sparse.csr_array(rows @ sparse.diags_array((~constant).astype(float)))
    kept.eliminate_zeros()
    return kept


def _last(rows: sparse.csr_array, small: Mask) -> Integers:
    """Cells that are left alone in a relation with constants: hiding them would hide nothing."""
    cells = np.unique(rows.indices[rows.indptr[:-1][np.diff(rows.indptr) == 1]])
    return np.asarray(cells[~small[cells]])


def _classes(rows: sparse.csr_array, counts: Integers) -> Integers:
    """A label of each cell; equal where a relation has only a parent and one child of the same count left."""
    lengths = np.diff(rows.indptr)
    starts = rows.indptr[:-1][lengths == 2]
    one, other = rows.indices[starts], rows.indices[starts + 1]
    same = (rows.data[starts] != rows.data[starts + 1]) & (counts[one] == counts[other])
    size = counts.size
    links = sparse.coo_array((np.ones(same.sum()), (one[same], other[same])), shape=(size, size))
    _, label = sparse.csgraph.connected_components(links, directed=False)
    return np.asarray(label, dtype=np.int64)


def _merged(rows: sparse.csr_array, places: Integers, size: int) -> sparse.csr_array:
    """The relations between classes, each once, without those that say nothing."""
    columns = np.flatnonzero(places >= 0)
    to_class = sparse.coo_array((np.ones(columns.size), (columns, places[columns])), shape=(places.size, size))
    merged = sparse.csr_array(rows @ to_class.tocsr())
    merged.eliminate_zeros()
    merged.sort_indices()
    seen: dict[bytes, int] = {}
    for number, (start, stop) in enumerate(zip(merged.indptr[:-1], merged.indptr[1:], strict=True)):
        if stop > start:
            key = merged.indices[start:stop].tobytes() + merged.data[start:stop].tobytes()
            seen.setdefault(key, number)
    return sparse.csr_array(merged[sorted(seen.values())])
