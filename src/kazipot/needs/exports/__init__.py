"""What goes out for other programs: published analyses."""

from kazipot.needs.exports.analysis import analysis_csv

__all__ = ["analysis_csv"]
