"""Every write of M5."""

from kazipot.verification.operations.appeals import (
    decide_appeal,
    lodge_appeal,
)
from kazipot.verification.operations.blueprints import (
    AreaGiven,
    write_blueprint,
)
from kazipot.verification.operations.calibrations import (
    ParametersGiven,
    note_answers_taken,
    take_parameters,
)
from kazipot.verification.operations.candidates import (
    CODE_LASTS,
    forget_candidate_tests,
    make_candidate_code,
    start_candidate_test,
)
from kazipot.verification.operations.certificates import (
    issue_certificate,
)
from kazipot.verification.operations.codes import (
    make_code,
    make_codes,
)
from kazipot.verification.operations.duty import (
    TermsGiven,
    annul_training,
    end_exemption,
    exempt,
    record_leave,
    record_training,
    set_terms,
)
from kazipot.verification.operations.elsewhere import (
    Said,
    add_source,
    end_source,
    receive,
)
from kazipot.verification.operations.history import (
    EarlierGiven,
    record_history,
)
from kazipot.verification.operations.history import (
    Taken as HistoryTaken,
)
from kazipot.verification.operations.item_life import (
    STEPS,
    review_item,
    submit_for_review,
    take_step,
)
from kazipot.verification.operations.items import (
    new_version,
    write_draft,
    write_item,
    write_items,
)
from kazipot.verification.operations.knowledge import (
    ask_about_knowledge,
    ask_for_knowledge,
)
from kazipot.verification.operations.lessons import (
    finish_step,
)
from kazipot.verification.operations.notices import (
    forget_bounce,
    mark_refused,
    note_bounces,
    send_notices,
)
from kazipot.verification.operations.pictures import (
    MOST_BYTES,
    add_picture,
)
from kazipot.verification.operations.pools import (
    count_exposure,
    freeze_pool,
)
from kazipot.verification.operations.results import (
    ResultGiven,
    annul,
    record_result,
    record_verifications,
    refusal,
    too_old,
)
from kazipot.verification.operations.shipped_items import (
    Loaded,
    load_builtin_items,
)
from kazipot.verification.operations.sittings import (
    Taken,
    answer,
    close_forgotten,
    go_on,
    start_sitting,
)
from kazipot.verification.operations.talks import (
    close_talk,
    look_over,
)
from kazipot.verification.operations.weeks import (
    Invited,
    Slip,
    invite,
    plan_week,
    print_slips,
    remind_week,
    run_weeks,
    tell_heads,
)

__all__ = [
    "CODE_LASTS",
    "MOST_BYTES",
    "STEPS",
    "AreaGiven",
    "EarlierGiven",
    "HistoryTaken",
    "Invited",
    "Loaded",
    "ParametersGiven",
    "ResultGiven",
    "Said",
    "Slip",
    "Taken",
    "TermsGiven",
    "add_picture",
    "add_source",
    "annul",
    "annul_training",
    "answer",
    "ask_about_knowledge",
    "ask_for_knowledge",
    "close_forgotten",
    "close_talk",
    "count_exposure",
    "decide_appeal",
    "end_exemption",
    "end_source",
    "exempt",
    "finish_step",
    "forget_bounce",
    "forget_candidate_tests",
    "freeze_pool",
    "go_on",
    "invite",
    "issue_certificate",
    "load_builtin_items",
    "lodge_appeal",
    "look_over",
    "make_candidate_code",
    "make_code",
    "make_codes",
    "mark_refused",
    "new_version",
    "note_answers_taken",
    "note_bounces",
    "plan_week",
    "print_slips",
    "receive",
    "record_history",
    "record_leave",
    "record_result",
    "record_training",
    "record_verifications",
    "refusal",
    "remind_week",
    "review_item",
    "run_weeks",
    "send_notices",
    "set_terms",
    "start_candidate_test",
    "start_sitting",
    "submit_for_review",
    "take_parameters",
    "take_step",
    "tell_heads",
    "too_old",
    "write_blueprint",
    "write_draft",
    "write_item",
    "write_items",
]
