"""A problem as arrays: who may be offered what, which sessions clash, what a day allows.

People and sessions are put into an order drawn from the recorded seed, so that ties fall by lot and not by the order
of the file: the arrays depend on the set of people and sessions and on the seed only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

import numpy as np
from numpy.typing import NDArray

from kazipot.core.allocation.chance import lots
from kazipot.core.allocation.problem import Person, Problem, Session

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
CHUNK = 20_000
"""People whose eligibility is worked out at once: bounds the memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Arrays:
    """Edges are (person, session) pairs that fit a need, sorted by person, then session.

    people, sessions, units: ids in the order drawn. unit: (P,) unit of each person. needing: (U,) people with a need.
    edge_person, edge_session: (E,). first_edge: (P + 1,) edges of person p are first_edge[p]:first_edge[p + 1].
    pair_edge, pair_need: (F,) which edge fits which need. need_person, need_weight: (N,). waited: (P,).
    capacity, minimum, fixed, head: (S,). before: of each session those of its required sessions that end in time.
    days: of each session the numbers of its days. clashes: pairs of sessions that overlap in time. cap: (U,) people who
    may be away on a day. provider: (S,) number into `contracts`, the budgets per provider (infinite where none is set).
    """

    people: tuple[str, ...]
    sessions: tuple[str, ...]
    units: tuple[str, ...]
    unit: Ints
    needing: Ints
    waited: Floats
    edge_person: Ints
    edge_session: Ints
    first_edge: Ints
    pair_edge: Ints
    pair_need: Ints
    need_person: Ints
    need_weight: Floats
    capacity: Ints
    minimum: Ints
    fixed: Floats
    head: Floats
    before: tuple[tuple[int, ...] | None, ...]
    days: tuple[tuple[int, ...], ...]
    clashes: Flags
    cap: Ints
    provider: Ints
    contracts: Floats
    budget: float
    most_offers: int
    min_reached: int
    min_unit_share: float


def floor_share(share: float, size: int) -> int:
    """⌊share × size⌋ with the share as it is written in decimals: ⌊0.29 × 100⌋ is 29."""
    return int((Decimal(repr(share)) * size).to_integral_value(ROUND_FLOOR))


def _cap(share: float | None, size: int, everybody: int) -> int:
    return everybody if share is None else max(1, floor_share(share, size))


def ceil_share(share: float, size: int) -> int:
    """⌈share × size⌉ with the share as it is written in decimals."""
    return -int((-Decimal(repr(share)) * size).to_integral_value(ROUND_FLOOR))


def _drawn[T: (Person, Session)](items: Sequence[T], rng: np.random.Generator) -> list[T]:
    ordered = sorted(items, key=lambda item: item.id)
    return [ordered[i] for i in rng.permutation(len(ordered))]


