"""Every write of M4."""

from kazipot.hiring.operations.candidates import (
    KEPT,
    add_candidate,
    choose,
    forget_candidates,
    hire,
    record_showing,
    sealing_key,
)
from kazipot.hiring.operations.postings import Demand, change_demands, publish_posting, withdraw_posting
from kazipot.hiring.operations.stages import approve, override_gate, publish, send_back, submit
from kazipot.hiring.operations.texts import draft_posting, revise_text, take_over_wording

__all__ = [
    "KEPT",
    "Demand",
    "add_candidate",
    "approve",
    "change_demands",
    "choose",
    "draft_posting",
    "forget_candidates",
    "hire",
    "override_gate",
    "publish",
    "publish_posting",
    "record_showing",
    "revise_text",
    "sealing_key",
    "send_back",
    "submit",
    "take_over_wording",
    "withdraw_posting",
]
