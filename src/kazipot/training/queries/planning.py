"""From records to the question that the allocation answers: who needs what, what can be bought, by which rules."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from kazipot.core.allocation import problem as asked
from kazipot.core.allocation.holidays import holidays
from kazipot.core.indicators.training import NeedFact, Span
from kazipot.needs import queries as needs
from kazipot.organisation import queries as organisation
from kazipot.organisation.models import Person
from kazipot.training.choices import Language, OfferState, SessionStatus
from kazipot.training.models import SeatOffer, Session
from kazipot.training.queries.records import HOLDS_A_SEAT, course_spans, offers_before, seats_of

DAY = (0, 24 * 60)
"""Sessions have days and no hours: two that share a day clash."""
SATURDAY = 5
YEARS_WAITED = 3
"""So many years back it is looked up who waits."""
MODE = "any"
"""How a session is held (in a room, online) is not recorded: everybody takes part in every way."""


@dataclass(frozen=True, slots=True)
class Question:
    """The problem, and how many people with a need have had an offer in the year that fits: they are not in it."""

    problem: asked.Problem
    reached_before: int


def planning_problem(
    year: int,
    on: date,
    *,
    budget: float,
    seed: int,
    notice_days: int,
    rules: asked.Rules,
    without: Collection[int] = (),
) -> Question:
    """What is still open in a year, as of a day.

    People: whose stated need no offer of the year fits yet, under pseudonyms. Sessions: planned ones of the year that
    can be offered `notice_days` before they begin, with the seats that nobody holds; where a seat is held already the
    fixed price is spent and the minimum is left to those who are still missing; sessions `without` are
    left out. Needs and courses are told in the
    framework of most of these sessions' courses. Public holidays are added to the rules. At most 28 queries.
    """
    ahead = list(
        Session.objects.filter(
            status=SessionStatus.PLANNED, starts_on__year=year, starts_on__gte=on + timedelta(days=notice_days)
        )
        .exclude(pk__in=without)
        .select_related("course")
        .order_by("pk")
    )
    frameworks = Counter(session.course.framework_id for session in ahead)
    told_in = max(frameworks, key=lambda pk: (frameworks[pk], pk), default=None)
    spans = course_spans(expressed_in=told_in)
    facts = needs.need_facts(year, on, expressed_in=told_in)
    served = _served(facts, spans, year)
    waiting = [fact for fact in facts if fact.needs and fact.person_id not in served]
    taken = seats_of([session.pk for session in ahead])
    sessions = tuple(_sessions(ahead, taken, spans))
    problem = asked.Problem(
        year=year,
        seed=seed,
        budget=budget,
        rules=_with_holidays(rules, ahead),
        units=_units(waiting, on),
        people=_people(waiting, year),
        sessions=sessions,
    )
    return Question(problem, len(served))


def _served(facts: list[NeedFact], spans: dict[int, frozenset[Span]], year: int) -> frozenset[int]:
    """People with an offer of the year that fits a need; withdrawn offers and cancelled sessions are none."""
    wanted = {fact.person_id: fact.needs for fact in facts}
    rows = (
        SeatOffer.objects.filter(session__starts_on__year=year)
        .exclude(state=OfferState.WITHDRAWN)
        .exclude(session__status=SessionStatus.CANCELLED)
    )
    return frozenset(
        person_id
        for person_id, course_id in rows.values_list("person_id", "session__course_id").order_by()
        if any(span.fits(need) for need in wanted.get(person_id, ()) for span in spans.get(course_id, ()))
    )


def _days_of(starts_on: date, ends_on: date, free: frozenset[date]) -> Iterator[date]:
    """First and last day, and the working days between them."""
    for number in range((ends_on - starts_on).days + 1):
        day = starts_on + timedelta(days=number)
        if day in {starts_on, ends_on} or (day.weekday() < SATURDAY and day not in free):
            yield day


def _free_days(first: date, last: date) -> frozenset[date]:
    return frozenset(day for year in range(first.year, last.year + 1) for day in holidays(year))


def _sessions(
    ahead: list[Session], taken: dict[int, dict[str, int]], spans: dict[int, frozenset[Span]]
) -> Iterator[asked.Session]:
    for session in ahead:
        held = sum(taken[session.pk].get(state, 0) for state in HOLDS_A_SEAT)
        taught = sorted(spans.get(session.course_id, ()), key=lambda s: (s.competence_id, s.from_level, s.to_level))
        if held >= session.capacity or not taught:
            continue
        days = _days_of(session.starts_on, session.ends_on, _free_days(session.starts_on, session.ends_on))
        yield asked.Session(
            id=f"s{session.pk}",
            provider=f"r{session.course.provider_id}",
            competences=tuple(asked.Span(f"c{s.competence_id}", s.from_level, s.to_level) for s in taught),
            meetings=tuple(asked.Meeting(day, *DAY) for day in days),
            capacity=session.capacity - held,
            min_people=max(0, session.min_people - held),
            price_fixed=0.0 if held else float(session.price_fixed),
            price_per_head=float(session.price_per_head),
            language=session.language,
            mode=MODE,
        )


def _with_holidays(rules: asked.Rules, ahead: list[Session]) -> asked.Rules:
    if not ahead:
        return rules
    days = _free_days(min(s.starts_on for s in ahead), max(s.ends_on for s in ahead))
    return asked.Rules(
        max_absent_share=rules.max_absent_share,
        max_offers_per_person=rules.max_offers_per_person,
        holidays=tuple(sorted({*rules.holidays, *days})),
        budgets=rules.budgets,
        min_reached_share=rules.min_reached_share,
        min_unit_share=rules.min_unit_share,
    )


def _units(waiting: list[NeedFact], on: date) -> tuple[asked.Unit, ...]:
    size = organisation.headcount_by_unit(on)
    needing = Counter(fact.unit_id for fact in waiting)
    return tuple(asked.Unit(f"u{pk}", max(size.get(pk, 0), needing[pk])) for pk in sorted(needing))


def _people(waiting: list[NeedFact], year: int) -> tuple[asked.Person, ...]:
    other = dict(Person.objects.exclude(language=Language.SLOVENIAN).values_list("pk", "language"))
    away, waited = _away(year), _waited(year)
    return tuple(
        asked.Person(
            id=f"p{fact.person_id}",
            unit=f"u{fact.unit_id}",
            needs=tuple(
                asked.Need(f"c{n.competence_id}", n.from_level, n.to_level, float(n.to_level - n.from_level))
                for n in sorted(fact.needs, key=lambda n: (n.competence_id, n.from_level, n.to_level))
            ),
            languages=tuple(sorted({str(Language.SLOVENIAN), other.get(fact.person_id, str(Language.SLOVENIAN))})),
            modes=(MODE,),
            unavailable=tuple(sorted(away.get(fact.person_id, ()))),
            waited_years=waited.get(fact.person_id, 0),
        )
        for fact in sorted(waiting, key=lambda fact: fact.person_id)
    )


def _away(year: int) -> dict[int, set[date]]:
    """Days on which people hold a seat in another session already."""
    rows = SeatOffer.objects.filter(
        state__in=HOLDS_A_SEAT, session__status=SessionStatus.PLANNED, session__ends_on__year__gte=year
    ).values_list("person_id", "session__starts_on", "session__ends_on")
    found: dict[int, set[date]] = defaultdict(set)
    for person_id, starts_on, ends_on in rows:
        found[person_id].update(_days_of(starts_on, ends_on, _free_days(starts_on, ends_on)))
    return found


def _waited(year: int) -> dict[int, int]:
    """For how many years on end before this one people had a stated need and no offer."""
    found: Counter[int] = Counter()
    for back in range(1, YEARS_WAITED + 1):
        before = year - back
        offered = offers_before(before)
        for fact in needs.need_facts(before, date(before, 12, 31)):
            if fact.person_id not in offered and found[fact.person_id] == back - 1:
                found[fact.person_id] += 1
    return found


def problem_as_json(problem: asked.Problem) -> dict[str, Any]:
    """The instance in the documented format."""
    rules = problem.rules
    told = {
        "max_absent_share": rules.max_absent_share,
        "max_offers_per_person": rules.max_offers_per_person,
        "min_reached_share": rules.min_reached_share,
        "min_unit_share": rules.min_unit_share,
    }
    return {
        "year": problem.year,
        "seed": problem.seed,
        "budget": problem.budget,
        "rules": {
            **{name: value for name, value in told.items() if value is not None},
            "holidays": [day.isoformat() for day in rules.holidays],
        },
        "units": [{"id": unit.id, "size": unit.size} for unit in problem.units],
        "people": [_person_json(person) for person in problem.people],
        "sessions": [_session_json(session) for session in problem.sessions],
    }


def _span_json(span: asked.Span | asked.Need) -> dict[str, Any]:
    return {"competence": span.competence, "from": span.from_level, "to": span.to_level}


def _person_json(person: asked.Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "unit": person.unit,
        "waited_years": person.waited_years,
        "languages": list(person.languages),
        "modes": list(person.modes),
        "unavailable": [day.isoformat() for day in person.unavailable],
        "needs": [{**_span_json(need), "weight": need.weight} for need in person.needs],
    }


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _session_json(session: asked.Session) -> dict[str, Any]:
    return {
        "id": session.id,
        "provider": session.provider,
        "competences": [_span_json(span) for span in session.competences],
        "meetings": [
            {"date": m.day.isoformat(), "start": _clock(m.start), "end": _clock(m.end)} for m in session.meetings
        ],
        "capacity": session.capacity,
        "min_people": session.min_people,
        "price_fixed": session.price_fixed,
        "price_per_head": session.price_per_head,
        "language": session.language,
        "mode": session.mode,
        "requires": list(session.requires),
    }
