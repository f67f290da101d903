"""Every write of M3."""

from kazipot.training.operations.catalogue import CourseSpan, add_course, add_provider, cancel_session, plan_session
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
from kazipot.training.operations.seats import (
    Link,
    OffersMade,
    answer_offer,
    expire_offers,
    offer_seats,
    record_attendance,
)

__all__ = [
    "Claimed",
    "CourseSpan",
    "Link",
    "OffersMade",
    "add_course",
    "add_provider",
    "answer_offer",
    "cancel_session",
    "claim_plan",
    "expire_offers",
    "fail_plan",
    "forget_people_of_plans",
    "is_small",
    "note_stage",
    "offer_seats",
    "plan_session",
    "record_attendance",
    "request_plan",
    "store_result",
]
