"""Every write of M5's verification."""

from kazipot.verification.operations.blueprints import AreaGiven, write_blueprint
from kazipot.verification.operations.calibrations import ParametersGiven, take_parameters
from kazipot.verification.operations.certificates import issue_certificate
from kazipot.verification.operations.item_life import STEPS, review_item, submit_for_review, take_step
from kazipot.verification.operations.items import new_version, write_draft, write_item, write_items
from kazipot.verification.operations.lessons import finish_step
from kazipot.verification.operations.pictures import MOST_BYTES, add_picture
from kazipot.verification.operations.results import ResultGiven, annul, record_verifications, refusal
from kazipot.verification.operations.shipped_items import Loaded, load_builtin_items

__all__ = [
    "MOST_BYTES",
    "STEPS",
    "AreaGiven",
    "Loaded",
    "ParametersGiven",
    "ResultGiven",
    "add_picture",
    "annul",
    "finish_step",
    "issue_certificate",
    "load_builtin_items",
    "new_version",
    "record_verifications",
    "refusal",
    "review_item",
    "submit_for_review",
    "take_parameters",
    "take_step",
    "write_blueprint",
    "write_draft",
    "write_item",
    "write_items",
]
