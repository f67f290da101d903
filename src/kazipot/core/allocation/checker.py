"""An independent check of a plan: every hard rule and every objective anew, in plain Python, with exact numbers.

It shares nothing with the solver but the dataclasses of `problem`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kazipot.core.allocation.problem import Objectives, Person, Plan, Problem, Session

CENT = Fraction(1, 1_000_000)
"""How far a stated amount may lie from the recomputed one."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks, by whom or what, and the figures: what the plan has and what it may have."""

    rule: str
    subject: str
    found: str = ""
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The violations and the objectives as recomputed."""

    violations: tuple[Violation, ...]
    objectives: Objectives


def check(problem: Problem, plan: Plan) -> Verdict:
    """Verify the hard rules and recompute the objectives of a plan whose ids may be anything."""
    people = {person.id: person for person in problem.people}
    sessions = {session.id: session for session in problem.sessions}
    found = list(_unknown(plan, people, sessions))
    seats = [(o.person, o.session) for o in plan.offers if o.person in people and o.session in sessions]
    of_person: dict[str, list[Session]] = defaultdict(list)
    of_session: dict[str, list[str]] = defaultdict(list)
    for who, what in dict.fromkeys(seats):
        of_person[who].append(sessions[what])
        of_session[what].append(who)
    for who, attended in of_person.items():
        found.extend(_person_faults(problem, people[who], attended))
    bought = [sessions[name] for name in dict.fromkeys(plan.sessions) if name in sessions]
    found.extend(_session_faults(bought, of_session))
    found.extend(_day_faults(problem, people, of_person))
    cost = _cost(bought, of_session)
    found.extend(_money_faults(problem, bought, of_session, cost))
    objectives = _objectives(problem, people, of_person, cost)
    found.extend(_demand_faults(problem, objectives))
    found.extend(_claim_faults(plan, objectives))
    return Verdict(tuple(found), objectives)


def _unknown(plan: Plan, people: dict[str, Person], sessions: dict[str, Session]) -> Iterator[Violation]:
    for offer, times in Counter(plan.offers).items():
        if times > 1:
            yield Violation("offered_twice", f"{offer.person}, {offer.session}", str(times), "1")
        if offer.person not in people:
            yield Violation("unknown_person", offer.person)
        if offer.session not in sessions:
            yield Violation("unknown_session", offer.session)
        elif offer.session not in plan.sessions:
            yield Violation("not_bought", f"{offer.person}, {offer.session}")
    for name, times in Counter(plan.sessions).items():
        if times > 1:
            yield Violation("bought_twice", name, str(times), "1")
        if name not in sessions:
            yield Violation("unknown_session", name)


def _person_faults(problem: Problem, person: Person, attended: list[Session]) -> Iterator[Violation]:
    most = problem.rules.max_offers_per_person
    if most is not None and len(attended) > most:
        yield Violation("too_many_offers", person.id, str(len(attended)), str(most))
    closed = {*person.unavailable, *problem.rules.holidays}
    closed |= {day for unit in problem.units if unit.id == person.unit for day in unit.closed}
    for session in attended:
        pair = f"{person.id}, {session.id}"
        yield from (Violation(rule, pair) for rule in _unsuitable(person, session, closed))
        if session.requires and not any(
            other.id in session.requires and _ends_before(other, session) for other in attended
        ):
            yield Violation("prerequisite_missing", pair)
    for i, session in enumerate(attended):
        for other in attended[:i]:
            if any(
                m.day == n.day and m.start < n.end and n.start < m.end for m in session.meetings for n in other.meetings
            ):
                yield Violation("overlap", f"{person.id}, {other.id}, {session.id}")


def _unsuitable(person: Person, session: Session, closed: set[date]) -> Iterator[str]:
    if not any(
        span.competence == need.competence and span.from_level <= need.from_level < span.to_level
        for span in session.competences
        for need in person.needs
    ):
        yield "fits_no_need"
    if session.language not in person.languages:
        yield "language"
    if session.mode not in person.modes:
        yield "mode"
    if person.places is not None and session.place is not None and session.place not in person.places:
        yield "place"
    if any(demand not in session.accessibility for demand in person.accessibility):
        yield "accessibility"
    if any(meeting.day in closed for meeting in session.meetings):
        yield "unavailable"
    if person.hours is not None and any(
        meeting.start < person.hours[0] or meeting.end > person.hours[1] for meeting in session.meetings
    ):
        yield "working_hours"


def _ends_before(earlier: Session, later: Session) -> bool:
    end = max((meeting.day, meeting.end) for meeting in earlier.meetings)
    return end <= min((meeting.day, meeting.start) for meeting in later.meetings)


def _session_faults(bought: list[Session], of_session: dict[str, list[str]]) -> Iterator[Violation]:
    for session in bought:
        offers = len(of_session.get(session.id, ()))
        if offers < max(session.min_people, 1):
            yield Violation("too_few_people", session.id, str(offers), str(max(session.min_people, 1)))
        if offers > session.capacity:
            yield Violation("capacity", session.id, str(offers), str(session.capacity))


def _day_faults(
    problem: Problem, people: dict[str, Person], of_person: dict[str, list[Session]]
) -> Iterator[Violation]:
    share = problem.rules.max_absent_share
    if share is None:
        return
    away: dict[tuple[str, date], set[str]] = defaultdict(set)
    for who, attended in of_person.items():
        for session in attended:
            for meeting in session.meetings:
                away[people[who].unit, meeting.day].add(who)
    size = {unit.id: unit.size for unit in problem.units}
    for (unit, day), absent in sorted(away.items()):
        most = max(1, Fraction(str(share)) * size[unit] // 1)
        if len(absent) > most:
            yield Violation("absent", f"{unit}, {day.isoformat()}", str(len(absent)), str(most))


def _cost(bought: list[Session], of_session: dict[str, list[str]]) -> Fraction:
    return sum(
        (
            Fraction(str(session.price_fixed)) + Fraction(str(session.price_per_head)) * len(of_session[session.id])
            for session in bought
        ),
        Fraction(0),
    )


def _money_faults(
    problem: Problem, bought: list[Session], of_session: dict[str, list[str]], cost: Fraction
) -> Iterator[Violation]:
    if cost > Fraction(str(problem.budget)):
        yield Violation("budget", "", str(float(cost)), str(problem.budget))
    for provider, amount in problem.rules.budgets:
        spent = _cost([session for session in bought if session.provider == provider], of_session)
        if spent > Fraction(str(amount)):
            yield Violation("contract_budget", provider, str(float(spent)), str(amount))


def _objectives(
    problem: Problem, people: dict[str, Person], of_person: dict[str, list[Session]], cost: Fraction
) -> Objectives:
    needing = Counter(person.unit for person in problem.people if person.needs)
    reached = Counter(people[who].unit for who in of_person)
    shares = sorted(Fraction(reached[unit], number) for unit, number in needing.items())
    weight = sum(
        (
            Fraction(str(need.weight))
            for who, attended in of_person.items()
            for need in people[who].needs
            if any(
                span.competence == need.competence and span.from_level <= need.from_level < span.to_level
                for session in attended
                for span in session.competences
            )
        ),
        Fraction(0),
    )
    return Objectives(
        reached=len(of_person),
        worst_unit_share=float(shares[0]) if shares else 1.0,
        need_weight=float(weight),
        waited_years=float(sum((Fraction(str(people[who].waited_years)) for who in of_person), Fraction(0))),
        cost=float(cost),
        unit_shares=tuple(float(share) for share in shares),
    )


def _demand_faults(problem: Problem, objectives: Objectives) -> Iterator[Violation]:
    needing = sum(1 for person in problem.people if person.needs)
    least = problem.rules.min_reached_share
    if least is not None and objectives.reached < Fraction(str(least)) * needing:
        yield Violation("min_reached_share", "", str(objectives.reached), str(float(Fraction(str(least)) * needing)))
    least = problem.rules.min_unit_share
    if least is not None and objectives.worst_unit_share < least:
        yield Violation("min_unit_share", "", str(objectives.worst_unit_share), str(least))


def _claim_faults(plan: Plan, objectives: Objectives) -> Iterator[Violation]:
    """What the plan says of itself must be so."""
    for name in ("reached", "worst_unit_share", "need_weight", "waited_years", "cost"):
        said, is_so = getattr(plan.objectives, name), getattr(objectives, name)
        if abs(Fraction(said) - Fraction(is_so)) > CENT:
            yield Violation("objective", name, str(said), str(is_so))
    bounds = plan.bounds
    if bounds.reached < objectives.reached:
        yield Violation("bound", "reached", str(bounds.reached), str(objectives.reached))
    if bounds.reached == objectives.reached and bounds.worst_unit_share < objectives.worst_unit_share - 1e-9:
        yield Violation("bound", "worst_unit_share", str(bounds.worst_unit_share), str(objectives.worst_unit_share))
    if plan.optimal and bounds.reached != objectives.reached:
        yield Violation("optimal", "reached", str(objectives.reached), str(bounds.reached))
    if plan.optimal and abs(bounds.worst_unit_share - objectives.worst_unit_share) > 1e-9:
        yield Violation("optimal", "worst_unit_share", str(objectives.worst_unit_share), str(bounds.worst_unit_share))
