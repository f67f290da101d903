"""What would reach the target: the fewest further seats, found by playing the rest of the year with them."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from numpy.random import PCG64, Generator

from kazipot.core.outlook.facts import Ahead, Question
from kazipot.core.outlook.simulation import Outlook, simulate

COURSES = 3
"""So many courses are looked at, those first that fit most of the people left without."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """Further seats in some courses: (course, seats) pairs, and the chance to reach the target with them."""

    seats: tuple[tuple[int, int], ...]
    chance: float


def remedies(
    question: Question, *, wanted_chance: float, rounds: int, courses: Collection[int], draws: int, seed: int
) -> list[Remedy]:
    """For each of the courses that help most, the fewest further seats that reach the target with the wanted chance; if
    no course alone can do it, one remedy that takes several. `rounds`: how often a further seat can be offered in time.

    Every trial uses the same chance (`seed`), so that more seats don't look worse by bad luck.
    """
    now = simulate(question, draws=draws, rng=Generator(PCG64(seed)))
    if now.chance(question.wanted) >= wanted_chance or not rounds:
        return []
    order = sorted(courses, key=lambda course: (-_left_for(question, now, course), course))
    useful = [course for course in order if _left_for(question, now, course) > 0]

    def chance(seats: tuple[tuple[int, int], ...]) -> float:
        found = simulate(_with(question, seats, rounds), draws=draws, rng=Generator(PCG64(seed)))
        return found.chance(question.wanted)

    found = []
    for course in useful[:COURSES]:
        most = _left_for(question, now, course)
        if chance(((course, most),)) >= wanted_chance:
            seats = ((course, _fewest(lambda number, c=course: chance(((c, number),)), most, wanted_chance)),)
            found.append(Remedy(seats, chance(seats)))
    if found:
        return found
    taken: tuple[tuple[int, int], ...] = ()
    for course in useful:
        taken = (*taken, (course, _left_for(question, now, course)))
        if chance(taken) >= wanted_chance:
            before = taken[:-1]
            number = _fewest(lambda n, c=course, b=before: chance((*b, (c, n))), taken[-1][1], wanted_chance)
            taken = (*before, (course, number))
            break
    return [Remedy(taken, chance(taken))] if taken else []


def _left_for(question: Question, outlook: Outlook, course: int) -> int:
    """How many people whom the course fits are left without, on average."""
    fits = [course in group.courses for group in question.groups]
    return round(float(outlook.left[:, fits].sum(axis=1).mean())) if any(fits) else 0


def _with(question: Question, seats: tuple[tuple[int, int], ...], rounds: int) -> Question:
    """The question with further sessions at the end of the year, each of the usual size."""
    more: list[Ahead] = []
    for course, number in seats:
        size = max(1, question.size.get(course, number))
        parts = [size] * (number // size) + ([number % size] if number % size else [])
        more.extend(Ahead(-1 - len(more) - place, course, part, rounds=rounds) for place, part in enumerate(parts))
    return replace(question, ahead=(*question.ahead, *more))


def _fewest(chance: object, most: int, wanted: float) -> int:
    """The smallest number that has the wanted chance, by halving; `most` has it."""
    assert callable(chance)
    low, high = 0, most
    while high - low > max(1, most // 64):
        middle = (low + high) // 2
        low, high = (low, middle) if chance(middle) >= wanted else (middle, high)
    return high
