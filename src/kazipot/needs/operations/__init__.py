"""Every write of M2."""

from kazipot.core.survey.stated_need import Answered
from kazipot.needs.operations.answering import (
    Submission,
    answer_again,
    keep_answers,
    save_draft,
    submit_draft,
    submit_response,
    submit_responses,
)
from kazipot.needs.operations.attempts import forget_wrong_codes, note_wrong_code
from kazipot.needs.operations.campaigns import Link, close_campaign, draft_campaign, open_campaign
from kazipot.needs.operations.interviews import (
    Heard,
    agree_on_passages,
    code_passages,
    record_interview,
    withdraw_interview,
)
from kazipot.needs.operations.letters import Letter, renew_links
from kazipot.needs.operations.publishing import publish_analysis
from kazipot.needs.operations.reminders import remind, remind_due

__all__ = [
    "Answered",
    "Heard",
    "Letter",
    "Link",
    "Submission",
    "agree_on_passages",
    "answer_again",
    "close_campaign",
    "code_passages",
    "draft_campaign",
    "forget_wrong_codes",
    "keep_answers",
    "note_wrong_code",
    "open_campaign",
    "publish_analysis",
    "record_interview",
    "remind",
    "remind_due",
    "renew_links",
    "save_draft",
    "submit_draft",
    "submit_response",
    "submit_responses",
    "withdraw_interview",
]
