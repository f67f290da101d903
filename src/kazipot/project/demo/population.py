"""Invented people: who works where and when, from 2023 to 2026, drawn from a seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from kazipot.project.demo.data_files import UnitRow, read, units

ADMINISTRATION = "MU"
SMALL_CITY = 1_000
"""Up to so many people, the demo is the city administration alone."""
SPLIT_SIZE = 250
"""An employer's unit larger than this is split into sections of about this size."""
HALF_YEARS = tuple(date(year, month, 1) for year in range(2023, 2027) for month in (1, 7))
LEAVE_RATE = 0.022
MOVE_RATE = 0.008
INSTITUTES = {"VRTCI": ("Javni vrtec", "Public kindergarten", 23), "OSOLE": ("Osnovna šola", "Primary school", 49)}
"""Lines of the file that stand for many institutes, each an employer of its own."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the demo city with its target headcount."""

    employer: str
    code: str
    name_sl: str
    name_en: str
    kind: str
    must_have_advisor: bool
    parent: str | None
    headcount: int


@dataclass(slots=True)
class Worker:
    """An invented person with one employment after another at one employer."""

    key: str
    first_name: str
    last_name: str
    email: str
    phone: str
    language: str
    employer: str
    unit: str
    number: str
    profile: str
    hired_on: date
    ability: float
    """How digitally able the person is, as a deviation from the profile's mean level."""
    interests: int
    """About how many competences the person would like training in."""
    left_on: date | None = None
    moves: list[tuple[date, str]] = field(default_factory=list)
    second_job: tuple[str, str, str] | None = None
    """Employer, unit and number of a second job, if there is one."""

    def unit_on(self, on: date) -> str:
        """The unit on the day."""
        found = self.unit
        for day, unit in self.moves:
            if day <= on:
                found = unit
        return found

    def works_on(self, on: date) -> bool:
        """Whether the person is employed on the day."""
        return self.hired_on <= on and (self.left_on is None or on < self.left_on)


def places(people: int) -> list[Place]:
    """Units with headcounts that add up to `people`: the administration alone, or the whole family."""
    rows = [row for row in units() if people > SMALL_CITY or row.employer == ADMINISTRATION]
    spread = [place for row in rows for place in _spread(row)]
    return _scaled(spread, people)


def _spread(row: UnitRow) -> Iterator[Place]:
    """A line of the file as units: one, one with sections, or many institutes."""
    if row.employer in INSTITUTES:
        name_sl, name_en, number = INSTITUTES[row.employer]
        for index in range(1, number + 1):
            code = f"{row.employer}-{index:02}"
            yield Place(
                code, code, f"{name_sl} {index}", f"{name_en} {index}", row.kind, False, None, row.headcount // number
            )
        return
    parent = None if row.code == row.employer else row.employer
    sections = row.headcount // SPLIT_SIZE if parent is None else 0
    own = row.headcount if sections < 2 else row.headcount // (sections + 1)
    yield Place(row.employer, row.code, row.name_sl, row.name_en, row.kind, row.must_have_advisor, parent, own)
    if sections >= 2:
        for index in range(1, sections + 1):
            yield Place(
                row.employer, f"{row.code}-S{index}", f"Sektor {index}", f"Division {index}",
                "section", False, row.code, own,
            )  # fmt: skip


def _scaled(spread: list[Place], people: int) -> list[Place]:
    """The same places with headcounts scaled to `people`, by largest remainders."""
    total = sum(place.headcount for place in spread)
    exact = [place.headcount * people / total for place in spread]
    whole = [int(share) for share in exact]
    by_remainder = sorted(range(len(spread)), key=lambda i: (whole[i] - exact[i], i))
    for i in by_remainder[: people - sum(whole)]:
        whole[i] += 1
    return [
        Place(p.employer, p.code, p.name_sl, p.name_en, p.kind, p.must_have_advisor, p.parent, size)
        for p, size in zip(spread, whole, strict=True)
    ]


