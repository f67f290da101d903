"""Protecting a table, alone or as a further edition of one that is out already."""

from dataclasses import dataclass

import numpy as np

from kazipot.core.survey.suppression.problem import Rule, problem_of, small_cells
from kazipot.core.survey.suppression.solve import EXACT_CLASSES, suppress
from kazipot.core.survey.suppression.table import CountTable, Dimension, Mask

BEFORE, SINCE = "before", "since"


@dataclass(frozen=True, slots=True)
class Protected:
    """Which cells are published (shape of the counts) and how many are lost: small ones, and besides.

    `bound`: no pattern that keeps the rule hides fewer cells. `optimal`: this one hides no more than that.
    """

    published: Mask
    small: int
    lost: int
    bound: int
    optimal: bool


def protect_table(table: CountTable, rule: Rule, *, exact_classes: int = EXACT_CLASSES) -> Protected:
    """A pattern of published cells that keeps the rule and loses few cells; the same table gives the same pattern."""
    return _protected(table, rule, None, None, exact_classes)


def protect_edition(
    table: CountTable, before: CountTable, shown_before: Mask, rule: Rule, *, exact_classes: int = EXACT_CLASSES
) -> Protected:
    """The same for a later edition of a table in which counts have only grown, of which an edition is out.

    Whoever has both editions can subtract them, and what came in between is itself a table of counts. So editions
    are one more dimension: the new edition is the total of what was there `before` and what came `since`. Cells of
    the earlier edition stay as they are (shown or hidden), small ones among what came since are protected like
    any other. Raises ValueError if the tables have other codes or a count fell. The answer is about the new edition.
    """
    if table.dimensions != before.dimensions or (table.counts < before.counts).any():
        raise ValueError("a later edition has the same codes, and no count is lower")
    editions = Dimension("edition", ("*", BEFORE, SINCE), (-1, 0, 0))
    counts = np.stack([table.counts, before.counts, table.counts - before.counts])
    known, hidden = np.zeros(counts.shape, dtype=bool), np.zeros(counts.shape, dtype=bool)
    known[1], hidden[1] = shown_before, ~shown_before
    both = _protected(CountTable((editions, *table.dimensions), counts), rule, known, hidden, exact_classes)
    published = both.published[0]
    small = int(small_cells(table.counts, rule).sum())
    return Protected(published, small, int((~published).sum()), small, both.optimal)


def _protected(table: CountTable, rule: Rule, known: Mask | None, hidden: Mask | None, exact_classes: int) -> Protected:
    problem = problem_of(table, rule, known=known, hidden=hidden)
    pattern = suppress(problem, exact_classes=exact_classes)
    lost = np.append(pattern.hidden, False)[problem.classes]
    small = int(small_cells(table.counts, rule).sum())
    return Protected(~lost, small, int(lost.sum()), pattern.bound, pattern.optimal)
