"""What is wrong with data or with a wish, as facts: who shows them to people puts them into words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One broken rule: its name, what it is about (an item, an area, an option), what was found, what is needed.

    `person` counts from 0 in the order of the data and is -1 where no single person is meant.
    """

    rule: str
    about: str = ""
    found: str = ""
    person: int = -1
    needed: str = ""


class Unusable(ValueError):
    """The input can't give a trustworthy number; `faults` says every reason that was found."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.rule}: {fault.about} {fault.found}".strip() for fault in faults))
        self.faults = faults


class NotConverged(ArithmeticError):
    """An iteration ended before its values stood still; `last_change` is the largest change of its last step."""

    def __init__(self, *, iterations: int, last_change: float) -> None:
        super().__init__(f"no convergence after {iterations} iterations; the last change was {last_change:.3g}")
        self.iterations = iterations
        self.last_change = last_change
