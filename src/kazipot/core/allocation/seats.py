"""A fair draw of seats: each employer its proportional share, within it who waits longest, ties by lot.

Shares are set by largest remainders (Hamilton 1792; Balinski & Young, "Fair Representation", 1982, ch. 3): with S
seats and n_e of N candidates, employer e gets floor(S·n_e/N), and the seats left go to the largest remainders.
Within an employer: fewer offers before comes first; then the lot. The lot is drawn from a recorded seed, so that
anybody can draw it again.
"""

import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who needs the seat: under which employer, and how many seats they were offered before."""

    person_id: int
    employer_id: int
    offers_before: int


def draw(candidates: Iterable[Candidate], *, seats: int, seed: int) -> list[int]:
    """The ids of the people who get a seat, at most `seats` of them, in the order of the draw.

    The result depends only on the set of candidates, the number of seats and the seed.
    """
    ordered = sorted(candidates, key=lambda candidate: candidate.person_id)
    if seats <= 0 or not ordered:
        return []
    rng = random.Random(seed)  # noqa: S311  (a lot that anybody can draw again)
    lot = {candidate.person_id: rng.random() for candidate in ordered}
    by_employer: dict[int, list[Candidate]] = defaultdict(list)
    for candidate in ordered:
        by_employer[candidate.employer_id].append(candidate)
    shares = _shares({employer: len(people) for employer, people in by_employer.items()}, seats, rng)
    chosen: list[Candidate] = []
    for employer, people in by_employer.items():
        people.sort(key=lambda candidate: (candidate.offers_before, lot[candidate.person_id]))
        chosen.extend(people[: shares[employer]])
    chosen.sort(key=lambda candidate: (candidate.offers_before, lot[candidate.person_id]))
    return [candidate.person_id for candidate in chosen]


def _shares(sizes: dict[int, int], seats: int, rng: random.Random) -> dict[int, int]:
    """Seats per employer by largest remainders; equal remainders by lot."""
    total = sum(sizes.values())
    if seats >= total:
        return sizes
    lot = {employer: rng.random() for employer in sorted(sizes)}
    shares = {employer: seats * size // total for employer, size in sizes.items()}
    by_remainder = sorted(sizes, key=lambda employer: (-(seats * sizes[employer] % total), lot[employer]))
    for employer in by_remainder[: seats - sum(shares.values())]:
        shares[employer] += 1
    return shares
