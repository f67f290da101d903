"""Protecting a table of counts with all its margins: which cells to hide, and proof that hiding them is enough."""

from kazipot.core.survey.suppression.audit import Interval, audit
from kazipot.core.survey.suppression.problem import Problem, Rule, problem_of, small_cells
from kazipot.core.survey.suppression.protection import Protected, protect_table
from kazipot.core.survey.suppression.table import (
    ROOT,
    CountTable,
    Dimension,
    dimension_from_pairs,
    table_from_leaves,
)

__all__ = [
    "ROOT",
    "CountTable",
    "Dimension",
    "Interval",
    "Problem",
    "Protected",
    "Rule",
    "audit",
    "dimension_from_pairs",
    "problem_of",
    "protect_table",
    "small_cells",
    "table_from_leaves",
]
