"""The scene: frameworks, employers, units, the rosters of every half-year, and the accounts."""

from datetime import date, datetime, timedelta

from kazipot.foundation.roles import Role
from kazipot.framework import operations as framework
from kazipot.framework import queries as frameworks
from kazipot.organisation import imports
from kazipot.organisation import operations as organisation
from kazipot.organisation import queries as people
from kazipot.project.demo.accounts import PASSWORD
from kazipot.project.demo.city import City, morning
from kazipot.project.demo.data_files import read
from kazipot.project.demo.population import ADMINISTRATION, HALF_YEARS, Place, Worker

BEGINNING = date(2022, 1, 1)
FIRST_ROSTER = date(2023, 1, 1)
FAMILIES = {
    "administration": "uprava",
    "culture": "kultura",
    "digital": "informatika",
    "education": "vzgoja in izobraževanje",
    "field": "delo na terenu",
    "health": "zdravstvo",
    "management": "vodenje",
}
"""Job families as the city's personnel records call them."""
FORMER_UNIT = "SEN"
"""An invented former unit, merged into the Digitalisation Service at the beginning of 2024."""
MERGED_ON = date(2024, 1, 1)
MOVED_ON = date(2025, 6, 1)


def prepare(city: City, spread: list[Place]) -> None:
    """Everything that is there before anyone is employed."""
    at = morning(BEGINNING)
    framework.install_shipped_frameworks(at=at)
    for version in ("2.2", "3.0"):
        found = frameworks.framework_by_version("DigComp", version)
        if found is None:
            raise LookupError(version)
        city.framework_ids[version] = found.pk
        city.competence_ids[version] = {item.code: item.id for item in frameworks.competences(found.pk)}
    profile_ids: dict[str | None, int | None] = {None: None}
    for profile in read("profiles")["profiles"]:
        made = organisation.add_job_profile(
            code=profile["code"],
            name_sl=profile["sl"],
            name_en=profile["en"],
            family=FAMILIES[profile["family"]],
            at=at,
            actor=None,
        )
        profile_ids[profile["code"]] = made.pk
    _targets(city, profile_ids, at)
    if city.people <= sum(1 for place in spread if place.employer == ADMINISTRATION) or spread:
        _employers_and_units(city, spread, at)


def _targets(city: City, profile_ids: dict[str | None, int | None], at: datetime) -> None:
    """Which competences each kind of work needs, in both versions of the framework."""
    data = read("profile-targets")
    needed: dict[str | None, dict[str, list[int]]] = {None: data["everyone"], **data["profiles"]}
    for version, framework_id in city.framework_ids.items():
        ids = city.competence_ids[version]
        for code, levels in needed.items():
            framework.set_profile_targets(
                profile_id=profile_ids[code],
                framework_id=framework_id,
                targets={ids[competence]: (low, high) for competence, (low, high) in levels.items()},
                on=at.date(),
                at=at,
                actor=None,
            )


def _employers_and_units(city: City, spread: list[Place], at: datetime) -> None:
    for place in spread:
        if place.employer not in city.employer_ids:
            employer = organisation.add_employer(
                code=place.employer, name_sl=place.name_sl, name_en=place.name_en, kind=place.kind, at=at, actor=None
            )
            city.employer_ids[place.employer] = employer.pk
        parent = _first_parent(place)
        unit = organisation.add_unit(
            employer_id=city.employer_ids[place.employer],
            code=place.code,
            name_sl=place.name_sl,
            name_en=place.name_en,
            kind=place.kind,
            must_have_advisor=place.must_have_advisor,
            parent_id=city.unit_ids[place.employer, parent] if parent else None,
            valid_from=BEGINNING,
            at=at,
            actor=None,
        )
        city.unit_ids[place.employer, place.code] = unit.pk
    former = organisation.add_unit(
        employer_id=city.employer_ids[ADMINISTRATION],
        code=FORMER_UNIT,
        name_sl="Služba za e-novosti (izmišljena)",
        name_en="E-news Service (invented)",
        kind="service",
        must_have_advisor=False,
        parent_id=city.unit_ids[ADMINISTRATION, ADMINISTRATION],
        valid_from=BEGINNING,
        at=at,
        actor=None,
    )
    city.unit_ids[ADMINISTRATION, FORMER_UNIT] = former.pk


def _first_parent(place: Place) -> str | None:
    """Where a unit hung at first: the city wardens were under the inspectorate until June 2025 (invented)."""
    return "INS" if (place.employer, place.code) == (ADMINISTRATION, "MR") else place.parent


def schedule(city: City) -> None:
    """The rosters and the reorganisations."""
    for index, on in enumerate(HALF_YEARS):
        city.schedule(on, "roster", _roster_since(HALF_YEARS[index - 1] if index else None, on))
    city.schedule(FIRST_ROSTER, "accounts", _accounts)
    city.schedule(MERGED_ON, "merge of a unit", _merge)
    city.schedule(MOVED_ON, "move of a unit", _move)
    city.schedule(date(2026, 1, 1), "DigComp 3.0 becomes active", _activate)


