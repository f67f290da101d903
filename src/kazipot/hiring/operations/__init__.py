"""Every write of M4."""

from kazipot.hiring.operations.candidates import (
    KEPT,
    add_candidate,
    candidate_to_test,
    choose,
    forget_candidates,
    hire,
    record_showing,
    record_test,
    sealing_key,
    sealing_keys,
)
from kazipot.hiring.operations.postings import Demand, change_demands, publish_posting, withdraw_posting
from kazipot.hiring.operations.profiles import approve_family, change_family, propose_family, start_family
from kazipot.hiring.operations.stages import approve, override_gate, publish, send_back, submit
from kazipot.hiring.operations.texts import draft_posting, revise_text, take_over_wording

__all__ = [
    "KEPT",
    "Demand",
    "add_candidate",
    "approve",
    "approve_family",
    "candidate_to_test",
    "change_demands",
    "change_family",
    "choose",
    "draft_posting",
    "forget_candidates",
    "hire",
    "override_gate",
    "propose_family",
    "publish",
    "publish_posting",
    "record_showing",
    "record_test",
    "revise_text",
    "sealing_key",
    "sealing_keys",
    "send_back",
    "start_family",
    "submit",
    "take_over_wording",
    "withdraw_posting",
]
