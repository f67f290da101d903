"""What leaves M2 as a file: the analysis as a table, slips on paper, questionnaires as XLSForm."""

from kazipot.needs.exports.analysis import analysis_csv
from kazipot.needs.exports.printed import (
    IN_A_FILE,
    Notice,
    slips,
)
from kazipot.needs.exports.xlsform import xlsform

__all__ = [
    "IN_A_FILE",
    "Notice",
    "analysis_csv",
    "slips",
    "xlsform",
]
