"""A share of whole things, with the things themselves: the form in which every indicator is given."""

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Count[Thing: Hashable]:
    """How many of `all_` are `met`; both are kept, so that a number can always be opened.

    `met` is a subset of `all_`; things are ids (of units, people, postings …).
    """

    met: frozenset[Thing]
    all_: frozenset[Thing]

    def __post_init__(self) -> None:
        if not self.met <= self.all_:
            raise ValueError("what is met must be among what is counted")

    @property
    def numerator(self) -> int:
        """How many are met."""
        return len(self.met)

    @property
    def denominator(self) -> int:
        """How many are counted."""
        return len(self.all_)

    @property
    def value(self) -> Fraction | None:
        """The share in [0, 1], exact; None when there is nothing to count."""
        return Fraction(self.numerator, self.denominator) if self.all_ else None
