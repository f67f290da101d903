"""Every read of the organisation. Whatever depends on time takes the day `on`."""

from kazipot.organisation.queries.pages import people_within, versions_of
from kazipot.organisation.queries.roster import Roster, RosterPlan, RosterRow, person_keys, plan_roster
from kazipot.organisation.queries.structure import (
    UnitOnDay,
    employer_by_code,
    employers,
    employments_of,
    employments_on,
    grants_of,
    headcount_by_unit,
    main_employments,
    person_of_user,
    unit_by_code,
    unit_by_id,
    unit_ids_below,
    units_on,
)

__all__ = [
    "Roster",
    "RosterPlan",
    "RosterRow",
    "UnitOnDay",
    "employer_by_code",
    "employers",
    "employments_of",
    "employments_on",
    "grants_of",
    "headcount_by_unit",
    "main_employments",
    "people_within",
    "person_keys",
    "person_of_user",
    "plan_roster",
    "unit_by_code",
    "unit_by_id",
    "unit_ids_below",
    "units_on",
    "versions_of",
]
