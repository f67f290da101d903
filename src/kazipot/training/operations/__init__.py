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
from kazipot.training.operations.catalogue_files import (
    import_catalogue,
    keep_catalogue,
)
from kazipot.training.operations.certificates import (
    issue_attendance_certificate,
    issue_attendance_certificates,
    revoke_corrected_certificates,
)
from kazipot.training.operations.contracts import (
    Price,
    add_contact,
    add_contract,
    change_contract,
    change_provider,
    remove_contact,
)
from kazipot.training.operations.decisions import (
    call_off,
    decide,
    take_up,
)
from kazipot.training.operations.desk import (
    answer_at_desk,
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
from kazipot.training.operations.inquiries import (
    decline_to_bid,
    seek_offers,
    send_bid,
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
from kazipot.training.operations.outlook import (
    ask_outlook_anew,
    keep_outlook,
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
from kazipot.training.operations.provided import (
    MOST_BYTES,
    accept_timetable,
    add_material,
    note_invoice,
    refuse_timetable,
    remove_material,
    send_timetable,
)
from kazipot.training.operations.provider_links import (
    page_of_provider,
    revoke_links,
    send_link,
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
    "MOST_BYTES",
    "Claimed",
    "CourseSpan",
    "EvaluationLink",
    "Link",
    "OffersMade",
    "Price",
    "Published",
    "SeatSlip",
    "accept_timetable",
    "add_contact",
    "add_contract",
    "add_course",
    "add_material",
    "add_provider",
    "answer_at_desk",
    "answer_evaluation",
    "answer_for_unit",
    "answer_offer",
    "answer_swap",
    "ask_about",
    "ask_for_evaluations",
    "ask_heads_about",
    "ask_outlook_anew",
    "ask_session_to_swap",
    "ask_swap",
    "call_off",
    "cancel_session",
    "change_contract",
    "change_provider",
    "change_session",
    "claim_plan",
    "close_attendance",
    "decide",
    "decline_to_bid",
    "expire_offers",
    "fail_plan",
    "forget_people_of_plans",
    "gathering_of",
    "give_up_seat",
    "import_catalogue",
    "is_small",
    "issue_attendance_certificate",
    "issue_attendance_certificates",
    "join_line",
    "keep_catalogue",
    "keep_outlook",
    "leave_line",
    "make_evaluation_codes",
    "make_seat_slips",
    "move_seat",
    "note_invoice",
    "note_stage",
    "object_to",
    "offer_seats",
    "page_of_provider",
    "plan_session",
    "publish_plan",
    "record_attendance",
    "record_knowledge",
    "refill",
    "refill_due",
    "refuse_timetable",
    "remind_of_seats",
    "remove_contact",
    "remove_material",
    "request_plan",
    "revoke_corrected_certificates",
    "revoke_links",
    "seek_offers",
    "send_bid",
    "send_link",
    "send_timetable",
    "sign_in_seat",
    "store_result",
    "take_up",
    "undo_sign_in",
]
