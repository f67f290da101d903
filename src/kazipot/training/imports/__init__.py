"""Files come in: an instance of the allocation and a plan for it, checked from end to end before anything is done."""

from kazipot.training.imports.instance import read_instance
from kazipot.training.imports.plan import read_plan

__all__ = ["read_instance", "read_plan"]
