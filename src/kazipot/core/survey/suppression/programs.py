"""Linear and mixed-integer programs for HiGHS."""

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from kazipot.core.survey.suppression.quiet import QuietHighs

type Reals = NDArray[np.float64]

INFINITY = highspy.kHighsInf


def linear_program(
    rows: sparse.csc_array,
    costs: Reals,
    lower: Reals,
    upper: Reals,
    bounds: tuple[Reals, Reals] | None = None,
    *,
    whole: bool = False,
) -> QuietHighs:
    """min costs·x with lower ≤ x ≤ upper and rows·x within `bounds` (0 if none); `whole`: x are whole numbers."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = rows.shape
    program.col_cost_, program.col_lower_, program.col_upper_ = costs, lower, upper
    nothing = np.zeros(rows.shape[0])
    program.row_lower_, program.row_upper_ = bounds or (nothing, nothing)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = rows.indptr.astype(np.int32)
    program.a_matrix_.index_ = rows.indices.astype(np.int32)
    program.a_matrix_.value_ = rows.data.astype(float)
    if whole:
        program.integrality_ = [highspy.HighsVarType.kInteger] * rows.shape[1]
    model = QuietHighs()
    model.passModel(program)
    return model
