"""A fair draw of seats: each employer its proportional share, within it who waits longest, ties by lot.

Shares are set by largest remainders (Hamilton 1792; Balinski & Young, "Fair Representation", 1982, ch. 3): with S
seats and n_e of N candidates, employer e gets floor(S·n_e/N), and the seats left go to the largest remainders.
Within an employer: fewer offers before comes first; then the lot. The lot is drawn from a recorded seed, so that
anybody can draw it again.
"""

import hashlib
import heapq
import random
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
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


def line(candidates: Iterable[Candidate], *, held: Mapping[int, int], seed: int) -> list[int]:
    """Everybody in the order in which seats that fall free are given; the first n get the next n seats.

    `held` are the seats that each employer has already: the next seat goes to the employer with the highest n_e / (2
    s_e + 1), n_e being its people with a seat or in line and s_e its seats (Webster 1832, Sainte-Laguë 1910; Balinski
    & Young 1982, ch. 4). The divisor method is house-monotone: one seat more takes nobody's place away. Within an
    employer fewer offers before come first, then the lot, which is everybody's own: who leaves changes nobody's.
    """
    ordered = sorted(candidates, key=lambda candidate: candidate.person_id)
    lot = {candidate.person_id: _lot(seed, "person", candidate.person_id) for candidate in ordered}
    waiting: dict[int, deque[Candidate]] = defaultdict(deque)
    for candidate in sorted(ordered, key=lambda candidate: (candidate.offers_before, lot[candidate.person_id])):
        waiting[candidate.employer_id].append(candidate)
    ties = {employer: _lot(seed, "employer", employer) for employer in waiting}
    sizes = {employer: len(people) + held.get(employer, 0) for employer, people in waiting.items()}
    seats = {employer: held.get(employer, 0) for employer in waiting}
    heap = [(-sizes[e] / (2 * seats[e] + 1), ties[e], e) for e in waiting]
    heapq.heapify(heap)
    found: list[int] = []
    while heap:
        _claim, tie, employer = heapq.heappop(heap)
        found.append(waiting[employer].popleft().person_id)
        seats[employer] += 1
        if waiting[employer]:
            heapq.heappush(heap, (-sizes[employer] / (2 * seats[employer] + 1), tie, employer))
    return found


def _lot(seed: int, kind: str, number: int) -> int:
    """A lot that depends on the seed and the one who draws it alone (the first 8 bytes of a SHA-256)."""
    return int.from_bytes(hashlib.sha256(f"{seed}:{kind}:{number}".encode()).digest()[:8])


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
