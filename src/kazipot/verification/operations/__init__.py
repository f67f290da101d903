"""Every write of M5: results, and sittings of the test."""

from kazipot.verification.operations.blueprints import (
    AreaGiven,
    write_blueprint,
)
from kazipot.verification.operations.calibrations import (
    ParametersGiven,
    take_parameters,
)
from kazipot.verification.operations.codes import (
    make_code,
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
    record_verifications,
    refusal,
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

__all__ = [
    "MOST_BYTES",
    "STEPS",
    "AreaGiven",
    "Loaded",
    "ParametersGiven",
    "ResultGiven",
    "Taken",
    "add_picture",
    "annul",
    "answer",
    "close_forgotten",
    "close_talk",
    "count_exposure",
    "freeze_pool",
    "go_on",
    "load_builtin_items",
    "look_over",
    "make_code",
    "new_version",
    "record_verifications",
    "refusal",
    "review_item",
    "start_sitting",
    "submit_for_review",
    "take_parameters",
    "take_step",
    "write_blueprint",
    "write_draft",
    "write_item",
    "write_items",
]
