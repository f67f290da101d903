"""M5 in the demo city: trained in waves; the contract of 2025 comes late and the indicator falls."""

from datetime import date, datetime, timedelta

from kazipot.organisation import queries as organisation
from kazipot.project.demo.city import ZONE, Act, City
from kazipot.project.demo.population import ADMINISTRATION
from kazipot.project.demo.sittings import sit
from kazipot.project.demo.training import attend, offer
from kazipot.training import operations as training
from kazipot.training import queries as sessions
from kazipot.verification import operations, queries
from kazipot.verification.operations import ResultGiven

WAVES = (
    *(date(2023, month, day) for month, day in ((10, 3), (10, 24), (11, 14), (12, 5))),
    *(date(2024, month, day) for month, day in ((2, 6), (3, 5), (4, 9), (5, 14), (9, 10), (10, 8), (11, 5), (12, 3))),
    *(date(2025, month, day) for month, day in ((11, 18), (12, 9))),
    *(
        date(2026, month, day)
        for month, day in ((1, 20), (2, 17), (3, 17), (4, 21), (5, 19), (6, 9), (9, 15), (10, 13))
    ),
)
"""Days of security training. Between December 2024 and November 2025 there was no contract."""
BANK_SINCE = date(2025, 10, 1)
SIT_HERE = 12
"""So many of each wave take the test question by question; results of the others come from elsewhere."""
SHARE = 0.17
"""A wave has seats for so large a share of all people."""


def schedule(city: City) -> None:
    """Each wave: a session planned and offered to those who are due, held, and verified two weeks later."""
    city.schedule(BANK_SINCE, "test items come in", _load_items)
    for on in WAVES:
        city.schedule(on - timedelta(days=35), "security training is planned", _plan(on))
    city.schedule(date(2026, 11, 16), "offers of security training that wait for an answer", _pending)


def _load_items(city: City, at: datetime) -> None:
    operations.load_builtin_items(at=at, actor=city.service)


def _pending(city: City, at: datetime) -> None:
    """In the story's last week the mayor's office is offered a session; nobody has answered on the last day.

    The employee's account is among them, due or not (who likes may renew early).
    """
    on = date(2026, 12, 10)
    session = training.plan_session(
        course_id=city.course_ids["VARNOST"],
        starts_on=on,
        ends_on=on,
        place="Mestna hiša, učilnica 2",
        capacity=20,
        trainer_id=city.users["trenerka"].pk,
        at=at,
        actor=city.service,
    )
    unit = city.unit_ids.get((ADMINISTRATION, "KZ"))
    due = queries.due_people(on, months=22, grace_months=0)
    due |= {pk for pk, worker in city.worker_of.items() if city.account_of.get(worker.key) == "zaposlena"}
    here = [pk for pk, job in organisation.main_employments(at.date()).items() if job.unit_id == unit and pk in due]
    training.offer_seats(
        session_id=session.pk, reason="duty", person_ids=sorted(here), seed=7, at=at, actor=city.service
    )


def _plan(on: date) -> Act:
    def act(city: City, at: datetime) -> None:
        session = training.plan_session(
            course_id=city.course_ids["VARNOST"],
            starts_on=on,
            ends_on=on,
            place="Na spletu in v učilnici",
            capacity=max(20, round(SHARE * city.people)),
            trainer_id=city.users["trenerka"].pk,
            at=at,
            actor=city.service,
        )
        city.schedule(on - timedelta(days=25), "offers of security training", _offer(session.pk, on))
        city.schedule(on, "security training", attend(session.pk))
        city.schedule(on + timedelta(days=14), "verification", _verify(session.pk, on + timedelta(days=14), 0.87))
        city.schedule(on + timedelta(days=45), "second attempts", _verify(session.pk, on + timedelta(days=45), 0.75))

    return act


def _offer(session_id: int, on: date) -> Act:
    def act(city: City, at: datetime) -> None:
        due = queries.due_people(on, months=22, grace_months=0)
        offer(session_id, "duty", person_ids=sorted(due))(city, at)

    return act


def _verify(session_id: int, on: date, pass_rate: float) -> Act:
    """People who attended and haven't passed since take the test; the results come in the next morning."""

    def act(city: City, at: datetime) -> None:
        attended = sessions.attended_people(session_id)
        passed = queries.passed_since(on - timedelta(days=60))
        main = organisation.main_employments(on)
        results = [
            ResultGiven(
                person_id=person_id,
                employer_id=main[person_id].employer_id,
                taken_on=on,
                passed=city.rng.random() < pass_rate,
                method="test",
                reference=f"T-{session_id}",
            )
            for person_id in sorted(attended - passed)
            if person_id in main and city.rng.random() < 0.93
        ]
        here = results[:SIT_HERE] if on >= BANK_SINCE else []
        for number, row in enumerate(here):
            sit(city, row.person_id, row.employer_id, at=at + timedelta(minutes=7 * number))
        results = results[len(here) :]
        if results:
            recorded = datetime.combine(on, at.time().replace(hour=18), tzinfo=ZONE)
            operations.record_verifications(results=results, at=recorded, actor=city.users["kadri"])

    return act
