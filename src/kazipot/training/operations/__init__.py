"""Every write of M3."""

from kazipot.training.operations.answers import (
    answer_offer,
    expire_offers,
    give_up_seat,
)
from kazipot.training.operations.attendance import (
    record_attendance,
)
from kazipot.training.operations.calendar import (
    gathering_of,
)
from kazipot.training.operations.catalogue import (
    CourseSpan,
    add_course,
    add_provider,
)
from kazipot.training.operations.certificates import (
    issue_attendance_certificate,
    issue_attendance_certificates,
    revoke_corrected_certificates,
)
from kazipot.training.operations.evaluation import (
    EvaluationLink,
    answer_evaluation,
    answer_for_unit,
    ask_about,
    ask_for_evaluations,
    ask_heads_about,
    make_evaluation_codes,
    record_knowledge,
)
from kazipot.training.operations.line import (
    answer_swap,
    ask_swap,
    join_line,
    leave_line,
    move_seat,
    object_to,
)
from kazipot.training.operations.offers import (
    Link,
    OffersMade,
    offer_seats,
    refill,
    refill_due,
)
from kazipot.training.operations.outlook import ask_outlook_anew, keep_outlook
from kazipot.training.operations.plans import (
    Claimed,
    claim_plan,
    fail_plan,
    forget_people_of_plans,
    is_small,
    note_stage,
    request_plan,
    store_result,
)
from kazipot.training.operations.publishing import Published, publish_plan
from kazipot.training.operations.reminders import (
    remind_of_seats,
)
from kazipot.training.operations.sessions import (
    cancel_session,
    change_session,
    plan_session,
)

__all__ = [
    "Claimed",
    "CourseSpan",
    "EvaluationLink",
    "Link",
    "OffersMade",
    "Published",
    "add_course",
    "add_provider",
    "answer_evaluation",
    "answer_for_unit",
    "answer_offer",
    "answer_swap",
    "ask_about",
    "ask_for_evaluations",
    "ask_heads_about",
    "ask_outlook_anew",
    "ask_swap",
    "cancel_session",
    "change_session",
    "claim_plan",
    "expire_offers",
    "fail_plan",
    "forget_people_of_plans",
    "gathering_of",
    "give_up_seat",
    "is_small",
    "issue_attendance_certificate",
    "issue_attendance_certificates",
    "join_line",
    "keep_outlook",
    "leave_line",
    "make_evaluation_codes",
    "move_seat",
    "note_stage",
    "object_to",
    "offer_seats",
    "plan_session",
    "publish_plan",
    "record_attendance",
    "record_knowledge",
    "refill",
    "refill_due",
    "remind_of_seats",
    "request_plan",
    "revoke_corrected_certificates",
    "store_result",
]
