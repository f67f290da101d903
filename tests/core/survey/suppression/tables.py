"""Tables to try: drawn by Hypothesis, and the odd ones by hand."""

import numpy as np
from hypothesis import strategies as st

from kazipot.core.survey.suppression import CountTable, Dimension, dimension_from_pairs, table_from_leaves

CODES = {1: 11, 2: 6, 3: 4}
"""The most codes of a dimension besides the root, by the number of dimensions."""


@st.composite
def dimensions(draw: st.DrawFn, name: str, most: int) -> Dimension:
    """A tree of any shape: uneven depth, single children, chains."""
    codes = ["*"]
    pairs = []
    for number in range(draw(st.integers(1, most))):
        pairs.append((f"{name}{number}", draw(st.sampled_from(codes))))
        codes.append(f"{name}{number}")
    return dimension_from_pairs(name, pairs)


@st.composite
def tables(draw: st.DrawFn, most_dimensions: int = 3, most_codes: int | None = None) -> CountTable:
    """A whole table of one to three dimensions with many small counts and zeros, and now and then a large one."""
    number = draw(st.integers(1, most_dimensions))
    trees = [draw(dimensions(name, most_codes or CODES[number])) for name in "abc"[:number]]
    shape = tuple(len(tree.leaves()) for tree in trees)
    size = int(np.prod(shape))
    counts = st.one_of(st.integers(0, 4), st.integers(0, 12), st.integers(0, 200))
    leaves = draw(st.lists(counts, min_size=size, max_size=size))
    return table_from_leaves(trees, np.array(leaves, dtype=np.int64).reshape(shape))


def flat(name: str, *codes: str) -> Dimension:
    """A dimension with one level below the root."""
    return dimension_from_pairs(name, [(code, "*") for code in codes])
