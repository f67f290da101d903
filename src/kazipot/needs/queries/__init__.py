"""Every read of M2. What others count with is in `facts`; what the room itself shows is in the other files."""

from kazipot.needs.queries.analyses import last_version, make
from kazipot.needs.queries.campaigns import population
from kazipot.needs.queries.facts import analysis_facts, invitation_facts, need_facts

__all__ = [
    "analysis_facts",
    "invitation_facts",
    "last_version",
    "make",
    "need_facts",
    "population",
]
