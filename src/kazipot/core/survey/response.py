"""How many of those asked answered, in the words of the American Association for Public Opinion Research.

AAPOR, *Standard Definitions*, 10th ed. (2023), for surveys of specifically named persons. All who were asked are in
exactly one disposition; response rates are shares of the sums, of people or of their design weights.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Disposition(StrEnum):
    """What became of a person who was asked, with AAPOR's letters."""

    COMPLETE = "I"
    PARTIAL = "P"
    REFUSAL = "R"
    NON_CONTACT = "NC"
    OTHER = "O"
    UNKNOWN = "U"
    NOT_ELIGIBLE = "NE"


COMPLETE_FROM, PARTIAL_FROM = Fraction(4, 5), Fraction(1, 2)
"""Shares of the questions put to a person: from these on an interview is complete, or partial; below, broken off."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a person who was asked.

    `eligible`: belonged to the population (None: not known); `answered` of the `questions` that were put to them;
    `declined`: said that they won't, or had their answers deleted; `reached`: nothing says that the invitation didn't
    arrive; `able`: nothing says that they couldn't (illness, language).
    """

    eligible: bool | None = True
    questions: int = 0
    answered: int = 0
    declined: bool = False
    reached: bool = True
    able: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.answered <= self.questions:
            raise ValueError("between none and all questions are answered")


def disposition(case: Case) -> Disposition:
    """The disposition of a case; the first that applies.

    Not eligible; refusal if declined; by the share of questions answered: complete from 4/5, partial from 1/2, else
    refusal (break-off, AAPOR 2.12); unknown eligibility; other if unable; non-contact, which includes people known to
    be eligible from whom nothing came back.
    """
    if case.eligible is False:
        return Disposition.NOT_ELIGIBLE
    if case.declined:
        return Disposition.REFUSAL
    if case.answered:
        share = Fraction(case.answered, case.questions)
        if share >= COMPLETE_FROM:
            return Disposition.COMPLETE
        return Disposition.PARTIAL if share >= PARTIAL_FROM else Disposition.REFUSAL
    if case.eligible is None:
        return Disposition.UNKNOWN
    return Disposition.OTHER if case.reached and not case.able else Disposition.NON_CONTACT


@dataclass(frozen=True, slots=True)
class Response:
    """How many there are of each disposition: people, or sums of design weights."""

    complete: float = 0
    partial: float = 0
    refusal: float = 0
    non_contact: float = 0
    other: float = 0
    unknown: float = 0
    not_eligible: float = 0

    @property
    def asked(self) -> float:
        """(I + P) + (R + NC + O) + U: all who were asked and are not known to be ineligible."""
        return self.complete + self.partial + self.refusal + self.non_contact + self.other + self.unknown

    @property
    def rr1(self) -> float | None:
        """Response rate 1, the least: I / ((I + P) + (R + NC + O) + U), 0 to 1; None when nobody was asked."""
        return self.complete / self.asked if self.asked else None

    @property
    def rr2(self) -> float | None:
        """Response rate 2, which counts partial interviews: (I + P) / ((I + P) + (R + NC + O) + U)."""
        return (self.complete + self.partial) / self.asked if self.asked else None


def response(dispositions: Iterable[tuple[Disposition, float]]) -> Response:
    """The sums of (disposition, weight); a weight of 1 counts people."""
    sums = dict.fromkeys(Disposition, 0.0)
    for one, weight in dispositions:
        sums[one] += weight
    return Response(**{one.name.lower(): total for one, total in sums.items()})
