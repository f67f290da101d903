"""Every write of the organisation."""

from kazipot.organisation.operations.positions import apply_positions
from kazipot.organisation.operations.reorganisation import merge_units, split_unit
from kazipot.organisation.operations.roles import create_account, end_role, grant_role
from kazipot.organisation.operations.roster import apply_roster
from kazipot.organisation.operations.units import (
    add_employer,
    add_job_profile,
    add_unit,
    change_unit,
    close_unit,
    move_unit,
)
from kazipot.organisation.operations.uploads import forget_uploads, import_upload, keep_upload

__all__ = [
    "add_employer",
    "add_job_profile",
    "add_unit",
    "apply_positions",
    "apply_roster",
    "change_unit",
    "close_unit",
    "create_account",
    "end_role",
    "forget_uploads",
    "grant_role",
    "import_upload",
    "keep_upload",
    "merge_units",
    "move_unit",
    "split_unit",
]
