"""What goes out for other programs: published analyses, and questionnaires as XLSForm."""

from kazipot.needs.exports.analysis import analysis_csv
from kazipot.needs.exports.xlsform import xlsform

__all__ = ["analysis_csv", "xlsform"]
