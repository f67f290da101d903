"""What leaves M2 as a file: the analysis as a table, slips on paper."""

from kazipot.needs.exports.analysis import analysis_csv
from kazipot.needs.exports.printed import IN_A_FILE, slips

__all__ = ["IN_A_FILE", "analysis_csv", "slips"]
