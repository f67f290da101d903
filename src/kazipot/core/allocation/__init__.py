"""Who gets a seat when more people need one than there are seats."""

from kazipot.core.allocation.seats import Candidate, draw, line

__all__ = ["Candidate", "draw", "line"]