def _roster_since(last: date | None, on: date):  # type: ignore[no-untyped-def]
    def act(city: City, at: datetime) -> None:
        rows = [row for worker in city.workers for row in _rows(worker, last, on)]
        plan = imports.plan_roster(imports.roster_from_rows(rows), as_of=on)
        organisation.apply_roster(plan, at=at, actor=city.service, confirm_leavers=True)
        _note_people(city, on)

    return act


def _rows(worker: Worker, last: date | None, on: date) -> list[imports.RosterRow]:
    """The worker's lines in the roster of a day: who left since the last roster is there with the last day."""
    if worker.hired_on > on or (worker.left_on is not None and worker.left_on <= (last or on)):
        return []
    ended = worker.left_on if worker.left_on is not None and worker.left_on <= on else None
    unit = worker.unit_on(ended - timedelta(days=1) if ended else on)
    if on < MERGED_ON and unit == "SD" and worker.number[-1] in "02":
        unit = FORMER_UNIT
    rows = [_row(worker, worker.employer, unit, worker.number, ended)]
    if worker.second_job is not None:
        rows.append(_row(worker, *worker.second_job, ended))
    return rows


def _row(worker: Worker, employer: str, unit: str, number: str, ended: date | None) -> imports.RosterRow:
    profile = next(row for row in read("profiles")["profiles"] if row["code"] == worker.profile)
    return imports.RosterRow(
        employer=employer,
        unit=unit,
        personnel_number=number,
        first_name=worker.first_name,
        last_name=worker.last_name,
        email=worker.email,
        phone=worker.phone,
        language=worker.language,
        post=worker.profile,
        post_title=profile["sl"],
        profile=worker.profile,
        valid_from=worker.hired_on,
        valid_to=ended,
        key=worker.key,
    )


def _note_people(city: City, on: date) -> None:
    """Learn which record is which worker."""
    known = {worker.key: worker for worker in city.workers}
    city.worker_of = {person_id: known[key] for person_id, key in people.person_keys().items() if key in known}


def _accounts(city: City, at: datetime) -> None:
    """One account for each role, of people who stay to the end."""
    on = at.date()
    staying = [worker for worker in city.workers if worker.left_on is None and not worker.moves and worker.works_on(on)]
    unit_of_head = max(
        (code for employer, code in city.unit_ids if employer == ADMINISTRATION and code.startswith("O")),
        key=lambda code: sum(worker.unit == code for worker in staying),
    )
    taken: set[str] = set()

    def person_of(unit: str, employer: str = ADMINISTRATION) -> Worker:
        free = [w for w in staying if w.employer == employer and w.key not in taken and w.number[-1] not in "02"]
        found = next((w for w in free if w.unit == unit), free[0])
        taken.add(found.key)
        return found

    service = person_of("SD")
    cast = [
        ("sluzba", Role.SERVICE, service, ADMINISTRATION, None),
        ("kadri", Role.HR, person_of("SMU"), ADMINISTRATION, None),
        ("vodja", Role.HEAD, person_of(unit_of_head), ADMINISTRATION, unit_of_head),
        ("svetovalka", Role.ADVISOR, person_of(unit_of_head), ADMINISTRATION, unit_of_head),
        ("trenerka", Role.TRAINER, person_of("SD"), ADMINISTRATION, None),
        ("revizor", Role.AUDITOR, person_of("SNR"), ADMINISTRATION, None),
    ]
    if "JHL-LPP" in city.employer_ids:
        driver_boss = next(w for w in staying if w.employer == "JHL-LPP" and w.profile in {"CLERK", "MANAGER"})
        cast.append(("kadri-lpp", Role.HR, driver_boss, "JHL-LPP", None))
    for username, role, worker, employer, unit in cast:
        give_account(city, username, worker, at)
        organisation.grant_role(
            user_id=city.users[username].pk,
            role=role,
            employer_id=city.employer_ids[employer],
            unit_id=city.unit_ids[employer, unit] if unit else None,
            valid_from=on,
            at=at,
            actor=city.service,
        )


def give_account(city: City, username: str, worker: Worker, at: datetime) -> None:
    """An account for a worker."""
    person_id = next(person_id for person_id, found in city.worker_of.items() if found.key == worker.key)
    user = organisation.create_account(
        username=username,
        password=PASSWORD,
        person_id=person_id,
        email=worker.email,
        language="sl",
        at=at,
        actor=city.service,
    )
    city.users[username] = user
    city.account_of[worker.key] = username


def _merge(city: City, at: datetime) -> None:
    organisation.merge_units(
        unit_ids=[city.unit_ids[ADMINISTRATION, FORMER_UNIT]],
        into_id=city.unit_ids[ADMINISTRATION, "SD"],
        on=at.date(),
        at=at,
        actor=city.service,
    )


def _move(city: City, at: datetime) -> None:
    organisation.move_unit(
        unit_id=city.unit_ids[ADMINISTRATION, "MR"],
        parent_id=city.unit_ids[ADMINISTRATION, ADMINISTRATION],
        on=at.date(),
        at=at,
        actor=city.service,
    )


def _activate(city: City, at: datetime) -> None:
    framework.activate(framework_id=city.framework_ids["3.0"], on=at.date(), at=at, actor=city.service)