class Population:
    """Draws people one by one; every draw comes from the one generator."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.names = read("names")
        self.profiles = {row["code"]: row for row in read("profiles")["profiles"]}
        self.mixes = read("profiles")
        self.made = 0

    def draw(self, place: Place, hired_on: date) -> Worker:
        """A new person for a place."""
        rng = self.rng
        self.made += 1
        profile = self._profile(place)
        first = rng.choice(self.names["female" if rng.random() < 0.66 else "male"])
        last = rng.choice(self.names["surnames"])
        has_email = rng.random() < self.profiles[profile]["e-mail"]
        return Worker(
            key=f"demo-{self.made:06}",
            first_name=first,
            last_name=last,
            email=f"oseba{self.made:06}@example.si" if has_email else "",
            phone=f"+386 00 {self.made // 1000:03} {self.made % 1000:03}" if rng.random() < 0.7 else "",
            language="en" if rng.random() < 0.01 else "sl",
            employer=place.employer,
            unit=place.code,
            number=f"{self.made:06}",
            profile=profile,
            hired_on=hired_on,
            ability=rng.gauss(0, 0.7),
            interests=0 if rng.random() < 0.28 else rng.choice((1, 1, 2, 2, 3, 4)),
        )

    def _profile(self, place: Place) -> str:
        kind = place.kind if place.kind != "section" else "public_company"
        mix = self.mixes["by_employer"].get(place.employer) or self.mixes["by_kind"][kind]
        if place.code == "SD":
            mix = {"IT": 80, "MANAGER": 20}
        return str(self.rng.choices(list(mix), weights=list(mix.values()))[0])


def populate(spread: list[Place], rng: random.Random) -> list[Worker]:
    """Everyone who ever works in the city: the first staff, and who comes after those who leave."""
    population = Population(rng)
    workers: list[Worker] = []
    by_place: dict[tuple[str, str], list[Worker]] = {}
    for place in spread:
        staff = [
            population.draw(place, date(2022, 12, 31) - timedelta(days=rng.randrange(30, 9_000)))
            for _ in range(place.headcount)
        ]
        by_place[place.employer, place.code] = staff
        workers.extend(staff)
    administration = [place for place in spread if place.employer == ADMINISTRATION and place.parent]
    for start in HALF_YEARS:
        for place in spread:
            workers.extend(_turnover(population, place, by_place[place.employer, place.code], start, administration))
    _second_jobs(workers, rng)
    return workers


def _turnover(
    population: Population, place: Place, staff: list[Worker], start: date, administration: list[Place]
) -> list[Worker]:
    """What half a year does to a place: some leave and are followed by others, a few move elsewhere."""
    rng = population.rng
    newcomers: list[Worker] = []
    for worker in [worker for worker in staff if worker.left_on is None]:
        chance = rng.random()
        day = start + timedelta(days=rng.randrange(3, 175))
        if chance < LEAVE_RATE:
            worker.left_on = max(day, worker.hired_on + timedelta(days=30))
            newcomers.append(population.draw(place, worker.left_on + timedelta(days=rng.randrange(0, 60))))
        elif chance < LEAVE_RATE + MOVE_RATE and len(administration) > 1 and worker.employer == ADMINISTRATION:
            target = rng.choice([other for other in administration if other.code != place.code])
            if not worker.moves and worker.hired_on < day:
                worker.moves.append((day, target.code))
    staff.extend(newcomers)
    return newcomers


def _second_jobs(workers: list[Worker], rng: random.Random) -> None:
    """A few people have a second job with another employer from the beginning on."""
    hosts = [worker for worker in workers if worker.employer != ADMINISTRATION and worker.left_on is None]
    early = date(2022, 1, 1)
    candidates = [worker for worker in hosts if worker.hired_on < early]
    for worker in rng.sample(candidates, len(candidates) // 400):
        other = rng.choice(hosts)
        if other.employer != worker.employer:
            worker.second_job = (other.employer, other.unit, f"D{worker.number}")