def arrays_of(problem: Problem) -> Arrays:
    """The problem as arrays. Its ids must be unique and known (training/imports checks files)."""
    rng = lots(problem.seed)
    people, sessions = _drawn(problem.people, rng), _drawn(problem.sessions, rng)
    units = sorted(problem.units, key=lambda unit: unit.id)
    number_of_unit = {unit.id: i for i, unit in enumerate(units)}
    unit = np.array([number_of_unit[person.unit] for person in people], dtype=np.int64)
    has_need = np.array([bool(person.needs) for person in people], dtype=bool)
    day_of = {day: i for i, day in enumerate(sorted({m.day for session in sessions for m in session.meetings}))}
    days = tuple(tuple(sorted({day_of[m.day] for m in session.meetings})) for session in sessions)
    before = _before(sessions)
    edges = _edges(problem, people, sessions, day_of, days)
    edges = _with_prerequisites(edges, before)
    edge_person, edge_session, pair_edge, pair_need = edges
    rules = problem.rules
    providers = sorted({session.provider for session in sessions})
    share = rules.max_absent_share
    needing = np.bincount(unit[has_need], minlength=len(units)).astype(np.int64)
    target = 0 if rules.min_reached_share is None else ceil_share(rules.min_reached_share, int(has_need.sum()))
    return Arrays(
        people=tuple(person.id for person in people),
        sessions=tuple(session.id for session in sessions),
        units=tuple(u.id for u in units),
        unit=unit,
        needing=needing,
        waited=np.array([person.waited_years for person in people], dtype=float),
        edge_person=edge_person,
        edge_session=edge_session,
        first_edge=np.searchsorted(edge_person, np.arange(len(people) + 1)),
        pair_edge=pair_edge,
        pair_need=pair_need,
        need_person=np.repeat(np.arange(len(people)), [len(person.needs) for person in people]),
        need_weight=np.array([need.weight for person in people for need in person.needs], dtype=float),
        capacity=np.array([session.capacity for session in sessions], dtype=np.int64),
        minimum=np.array([session.min_people for session in sessions], dtype=np.int64),
        fixed=np.array([session.price_fixed for session in sessions], dtype=float),
        head=np.array([session.price_per_head for session in sessions], dtype=float),
        before=before,
        days=days,
        clashes=_clashes(sessions),
        cap=np.array([_cap(share, u.size, len(people)) for u in units], dtype=np.int64),
        provider=np.array([providers.index(session.provider) for session in sessions], dtype=np.int64),
        contracts=np.array([dict(rules.budgets).get(name, np.inf) for name in providers], dtype=float),
        budget=problem.budget,
        most_offers=len(sessions) if rules.max_offers_per_person is None else rules.max_offers_per_person,
        min_reached=target,
        min_unit_share=rules.min_unit_share or 0.0,
    )  # fmt: skip


def _span_of(session: Session) -> tuple[tuple[date, int], tuple[date, int]]:
    return min((m.day, m.start) for m in session.meetings), max((m.day, m.end) for m in session.meetings)


def _before(sessions: Sequence[Session]) -> tuple[tuple[int, ...] | None, ...]:
    """Of each session: None without prerequisites, else those required sessions that have ended when it begins."""
    number = {session.id: i for i, session in enumerate(sessions)}
    spans = [_span_of(session) for session in sessions]
    return tuple(
        tuple(r for r in (number[name] for name in session.requires) if spans[r][1] <= spans[i][0])
        if session.requires
        else None
        for i, session in enumerate(sessions)
    )


def _clashes(sessions: Sequence[Session]) -> Flags:
    """(S, S) symmetric: do two sessions have meetings that overlap? False on the diagonal."""
    found = np.zeros((len(sessions), len(sessions)), dtype=bool)
    by_day: dict[date, list[tuple[int, int, int]]] = {}
    for i, session in enumerate(sessions):
        for meeting in session.meetings:
            by_day.setdefault(meeting.day, []).append((meeting.start, meeting.end, i))
    for rows in by_day.values():
        start, end, who = (np.array(column) for column in zip(*rows, strict=True))
        a, b = np.nonzero((start[:, None] < end[None, :]) & (start[None, :] < end[:, None]))
        found[who[a], who[b]] = True
    np.fill_diagonal(found, val=False)
    return found


