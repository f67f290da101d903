"""For each person with a need: what was offered and why, or why nothing was and what would change it.

It reads only the problem and the plan, not the solver: anybody can follow it by hand.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kazipot.core.allocation.problem import Need, Person, Plan, Problem, Session

SHOWN = 5
"""So many sessions are named for each reason."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why sessions that teach what the person needs were not offered; and so what would have to change.

    kind: language, mode, place, accessibility, unavailable, working_hours (by the person's answers); requires;
    not_bought (money); full (others have the seats); absent (too many of the unit away). sessions: up to five of them,
    of `number`.
    """

    kind: str
    number: int
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a person was offered, with the needs that each session fits, or the reasons why nothing.

    Without an offer and without reasons no session teaches what the person needs.
    """

    person: str
    offered: tuple[tuple[str, tuple[str, ...]], ...]
    unmet: tuple[str, ...]
    reasons: tuple[Reason, ...]


def explain(problem: Problem, plan: Plan) -> list[Outcome]:
    """An outcome for each person with a need, in the order of the problem."""
    return list(_Explainer(problem, plan).outcomes())


class _Explainer:
    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.sessions = {session.id: session for session in problem.sessions}
        self.bought = set(plan.sessions)
        self.taken = Counter(offer.session for offer in plan.offers)
        self.offers: dict[str, list[str]] = defaultdict(list)
        for offer in plan.offers:
            self.offers[offer.person].append(offer.session)
        self.teaching: dict[tuple[str, int], list[Session]] = defaultdict(list)
        for session in problem.sessions:
            for span in session.competences:
                for level in range(span.from_level, span.to_level):
                    self.teaching[span.competence, level].append(session)
        self.closed = {unit.id: {*unit.closed, *problem.rules.holidays} for unit in problem.units}
        self.most = {unit.id: _most(problem, unit.size) for unit in problem.units}
        self.away: dict[tuple[str, date], set[str]] = defaultdict(set)
        unit_of = {person.id: person.unit for person in problem.people}
        for offer in plan.offers:
            for meeting in self.sessions[offer.session].meetings:
                self.away[unit_of[offer.person], meeting.day].add(offer.person)

    def outcomes(self) -> Iterator[Outcome]:
        for person in self.problem.people:
            if person.needs:
                yield self._outcome(person)

    def _outcome(self, person: Person) -> Outcome:
        mine = [self.sessions[name] for name in sorted(self.offers.get(person.id, ()))]
        offered = tuple((s.id, tuple(need.competence for need in person.needs if _fits(s, need))) for s in mine)
        unmet = [need for need in person.needs if not any(_fits(session, need) for session in mine)]
        found: dict[str, list[str]] = defaultdict(list)
        for need in unmet if not mine else ():
            for session in self.teaching[need.competence, need.from_level]:
                found[self._obstacle(person, session)].append(session.id)
        reasons = [
            Reason(kind, len(set(names)), tuple(sorted(set(names))[:SHOWN])) for kind, names in sorted(found.items())
        ]
        return Outcome(person.id, offered, tuple(need.competence for need in unmet), tuple(reasons))

    def _obstacle(self, person: Person, session: Session) -> str:
        """The first thing that stands between a person and a session: the person's own, then money, then seats."""
        tests = {
            "language": session.language in person.languages,
            "mode": session.mode in person.modes,
            "place": person.places is None or session.place is None or session.place in person.places,
            "accessibility": set(person.accessibility) <= set(session.accessibility),
            "unavailable": not any(m.day in {*person.unavailable, *self.closed[person.unit]} for m in session.meetings),
            "working_hours": person.hours is None
            or all(person.hours[0] <= m.start and m.end <= person.hours[1] for m in session.meetings),
            "requires": not session.requires,
            "not_bought": session.id in self.bought,
            "full": self.taken[session.id] < session.capacity,
            "absent": all(len(self.away[person.unit, m.day]) < self.most[person.unit] for m in session.meetings),
        }
        return next((kind for kind, passed in tests.items() if not passed), "budget")


def _most(problem: Problem, size: int) -> int:
    share = problem.rules.max_absent_share
    return len(problem.people) if share is None else max(1, int(Fraction(str(share)) * size))


def _fits(session: Session, need: Need) -> bool:
    return any(
        span.competence == need.competence and span.from_level <= need.from_level < span.to_level
        for span in session.competences
    )
