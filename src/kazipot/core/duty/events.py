"""What can happen to a person that matters to the duty. Every event has its day `on`; periods are half-open.

The day on which an event was written down matters to nothing: the same events in any order give the same states.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Proof(StrEnum):
    """The two facts that the duty asks for, each with its own day."""

    TRAINING = "training"
    VERIFICATION = "verification"


@dataclass(frozen=True, slots=True)
class Placed:
    """A person begins a job (`job` is new), or is moved to another unit or another kind of work within it."""

    on: date
    job: str
    hired_on: date
    """When the employer took the person on; it lasts through moves."""
    unit: int
    profile: int | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A job ends: `on` is the first day without it."""

    on: date
    job: str


@dataclass(frozen=True, slots=True)
class Leave:
    """A long leave (parental, sick, unpaid) begins; it lasts until `until`, or until further notice."""

    on: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Trained:
    """A person has done training in digital security. `number` tells records of one kind apart."""

    on: date
    number: int = 0


@dataclass(frozen=True, slots=True)
class Helped:
    """A person has finished a short lesson: help before another attempt, but no training."""

    on: date
    number: int = 0


@dataclass(frozen=True, slots=True)
class Verified:
    """A person's competence was verified."""

    on: date
    passed: bool
    number: int = 0


@dataclass(frozen=True, slots=True)
class Accepted:
    """On the day `on`, something done on `done_on` outside the programme is accepted as proof, if it isn't too old."""

    on: date
    proof: Proof
    done_on: date
    number: int = 0


@dataclass(frozen=True, slots=True)
class Annulled:
    """A record of training or verification was annulled: it never counts, and from the day on the person is told so."""

    on: date
    proof: Proof
    done_on: date
    number: int = 0


@dataclass(frozen=True, slots=True)
class Exempted:
    """A person need not do it, by some evidence, until `until`, or until further notice."""

    on: date
    until: date | None = None
    number: int = 0


@dataclass(frozen=True, slots=True)
class ExemptionEnded:
    """An exemption ends before its time."""

    on: date
    number: int = 0


type Event = Placed | Left | Leave | Helped | Trained | Verified | Accepted | Annulled | Exempted | ExemptionEnded
