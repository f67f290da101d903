"""M1 in the demo city: slow at first, complete in 2024, then people leave and some are replaced late."""

from datetime import date, datetime, timedelta

from kazipot.advisors import operations, queries
from kazipot.foundation.roles import Role
from kazipot.organisation import queries as units
from kazipot.project.demo.city import LAST_DAY, Act, City
from kazipot.project.demo.population import ADMINISTRATION

FIRST = date(2023, 5, 15)
SLOW_UNITS = 3
"""Units that appoint only after the due date: the target is missed in March 2024 and met in the summer."""
SEARCH = timedelta(days=75)
"""How long a unit takes to find a successor when its advisor leaves."""
LATE_SEARCH = timedelta(days=300)
"""In 2026 two units take very long."""


def schedule(city: City) -> None:
    """First appointments from May 2023; from then on a look every month at who is missing."""
    codes = sorted(unit.code for unit in units.units_on(FIRST) if unit.must_have_advisor)
    city.rng.shuffle(codes)
    for index, code in enumerate(codes):
        late = index >= len(codes) - SLOW_UNITS
        on = date(2024, 5, 6) + timedelta(days=20 * index) if late else FIRST + timedelta(days=11 * index)
        city.schedule(min(on, date(2024, 8, 26)) if late else on, f"appointment {code}", _appoint(code, index + 1))
    for year in range(2024, 2027):
        for month in range(1, 13):
            city.schedule(date(year, month, 25), "advisors who left", _succession)


def _appoint(code: str, number: int) -> Act:
    def act(city: City, at: datetime) -> None:
        unit_id = city.unit_ids[ADMINISTRATION, code]
        if queries.advisors_of(unit_id, on=at.date()):
            return
        account = city.users.get("svetovalka")
        person_id = _candidate(city, code, at.date())
        for row in units.grants_of(account, on=at.date()) if account else []:
            if row.unit_id == unit_id and row.role == Role.ADVISOR:
                person_id = next(i for i, worker in city.worker_of.items() if worker.key == _key_of(account))
        if person_id is None:
            return
        operations.appoint(
            unit_id=unit_id,
            person_id=person_id,
            valid_from=at.date(),
            decision_reference=f"020-{number}/{at.year}-1",
            at=at,
            actor=city.service,
        )

    return act


def _key_of(account: object) -> str:
    person = units.person_of_user(account)  # type: ignore[arg-type]
    return person.key if person else ""


def _candidate(city: City, code: str, on: date) -> int | None:
    """Somebody of the unit, most able first; people of the unit who are employed on the day."""
    found = [
        (worker.ability, person_id)
        for person_id, worker in city.worker_of.items()
        if worker.employer == ADMINISTRATION and worker.unit_on(on) == code and worker.works_on(on)
    ]
    employed = set(
        units.employments_on(on).filter(person_id__in=[i for _, i in found]).values_list("person_id", flat=True)
    )
    able = [(ability, person_id) for ability, person_id in found if person_id in employed]
    return max(able)[1] if able else None


def _succession(city: City, at: datetime) -> None:
    """Where an advisor has gone, the old appointment is ended and a successor found after a while."""
    on = at.date()
    for row in queries.coverage(on):
        if not row.vacant:
            continue
        for past in queries.history(row.unit.id):
            if past.valid_to is None:
                operations.end(
                    appointment_id=past.pk, on=on, because="odhod iz mestne uprave", at=at, actor=city.service
                )
                wait = SEARCH if on < date(2026, 3, 1) else LATE_SEARCH
                number = 100 + past.pk
                city.schedule(
                    min(on + wait, LAST_DAY + timedelta(days=1)), "successor", _appoint(row.unit.code, number)
                )
