"""M3 in the demo city: too few seats and too many cancellations in 2024, enough of both kinds of care in 2026."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from kazipot.core.indicators.verification import add_months
from kazipot.needs import queries as needs
from kazipot.project.demo.city import LAST_DAY, ZONE, Act, City
from kazipot.project.demo.data_files import read
from kazipot.project.demo.population import ADMINISTRATION
from kazipot.project.demo.scene import give_account
from kazipot.strategy import queries as strategy
from kazipot.training import operations, tasks
from kazipot.training import queries as sessions
from kazipot.training.choices import STATEMENTS, EvaluationKind
from kazipot.training.operations import CourseSpan

COURSES_KNOWN = date(2023, 8, 21)
LEAD = timedelta(days=24)
"""Offers are made so long before a session begins."""
SECOND_ROUND = timedelta(days=12)
"""Seats that were declined are offered again so long before it begins."""
HURRIED = timedelta(days=4)
"""One session of 2024 is offered so late that its offers are no opportunity."""

FIRST_OF_2027 = date(2027, 1, 12)
FORECASTS = (date(2026, 6, 1), date(2026, 8, 3), date(2026, 9, 14), date(2026, 10, 26), LAST_DAY)
"""Days of which a forecast is kept; workers would make one every day."""
ANSWERS = 0.6
"""So large a share of those who are asked how it was say so."""
LIKED = {"NAPREDNO": 0.85, "OSNOVE": 0.75}
"""How much people like a course, from 0 to 1; others 0.65."""


@dataclass(frozen=True, slots=True)
class Year:
    """How much is bought in a year, and how it goes."""

    planned_on: date
    first_month: int
    share: float
    """Seats planned for so large a share of the people with a stated need."""
    cancelled: float
    """The share of sessions that are cancelled."""


YEARS = {
    2023: Year(date(2023, 9, 4), 10, 0.12, 0.0),
    2024: Year(date(2024, 4, 15), 5, 0.52, 0.16),
    2025: Year(date(2025, 3, 3), 4, 0.18, 0.05),
    2026: Year(date(2026, 4, 13), 5, 0.66, 0.04),
}


def schedule(city: City) -> None:
    """The catalogue, then each year's plan."""
    city.schedule(COURSES_KNOWN, "catalogue of courses", _catalogue)
    for year, plan in YEARS.items():
        city.schedule(plan.planned_on, f"sessions of {year} are planned", _plan(year, plan))
    for on in FORECASTS:
        city.schedule(on, f"forecast of {on.year}", _forecast)
    city.schedule(date(2026, 11, 16), "an offer that waits for an answer", _pending)
    city.schedule(LAST_DAY, "certificates of attendance", certify)
    city.schedule(date(2026, 11, 17), "sessions of 2027 to choose from", _next_year)


def _catalogue(city: City, at: datetime) -> None:
    providers = {
        row["code"]: operations.add_provider(
            code=row["code"], name=row["name"], kind=row["kind"], at=at, actor=city.service
        ).pk
        for row in read("courses")["providers"]
    }
    codes = city.competence_ids["2.2"]
    for row in read("courses")["courses"]:
        course = operations.add_course(
            code=row["code"],
            provider_id=providers[row["provider"]],
            framework_id=city.framework_ids["2.2"],
            title_sl=row["sl"],
            title_en=row["en"],
            is_digital_security=row.get("security", False),
            competences=[CourseSpan(codes[code], low, high) for code, (low, high) in row["competences"].items()],
            mode=row.get("mode", "room"),
            hours=Decimal(row.get("hours", 5)),
            prerequisites=row.get("prerequisites", ""),
            accessibility=row.get("accessibility", "prostor brez stopnic"),
            at=at,
            actor=city.service,
        )
        city.course_ids[row["code"]] = course.pk


def seats_of_a_session(city: City) -> int:
    """Twenty people in a room; in the whole family many sit together on line."""
    return 20 if city.people <= 1_000 else 160


