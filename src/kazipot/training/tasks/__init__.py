"""Work that takes longer than a request should: plans of the training year, and its forecast."""

from kazipot.training.tasks.outlook import work_out_outlook
from kazipot.training.tasks.plans import work_out_plan

__all__ = ["work_out_outlook", "work_out_plan"]
