"""Every write of M3."""

from kazipot.training.operations.answers import (
    answer_offer,
    expire_offers,
    give_up_seat,
)
from kazipot.training.operations.attendance import (
    close_attendance,
    record_attendance,
    sign_in_seat,
    undo_sign_in,
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
from kazipot.training.operations.desk import (
    answer_at_desk,
)
from kazipot.training.operations.line import (
    answer_swap,
    ask_session_to_swap,
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
from kazipot.training.operations.publishing import (
    Published,
    publish_plan,
)
from kazipot.training.operations.reminders import (
    remind_of_seats,
)
from kazipot.training.operations.sessions import (
    cancel_session,
    change_session,
    plan_session,
)
from kazipot.training.operations.slips import (
    SeatSlip,
    make_seat_slips,
)

__all__ = [
    "Claimed",
    "CourseSpan",
    "Link",
    "OffersMade",
    "Published",
    "SeatSlip",
    "add_course",
    "add_provider",
    "answer_at_desk",
    "answer_offer",
    "answer_swap",
    "ask_session_to_swap",
    "ask_swap",
    "cancel_session",
    "change_session",
    "claim_plan",
    "close_attendance",
    "expire_offers",
    "fail_plan",
    "forget_people_of_plans",
    "gathering_of",
    "give_up_seat",
    "is_small",
    "issue_attendance_certificate",
    "issue_attendance_certificates",
    "join_line",
    "leave_line",
    "make_seat_slips",
    "move_seat",
    "note_stage",
    "object_to",
    "offer_seats",
    "plan_session",
    "publish_plan",
    "record_attendance",
    "refill",
    "refill_due",
    "remind_of_seats",
    "request_plan",
    "revoke_corrected_certificates",
    "sign_in_seat",
    "store_result",
    "undo_sign_in",
]
