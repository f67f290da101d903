"""What leaves M2 as a file: the analysis as tables, drawing and document, slips on paper, questionnaires as XLSForm."""

from kazipot.needs.exports.analysis import analysis_csv, analysis_xlsx
from kazipot.needs.exports.analysis_chart import description, svg
from kazipot.needs.exports.analysis_pdf import analysis_pdf
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
    "analysis_pdf",
    "analysis_xlsx",
    "description",
    "slips",
    "svg",
    "xlsform",
]