def _plan(year: int, plan: Year) -> Act:
    def act(city: City, at: datetime) -> None:
        demand = demand_by_course(city, year, at.date())
        wanted = round(plan.share * sum(demand.values()))
        seats = seats_of_a_session(city)
        number = max(len(demand), round(wanted / seats))
        turns = [code for code, _ in sorted(_turns(demand, number))]
        last = date(year, 11, 12) if year == LAST_DAY.year else date(year, 12, 5)
        first = date(year, plan.first_month, 10)
        for index, code in enumerate(turns):
            on = first + timedelta(days=round(index * (last - first).days / max(1, len(turns) - 1)))
            _one_session(city, code, on, seats, plan, hurried=year == 2024 and index == len(turns) // 2, at=at)

    return act


def demand_by_course(city: City, year: int, on: date) -> Counter[str]:
    """For each course, how many people it is the best fit for: every person is counted once."""
    codes = {competence_id: code for code, competence_id in city.competence_ids["2.2"].items()}
    spans = {row["code"]: row["competences"] for row in read("courses")["courses"] if not row.get("security", False)}
    found: Counter[str] = Counter()
    for fact in needs.need_facts(year, on, expressed_in=city.framework_ids["2.2"]):
        fitting = Counter[str]()
        for need in fact.needs:
            for course, levels in spans.items():
                low, high = levels.get(codes[need.competence_id], (9, 0))
                fitting[course] += low <= need.from_level < high
        best = max(sorted(fitting), key=lambda course: fitting[course], default=None)
        if best is not None and fitting[best]:
            found[best] += 1
    return found


def _longest_wait(city: City, on: date) -> str:
    """The course that would help most people who have had no seat in it this year."""
    facts = needs.need_facts(on.year, on, expressed_in=city.framework_ids["2.2"])
    spans = sessions.course_spans()
    waiting = {
        code: sum(
            fact.person_id not in served and any(span.fits(need) for need in fact.needs for span in spans[course_id])
            for fact in facts
        )
        for code, course_id in city.course_ids.items()
        if course_id in spans
        for served in (sessions.served_by_course(course_id, on.year),)
    }
    return max(sorted(waiting), key=lambda code: waiting[code])


def _turns(demand: Counter[str], number: int) -> list[tuple[str, float]]:
    """`number` sessions shared among courses by demand (largest remainders), at least one each, spread out in time."""
    total = sum(demand.values()) or 1
    turns: list[tuple[float, str]] = []
    for code in sorted(demand):
        share = max(1, round(number * demand[code] / total))
        turns.extend(((index + 0.5) / share, code) for index in range(share))
    return [(code, place) for place, code in sorted(turns)]


def _one_session(city: City, code: str, on: date, seats: int, plan: Year, *, hurried: bool, at: datetime) -> None:
    trainer = city.users.get("trenerka")
    session = operations.plan_session(
        course_id=city.course_ids[code],
        starts_on=on,
        ends_on=on,
        place="Mestna hiša, učilnica 2" if seats <= 20 else "Na spletu",
        capacity=seats,
        trainer_id=trainer.pk if trainer else None,
        at=at,
        actor=city.service,
    )
    if city.rng.random() < plan.cancelled:
        city.schedule(on - timedelta(days=3), f"session {code} is cancelled", _cancel(session.pk))
        city.schedule(on - LEAD, f"offers {code}", offer(session.pk, "need"))
        return
    city.schedule(on - (HURRIED if hurried else LEAD), f"offers {code}", offer(session.pk, "need"))
    if not hurried:
        city.schedule(on - SECOND_ROUND, f"offers {code} again", offer(session.pk, "need"))
    city.schedule(on, f"session {code}", attend(session.pk))
    if on.year == LAST_DAY.year:
        city.schedule(on + timedelta(days=1), f"how was {code}?", evaluate(code, session.pk, "reaction"))
        city.schedule(add_months(on, 3), f"is {code} used?", evaluate(code, session.pk, "behaviour"))


def _cancel(session_id: int) -> Act:
    def act(city: City, at: datetime) -> None:
        operations.cancel_session(session_id=session_id, because="predavatelj je odpovedal", at=at, actor=city.service)

    return act


def offer(session_id: int, reason: str, person_ids: list[int] | None = None) -> Act:
    """Offer the session's free seats; answers come within days."""

    def act(city: City, at: datetime) -> None:
        made = operations.offer_seats(
            session_id=session_id,
            reason=reason,
            seed=city.rng.randrange(1_000_000),
            person_ids=person_ids,
            at=at,
            actor=city.service,
        )
        answers = [(link.offer_id, city.rng.random()) for link in made.links]
        city.schedule(at.date() + timedelta(days=2), f"{len(answers)} people answer", _answer(answers))

    return act


def _answer(answers: list[tuple[int, float]]) -> Act:
    def act(city: City, at: datetime) -> None:
        for offer_id, chance in answers:
            if chance < 0.86:
                operations.answer_offer(offer_id=offer_id, accept=chance < 0.72, at=at)

    return act


def attend(session_id: int) -> Act:
    """The session takes place; nine of ten who accepted come."""

    def act(city: City, at: datetime) -> None:
        coming = sessions.accepted_people(session_id)
        present = [person_id for person_id in coming if city.rng.random() < 0.91]
        operations.record_attendance(
            session_id=session_id,
            present=present,
            at=datetime.combine(at.date(), at.time().replace(hour=17), tzinfo=ZONE),
            actor=city.service,
        )

    return act


def _forecast(city: City, at: datetime) -> None:
    rule = strategy.training_rule()
    if rule is not None:
        tasks.work_out_outlook(at=at, notice_days=rule.notice_days, target=rule.target)


def evaluate(code: str, session_id: int, kind: str) -> Act:
    """Those who were there are asked, and some answer."""

    def act(city: City, at: datetime) -> None:
        for link in operations.ask_about(session_id=session_id, kind=kind, at=at):
            if city.rng.random() < ANSWERS:
                answers = {str(each): _liking(city, code) for each in STATEMENTS[EvaluationKind(kind)]}
                operations.answer_evaluation(ask_id=link.ask_id, answers=answers, comment="", at=at)
        if kind == EvaluationKind.BEHAVIOUR:
            operations.ask_heads_about(session_id=session_id, at=at)
            for ask in sessions.unit_asks_about(session_id):
                operations.answer_for_unit(ask_id=ask, answer=_liking(city, code) - 1, at=at, actor=None)

    return act


def certify(city: City, at: datetime) -> None:
    """What workers would have made meanwhile: certificates of the people who can sign in, and of some others."""
    ids = {pk for pk, worker in city.worker_of.items() if worker.key in city.account_of}
    for row in sessions.attendances_to_certify().filter(person__in=ids):
        operations.issue_attendance_certificate(session_id=row.session_id, person_id=row.person_id, at=at)
    operations.issue_attendance_certificates(at=at, limit=20)


def _liking(city: City, code: str) -> int:
    return 1 + sum(city.rng.random() < LIKED.get(code, 0.65) for _ in range(4))


def _next_year(city: City, at: datetime) -> None:
    """Sessions of the next year with their prices, from which the Service may choose: none is offered yet."""
    codes = [row["code"] for row in read("courses")["courses"] if not row.get("security", False)]
    for number, code in enumerate(code for code in codes for _ in range(2)):
        on = FIRST_OF_2027 + timedelta(weeks=number)
        operations.plan_session(
            course_id=city.course_ids[code],
            starts_on=on,
            ends_on=on,
            place="Mestna hiša, učilnica 2",
            capacity=seats_of_a_session(city),
            trainer_id=None,
            min_people=8,
            price_fixed=Decimal(600 + 75 * (number % 5)),
            price_per_head=Decimal(12),
            at=at,
            actor=city.service,
        )


def _pending(city: City, at: datetime) -> None:
    """In the story's last week a session is offered whose offers still wait on the last day: of the course for which
    most people wait."""
    session = operations.plan_session(
        course_id=city.course_ids[_longest_wait(city, at.date())],
        starts_on=date(2026, 12, 8),
        ends_on=date(2026, 12, 8),
        place="Mestna hiša, učilnica 2",
        capacity=seats_of_a_session(city),
        trainer_id=city.users["trenerka"].pk,
        at=at,
        actor=city.service,
    )
    made = operations.offer_seats(session_id=session.pk, reason="need", seed=7, at=at, actor=city.service)
    offered = [(link, city.worker_of[link.person_id]) for link in made.links if link.person_id in city.worker_of]
    offered.sort(key=lambda pair: (pair[1].employer != ADMINISTRATION, not pair[1].first_name.endswith("a")))
    for link, worker in offered:
        if worker.key not in city.account_of:
            city.links["seat"] = f"/training/offer/{link.token}/"
            if "zaposlena" not in city.users:
                give_account(city, "zaposlena", worker, at)
            break