def _edges(
    problem: Problem,
    people: list[Person],
    sessions: list[Session],
    day_of: dict[date, int],
    days: tuple[tuple[int, ...], ...],
) -> tuple[Ints, Ints, Ints, Ints]:
    """Edges and pairs (edge, need) by competence, levels, language, mode, place, accessibility, hours and days."""
    fitting: dict[tuple[str, int], Ints] = {}
    taught: dict[str, list[tuple[int, int, int]]] = {}
    for i, session in enumerate(sessions):
        for span in session.competences:
            taught.setdefault(span.competence, []).append((i, span.from_level, span.to_level))
    for person in people:
        for need in person.needs:
            key = (need.competence, need.from_level)
            if key not in fitting:
                rows = taught.get(need.competence, ())
                found = {i for i, low, high in rows if low <= need.from_level < high}
                fitting[key] = np.array(sorted(found), dtype=np.int64)
    allowed, profile = _profiles(people, sessions)
    most = max((len(row) for row in days), default=0)
    day_table = np.full((len(sessions), most), len(day_of), dtype=np.int64)
    for i, row in enumerate(days):
        day_table[i, : len(row)] = row
    closed = {unit.id: {*unit.closed, *problem.rules.holidays} for unit in problem.units}
    parts: list[tuple[Ints, Ints, Ints]] = []
    need_number = 0
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        away = np.zeros((len(chunk), len(day_of) + 1), dtype=bool)
        lists, owners, numbers = [], [], []
        for i, person in enumerate(chunk):
            for day in {*person.unavailable, *closed[person.unit]}:
                if day in day_of:
                    away[i, day_of[day]] = True
            for need in person.needs:
                lists.append(fitting[need.competence, need.from_level])
                owners.append(i)
                numbers.append(need_number)
                need_number += 1
        if not lists:
            continue
        sizes = [len(row) for row in lists]
        to, owner, number = np.concatenate(lists), np.repeat(owners, sizes), np.repeat(numbers, sizes)
        keep = allowed[profile[owner + start], to]
        for column in range(most):
            keep &= ~away[owner, day_table[to, column]]
        parts.append((owner[keep] + start, to[keep], number[keep]))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing, nothing
    person_of, session_of, need_of = (np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True))
    keys, pair_edge = np.unique(person_of * len(sessions) + session_of, return_inverse=True)
    return keys // len(sessions), keys % len(sessions), pair_edge.astype(np.int64), need_of


def _profiles(people: list[Person], sessions: list[Session]) -> tuple[Flags, Ints]:
    """What people may attend by language, mode, place, accessibility and hours: (profile, session), (P,) profile."""
    numbers: dict[tuple[object, ...], int] = {}
    profile = np.zeros(len(people), dtype=np.int64)
    rows = []
    for i, person in enumerate(people):
        key = (person.languages, person.modes, person.places, person.accessibility, person.hours)
        if key not in numbers:
            numbers[key] = len(numbers)
            rows.append([_suits(person, session) for session in sessions])
        profile[i] = numbers[key]
    return np.array(rows, dtype=bool).reshape(len(rows), len(sessions)), profile


def _suits(person: Person, session: Session) -> bool:
    if session.language not in person.languages or session.mode not in person.modes:
        return False
    if person.places is not None and session.place is not None and session.place not in person.places:
        return False
    if not set(person.accessibility) <= set(session.accessibility):
        return False
    if person.hours is None:
        return True
    return all(person.hours[0] <= meeting.start and meeting.end <= person.hours[1] for meeting in session.meetings)


def _with_prerequisites(
    edges: tuple[Ints, Ints, Ints, Ints], before: tuple[tuple[int, ...] | None, ...]
) -> tuple[Ints, Ints, Ints, Ints]:
    """Without edges to sessions of whose prerequisites the person can be offered none."""
    person, session, pair_edge, pair_need = edges
    asking = [s for s, needed in enumerate(before) if needed is not None]
    if not asking:
        return edges
    order = np.argsort(session, kind="stable")
    first = np.searchsorted(session[order], np.arange(len(before) + 1))
    edges_of = [order[first[s] : first[s + 1]] for s in range(len(before))]
    keep = np.ones(len(person), dtype=bool)
    changed = True
    while changed:
        changed = False
        for s in asking:
            mine = edges_of[s][keep[edges_of[s]]]
            ready = [person[edges_of[r][keep[edges_of[r]]]] for r in before[s] or ()]
            lost = mine[~np.isin(person[mine], np.concatenate(ready))] if ready else mine
            if len(lost):
                keep[lost], changed = False, True
    if keep.all():
        return edges
    number = np.cumsum(keep) - 1
    kept = keep[pair_edge]
    return person[keep], session[keep], number[pair_edge[kept]], pair_need[kept]
