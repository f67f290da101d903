"""Records of the organisation. Every period is half-open: [valid_from, valid_to)."""

from kazipot.organisation.models.employment import Employment, JobProfile, Post
from kazipot.organisation.models.grants import RoleGrant
from kazipot.organisation.models.person import Person
from kazipot.organisation.models.roster import RosterUpload
from kazipot.organisation.models.units import Employer, Unit, UnitSuccession, UnitVersion

__all__ = [
    "Employer",
    "Employment",
    "JobProfile",
    "Person",
    "Post",
    "RoleGrant",
    "RosterUpload",
    "Unit",
    "UnitSuccession",
    "UnitVersion",
]
