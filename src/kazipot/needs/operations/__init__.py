"""Every write of M2."""

from kazipot.core.survey.stated_need import Answered
from kazipot.needs.operations.answer_files import (
    Collected,
    delete_mapping,
    forget_answer_files,
    keep_answer_file,
    map_answer_file,
    refuse_answers_of,
    rename_mapping,
    take_answers,
)
from kazipot.needs.operations.answering import (
    answer_again,
    delete_answers,
    keep_answers,
    save_draft,
    send_answers,
    start_from_earlier,
    submission_of,
)
from kazipot.needs.operations.campaigns import (
    Link,
    Scope,
    close_campaign,
    discard_campaign,
    draft_campaign,
    open_campaign,
)
from kazipot.needs.operations.drafts import change_draft
from kazipot.needs.operations.guides import (
    approve_guide,
    draft_guide,
    settle_consent,
    settle_guide,
    write_consent,
)
from kazipot.needs.operations.interview_plans import (
    InterviewLetter,
    ask_head,
    cancel_interview,
    invitation_text,
    invite_people,
    plan_interview,
    reschedule_interview,
)
from kazipot.needs.operations.interviews import (
    Heard,
    agree_on_passages,
    code_passages,
    record_interview,
    withdraw_interview,
)
from kazipot.needs.operations.letters import (
    Letter,
    renew_link,
    renew_links,
)
from kazipot.needs.operations.passages import (
    join_passages,
    split_passage,
)
from kazipot.needs.operations.priorities import set_importance
from kazipot.needs.operations.publishing import publish_analysis
from kazipot.needs.operations.questionnaires import (
    approve_questionnaire,
    draft_questionnaire,
    install_shipped_questionnaire,
)
from kazipot.needs.operations.quotes import put_into_report
from kazipot.needs.operations.reminders import (
    remind,
    remind_due,
)
from kazipot.needs.operations.responses import (
    Submission,
    submit_response,
    submit_responses,
)

__all__ = [
    "Answered",
    "Collected",
    "Heard",
    "InterviewLetter",
    "Letter",
    "Link",
    "Scope",
    "Submission",
    "agree_on_passages",
    "answer_again",
    "approve_guide",
    "approve_questionnaire",
    "ask_head",
    "cancel_interview",
    "change_draft",
    "close_campaign",
    "code_passages",
    "delete_answers",
    "delete_mapping",
    "discard_campaign",
    "draft_campaign",
    "draft_guide",
    "draft_questionnaire",
    "forget_answer_files",
    "install_shipped_questionnaire",
    "invitation_text",
    "invite_people",
    "join_passages",
    "keep_answer_file",
    "keep_answers",
    "map_answer_file",
    "open_campaign",
    "plan_interview",
    "publish_analysis",
    "put_into_report",
    "record_interview",
    "refuse_answers_of",
    "remind",
    "remind_due",
    "rename_mapping",
    "renew_link",
    "renew_links",
    "reschedule_interview",
    "save_draft",
    "send_answers",
    "set_importance",
    "settle_consent",
    "settle_guide",
    "split_passage",
    "start_from_earlier",
    "submission_of",
    "submit_response",
    "submit_responses",
    "take_answers",
    "withdraw_interview",
    "write_consent",
]
