"""What goes out of the room: plans, verdicts and reports, as JSON and in words."""

from kazipot.training.exports.plans import (
    plan_as_json,
    plan_in_words,
    verdict_as_json,
    verdict_in_words,
    violation_in_words,
    write_json,
)
from kazipot.training.exports.reports import clash_in_words, figures_as_json, report_as_json, rules_in_words
from kazipot.training.exports.supply_chart import supply_svg, supply_words
from kazipot.training.exports.timetable import timetable_template

__all__ = [
    "clash_in_words",
    "figures_as_json",
    "plan_as_json",
    "plan_in_words",
    "report_as_json",
    "rules_in_words",
    "supply_svg",
    "supply_words",
    "timetable_template",
    "verdict_as_json",
    "verdict_in_words",
    "violation_in_words",
    "write_json",
]
