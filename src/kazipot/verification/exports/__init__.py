"""What goes out of the verification room: calibrated items, simulations, the audit, drawings."""

from kazipot.verification.exports.answers import (
    answers_csv,
)
from kazipot.verification.exports.audit import (
    audit_as_json,
    audit_as_text,
    fault_sentence,
)
from kazipot.verification.exports.calibration import (
    Checked,
    Wish,
    calibrate_file,
    calibration_json,
    check_items,
    simulate_file,
    simulation_text,
)
from kazipot.verification.exports.exchange import (
    Exported,
    export_items,
)
from kazipot.verification.exports.load_chart import (
    load_svg,
    load_words,
    month_name,
)
from kazipot.verification.exports.slips import (
    slips,
)

__all__ = [
    "Checked",
    "Exported",
    "Wish",
    "answers_csv",
    "audit_as_json",
    "audit_as_text",
    "calibrate_file",
    "calibration_json",
    "check_items",
    "export_items",
    "fault_sentence",
    "load_svg",
    "load_words",
    "month_name",
    "simulate_file",
    "simulation_text",
    "slips",
]
