"""How long the duty of everybody takes to derive from its records, and what rests on it.

    .venv/bin/python benchmarks/duty.py [--people 14000]

On a fresh embedded database in a process of its own: people with one or two jobs, three results and three trainings
each, some exempt, some on leave. Seconds, each once:

- duties: the events of everybody read and turned into states and dates;
- forecast, spreading: who lapses in the next 24 months by unit, and the most even plan of invitations;
- people: the list of until when everybody is in order;
- notices: who would be told what;
- audit: impossible records;
- invite: a verification week invites everybody who is due, with codes and mails, in one transaction.
"""

import argparse
import importlib
import os
import platform
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

UNITS = 400
TODAY = date(2026, 6, 1)
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def build(people: int) -> None:
    """The city's people and their records."""
    models = importlib.import_module("kazipot.organisation.models")
    ours = importlib.import_module("kazipot.verification.models")
    employer = models.Employer.objects.create(code="MU", name_sl="MU", name_en="MU", kind="city_administration")
    post = models.Post.objects.create(employer=employer, code="P", title="Delo")
    units = models.Unit.objects.bulk_create(models.Unit(employer=employer, code=f"U{n}") for n in range(UNITS))
    models.UnitVersion.objects.bulk_create(
        models.UnitVersion(unit=unit, name_sl=unit.code, name_en=unit.code, kind="department", valid_from="2020-01-01")
        for unit in units
    )
    rows = models.Person.objects.bulk_create(
        models.Person(key=f"k{n}", first_name="Ana", last_name=f"Novak{n}", email=f"o{n}@example.si" if n % 3 else "")
        for n in range(people)
    )
    models.Employment.objects.bulk_create(
        models.Employment(
            person=row, employer=employer, personnel_number=f"{n:06}-{job}", unit=units[(n + job) % UNITS], post=post,
            valid_from=date(2020, 1 + job, 1), hired_on=date(2020, 1 + job, 1),
        )
        for n, row in enumerate(rows)
        for job in range(2 if n % 20 == 0 else 1)
    )  # fmt: skip
    told = {"employer": employer, "recorded_at": AT}

    def day(number: int, turn: int) -> date:
        return date(2020, 7, 1) + timedelta(days=730 * turn + number % 720)

    ours.Verification.objects.bulk_create(
        ours.Verification(
            person=row, taken_on=day(n * 7, turn), passed=n % 11 > 0, method="test", reference=f"T{turn}", **told
        )
        for n, row in enumerate(rows)
        for turn in range(3)
        if day(n * 7, turn) <= TODAY
    )
    ours.TrainingDone.objects.bulk_create(
        ours.TrainingDone(person=row, done_on=day(n * 5, turn), source="lesson", reference=f"L{turn}", **told)
        for n, row in enumerate(rows)
        for turn in range(3)
        if day(n * 5, turn) <= TODAY
    )
    ours.Exemption.objects.bulk_create(
        ours.Exemption(person=row, valid_from=date(2026, 1, 1), evidence="x", **told) for row in rows[::200]
    )
    ours.LongLeave.objects.bulk_create(
        ours.LongLeave(person=row, valid_from=date(2026, 1, 1), **told) for row in rows[1::100]
    )


def measured(people: int) -> dict[str, float]:
    """Seconds of each part."""
    importlib.import_module("django").setup()
    importlib.import_module("django.core.management").call_command("migrate", verbosity=0)
    build(people)
    queries = importlib.import_module("kazipot.verification.queries")
    operations = importlib.import_module("kazipot.verification.operations")
    reach = importlib.import_module("kazipot.organisation.access").Reach(True, frozenset(), frozenset())
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], Any]) -> Any:
        begun = time.perf_counter()
        found = work()
        seconds[name] = time.perf_counter() - begun
        return found

    timed("duties", lambda: queries.duties_on(TODAY))
    outlook = timed("forecast", lambda: queries.outlook(TODAY, reach, reach))
    months = outlook.forecast.months
    timed("spreading", lambda: queries.spreading(outlook.people, months, seats=None, closed=[7, 8]))
    timed("people", lambda: queries.people_until(TODAY, reach))
    timed("notices", lambda: queries.to_tell(TODAY))
    timed("audit", lambda: queries.audit_of(TODAY))
    week = operations.plan_week(
        title="Teden", opens_on=TODAY, closes_on=TODAY + timedelta(days=4), lapsing_by=date(2026, 12, 31), at=AT,
        actor=None,
    )  # fmt: skip
    done = timed("invite", lambda: operations.invite(week_id=week.pk, at=AT, actor=None))
    print(f"invited: {done.mailed} by mail, {done.on_paper} on paper")
    return seconds


def main() -> None:
    """One run, and a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=14_000)
    people = parser.parse_args().people
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"KAZIPOT_DATA": folder, "DJANGO_SETTINGS_MODULE": "kazipot.project.settings"}
        os.environ.pop("DATABASE_URL", None)
        seconds = measured(people)
    print(f"{people} people, embedded database, Python {platform.python_version()}, {os.cpu_count()} cores")
    for name, taken in seconds.items():
        print(f"{name:<10} {taken:7.2f} s")


if __name__ == "__main__":
    main()
