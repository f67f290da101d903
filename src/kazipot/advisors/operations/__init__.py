"""Every write of M1."""

from kazipot.advisors.operations.appointments import appoint, end, replace
from kazipot.advisors.operations.decisions import change_template, template_in_force
from kazipot.advisors.operations.nominations import agree, close, confirm, nominate
from kazipot.advisors.operations.requirements import end_exception, except_unit, set_rule
from kazipot.advisors.operations.vacancies import set_steps, watch

__all__ = [
    "agree",
    "appoint",
    "change_template",
    "close",
    "confirm",
    "end",
    "end_exception",
    "except_unit",
    "nominate",
    "replace",
    "set_rule",
    "set_steps",
    "template_in_force",
    "watch",
]
