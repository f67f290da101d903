"""Files that come into the organisation."""

from kazipot.organisation.imports.positions import read_positions
from kazipot.organisation.imports.roster import import_people, read_roster, roster_from_rows
from kazipot.organisation.queries import Roster, RosterPlan, RosterRow, plan_roster

__all__ = [
    "Roster",
    "RosterPlan",
    "RosterRow",
    "import_people",
    "plan_roster",
    "read_positions",
    "read_roster",
    "roster_from_rows",
]
