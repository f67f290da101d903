"""The figures in forms that leave the application: JSON for programs, text for a terminal, tables, charts."""

from kazipot.strategy.exports.figures import as_json, as_text, figure_json

__all__ = ["as_json", "as_text", "figure_json"]
