"""What goes out of the verification room: calibrated items, what simulated sittings say of a bank, and items for
other systems."""

from kazipot.verification.exports.calibration import (
    Checked,
    Wish,
    calibrate_file,
    calibration_json,
    check_items,
    simulate_file,
    simulation_text,
)
from kazipot.verification.exports.exchange import Exported, export_items

__all__ = [
    "Checked",
    "Exported",
    "Wish",
    "calibrate_file",
    "calibration_json",
    "check_items",
    "export_items",
    "simulate_file",
    "simulation_text",
]
