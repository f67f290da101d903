"""What leaves M2 as a file: the analysis as tables, drawing and document, slips on paper, questionnaires as XLSForm."""

from kazipot.needs.exports.analysis import analysis_csv, analysis_xlsx, part_csv, part_xlsx
from kazipot.needs.exports.analysis_chart import description, svg
from kazipot.needs.exports.analysis_parts import parts
from kazipot.needs.exports.analysis_pdf import analysis_pdf
from kazipot.needs.exports.part_charts import (
    demand_svg,
    demand_words,
    priority_svg,
    priority_words,
    trend_svg,
    trend_words,
)
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
    "demand_svg",
    "demand_words",
    "description",
    "part_csv",
    "part_xlsx",
    "parts",
    "priority_svg",
    "priority_words",
    "slips",
    "svg",
    "trend_svg",
    "trend_words",
    "xlsform",
]
