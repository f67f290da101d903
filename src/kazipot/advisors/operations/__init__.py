"""Every write of M1."""

from kazipot.advisors.operations.appointments import appoint, end, replace
from kazipot.advisors.operations.assignments import finish_share, give_assignment, tick_step
from kazipot.advisors.operations.decisions import change_template, check_wording, template_in_force
from kazipot.advisors.operations.digests import publish_digest
from kazipot.advisors.operations.handovers import hand_over
from kazipot.advisors.operations.incoming import take_mail
from kazipot.advisors.operations.meetings import Planned, call_meeting, cancel_meeting, change_meeting, record_minutes
from kazipot.advisors.operations.nominations import agree, close, confirm, nominate
from kazipot.advisors.operations.notes import Written, change_note, decide_proposal, write_note
from kazipot.advisors.operations.requirements import end_exception, except_unit, set_rule
from kazipot.advisors.operations.threads import announce, answer, ask, close_thread, pass_on
from kazipot.advisors.operations.vacancies import set_steps, watch

__all__ = [
    "Planned",
    "Written",
    "agree",
    "announce",
    "answer",
    "appoint",
    "ask",
    "call_meeting",
    "cancel_meeting",
    "change_meeting",
    "change_note",
    "change_template",
    "check_wording",
    "close",
    "close_thread",
    "confirm",
    "decide_proposal",
    "end",
    "end_exception",
    "except_unit",
    "finish_share",
    "give_assignment",
    "hand_over",
    "nominate",
    "pass_on",
    "publish_digest",
    "record_minutes",
    "replace",
    "set_rule",
    "set_steps",
    "take_mail",
    "template_in_force",
    "tick_step",
    "watch",
    "write_note",
]
