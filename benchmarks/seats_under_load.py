"""An autumn of seats on this machine: everybody wants the last ones while workers, nodes, mail and sessions fail.

    .venv/bin/python benchmarks/seats_under_load.py [--people 1000] [--seats 30] [--database sqlite]

One database (PostgreSQL 18 or the embedded SQLite), two app nodes (`./kazipot serve`), two workers (`./kazipot worker`)
and a mail server of the test run on 127.0.0.1, by a clock that the test moves. People know what their mail says:

- **offers** go out to everybody; both workers are killed with -9, and the mail server is away for an hour;
- **rush**: the room is cut to the last seats, and everybody presses "accept" at once; both nodes are killed, the
  database is stopped with `-m immediate`, and some connections break off right after a press;
- **line**: four sessions are offered to the line; people accept, decline or say nothing; a worker is killed;
- **night**: two of the sessions are cancelled in the hour of 25 October that comes twice, on a slow mail server;
- **morning**: unanswered seats expire after the long day and go to whoever is next.

At the end a checker compares diaries and mail with what is stored. Exit status 1 if a session is overbooked, an answer
lost, a mail doubled or missing, a seat empty though somebody waits, or if anybody saw a page of status 500.
"""

import argparse
import os
import platform
import random
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from answering.machines import Database, Machines, environment, free_ports
from answering.person import Habits
from answering_load import percentiles
from seats import checker, clock
from seats.machines import Clerk, Embedded, MovedNode, People, Worker
from seats.postman import Postman

CUTTING = 0.03
FIRST = datetime(2026, 10, 5, 7, tzinfo=UTC)
LINE_DAYS = ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26")
LATER_DAYS = ("2026-12-01", "2026-12-02")
MINUTE = timedelta(minutes=1)
STILL = 1.5
"""Seconds without a change after which a lease is held to be a dead worker's."""


@dataclass(slots=True)
class Town:
    """Everything that runs, and what happened to it."""

    options: argparse.Namespace
    machines: Machines
    workers: list[Worker]
    clerk: Clerk
    postman: Postman
    people: People
    file: Path
    courses: list[int] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def move_to(self, moment: datetime) -> None:
        """It is this moment now. A clock that jumps makes a worker's lease run out while it sends, as no clock does;
        so it is moved when no living worker holds one."""
        seen, since = self.clerk("leases"), time.time()
        while time.time() - since < (STILL if seen else STILL / 4):
            time.sleep(0.05)
            if (found := self.clerk("leases")) != seen:
                seen, since = found, time.time()
        clock.move_to(moment, self.file)

    def go_on(self, by: timedelta) -> None:
        """Time passes."""
        self.move_to(datetime.fromtimestamp(time.time(), UTC) + clock.moved(self.file) + by)

    def until(self, holds: Callable[[], bool], what: str) -> float:
        """Wait until something holds; how long it took."""
        begun = time.time()
        while not holds():
            if time.time() - begun > self.options.patience:
                raise SystemExit(f"{what}: not after {self.options.patience:.0f} s")
            time.sleep(0.05)
        return time.time() - begun

    def until_quiet(self) -> None:
        """Wait until all mail has left, nothing is to be offered, and nobody presses."""

        def quiet() -> bool:
            return not self.people.pressing.unfinished_tasks and not self.clerk("pending")

        self.until(lambda: quiet() and (time.sleep(0.8) or quiet()), "everything done")

    def kill_workers(self) -> None:
        """`kill -9` of both while one of them waits to hear that its message is taken; and new ones."""
        for worker in self.workers:
            worker.kill()
            worker.start()

    def after_mails(self, number: int, act: Callable[[], None]) -> None:
        """Do something when so many more messages have been taken."""
        self.postman.plans.append((len(self.postman.taken) + number, act))

    def tell(self, text: str) -> None:
        """Note what happened."""
        self.notes.append(text)
        print(f"  {text}", flush=True)


def offers(town: Town) -> int:
    """Everybody is offered a seat by mail, while workers die and the mail server is away for an hour."""
    number = town.options.people
    session = int(town.clerk("plan", course=town.courses[0], on="2026-11-20", seats=number))
    town.postman.slow = 0.01
    begun = time.time()

    def go_away() -> None:
        town.postman.away = True

    town.after_mails(number // 3, town.kill_workers)
    town.after_mails(2 * number // 3, go_away)
    town.clerk("offer", session=session)
    town.until(lambda: not any(plan[0] <= number // 3 for plan in town.postman.plans), "a third of the mail has left")
    town.go_on(6 * MINUTE)
    town.until(lambda: town.postman.away, "two thirds of the mail have left")
    before = len(town.postman.taken)
    for _ in range(6):
        town.go_on(10 * MINUTE)
        time.sleep(town.options.tick)
    town.tell(f"mail server away for an hour: {before} mails before, {town.postman.refused} attempts meanwhile")
    town.postman.away = False
    town.go_on(6 * MINUTE)
    town.until_quiet()
    town.tell(f"{len(town.people.kept)} of {number} have their link, {time.time() - begun:.0f} s in all")
    return session


def rush(town: Town, session: int) -> None:
    """The room is cut, and everybody accepts at once."""
    town.move_to(FIRST + timedelta(days=1))
    town.clerk("cut", session=session, seats=town.options.seats)
    number, first = len(town.people.kept), len(town.people.diary)
    schedule = [(0.15, "kill node 1"), (0.45, "restart database"), (0.7, "kill node 2")]
    schedule = [(share, name) for share, name in schedule if name in town.options.faults]

    def break_things() -> None:
        for share, name in schedule:
            while town.people.done() < share * number:
                time.sleep(0.02)
            town.machines.break_down(name, town.options.down)

    breaking = threading.Thread(target=break_things, daemon=True)
    breaking.start()
    begun = time.time()
    for link in town.people.kept:
        town.people.pressing.put((link, "accept"))
    town.until(lambda: not town.people.pressing.unfinished_tasks, "everybody has pressed")
    took = time.time() - begun
    breaking.join()
    entries = town.people.diary[first:]
    got = sum(entry["what"] == "accepted" for entry in entries)
    town.tell(
        f"{number} pressed in {took:.0f} s ({number / took:.0f}/s): {got} accepted, {number - got} told it is full"
    )
    for fault in town.machines.faults:
        town.tell(f"{fault.name}: all answering again after {fault.seconds_down:.1f} s")
    town.until_quiet()


def line(town: Town) -> list[int]:
    """Seats go to the line, and what is declined to whoever is next."""
    town.move_to(datetime(2026, 10, 20, 8, tzinfo=UTC))
    town.people.draw = _draw
    seats, course, before = town.options.seats, town.courses[1], len(town.postman.taken)
    sessions = [int(town.clerk("plan", course=course, on=day, seats=seats)) for day in LINE_DAYS]
    if "kill workers again" in town.options.faults:
        town.after_mails(seats, town.kill_workers)
    town.clerk("gather", sessions=sessions)
    town.until(lambda: len(town.postman.taken) > before + seats and not town.postman.plans, "mail leaves")
    town.go_on(6 * MINUTE)
    town.until_quiet()
    town.tell(f"line: {len(town.postman.taken) - before} mails while seats go from hand to hand")
    return sessions


def _draw(rng: random.Random) -> str:
    return rng.choices(("accept", "decline", ""), (0.6, 0.25, 0.15))[0]


def night(town: Town, sessions: list[int]) -> None:
    """In the hour that comes twice, sessions are cancelled and seats are offered anew; the mail server is slow."""
    before = len(town.postman.taken)
    town.postman.slow = town.options.slow
    for day in LATER_DAYS:
        town.clerk("plan", course=town.courses[1], on=day, seats=town.options.seats)
    for number, moment in enumerate(
        (datetime(2026, 10, 25, 0, 50, tzinfo=UTC), datetime(2026, 10, 25, 1, 20, tzinfo=UTC))
    ):
        town.move_to(moment)
        town.clerk("cancel", session=sessions[number])
        time.sleep(town.options.tick)
    if "kill workers again" in town.options.faults:
        town.kill_workers()
    town.go_on(10 * MINUTE)
    town.until_quiet()
    town.tell(f"night: {len(town.postman.taken) - before} mails at both times of 2:20 to 2:59")


def morning(town: Town) -> None:
    """The long day is over: who has said nothing has no seat any more."""
    before = len(town.postman.taken)
    town.postman.slow = 0.0
    town.move_to(datetime(2026, 10, 25, 23, 30, tzinfo=UTC))
    time.sleep(town.options.tick)
    town.until_quiet()
    town.tell(f"morning: {len(town.postman.taken) - before} mails after the last day to answer")


def report(town: Town) -> int:
    """What the checker found; 0 when there is no fault."""
    killed = sum(worker.killed for worker in town.workers)
    died = sum(not worker.is_alive() for worker in town.workers)
    diary = list(town.people.diary)
    found = checker.compare(diary, town.postman.taken, town.clerk("stored"), killed=killed)
    waits = [entry["end"] - entry["start"] for entry in diary if entry["what"] == "pressed" and not entry["cut"]]
    retries = [entry["reason"] for entry in diary if entry["what"] == "retry"]
    print(f"  {'press → answer, retries included, ms':<46}{'p50':>8}{'p95':>8}{'p99':>8}{'number':>8}")
    print(f"  {'':<46}{percentiles(waits)}")
    print(f"  retries {len(retries)} ({', '.join(f'{why} {retries.count(why)}' for why in sorted(set(retries)))})")
    for name in ("accepted", "declined", "full", "mails", "repeated"):
        print(f"{name:<32}{getattr(found, name):>8}")
    for kind, texts in found.faults.items():
        print(f"{kind:<32}{len(texts):>8}")
    for text in found.all_faults()[:20]:
        print(f"  {text}")
    broken = sum(reason.startswith("5") and reason != "503" for reason in retries)
    print(f"{'workers killed, died by themselves':<38}{killed}, {died}")
    print(f"{'pages that said it is our fault':<32}{broken:>8}")
    kept = not found.all_faults() and not broken and not died and found.accepted > 0
    print("no overbooking, no lost answer, no double mail" if kept else "FAILED")
    return 0 if kept else 1


def build(options: argparse.Namespace, folder: Path) -> Town:
    """Start everything."""
    database: Any = Database(folder) if options.database == "postgresql" else Embedded()
    ports = free_ports(2)
    people = People(Habits(tuple(ports), CUTTING, 0.0, 0.0, time.time() + 3_600), options.seed)
    postman = Postman(people.receive)
    file = folder / "clock"
    clock.move_to(FIRST, file)
    env = environment(folder, database.address) | {
        clock.FILE: str(file), "KAZIPOT_MAIL_URL": f"smtp://127.0.0.1:{postman.start()}",
    }  # fmt: skip
    nodes = [MovedNode(port, env, folder / f"node-{port}.log") for port in ports]
    workers = [Worker(env, folder / f"worker-{number}.log") for number in (1, 2)]
    return Town(options, Machines(database, nodes), workers, Clerk(env), postman, people, file)


def run(options: argparse.Namespace, folder: Path) -> int:
    """The whole test; 0 when nothing was lost."""
    print(f"load average of the machine before the test {os.getloadavg()[0]:.1f}")
    begun = time.time()
    town = build(options, folder)
    try:
        made = town.clerk("prepare", people=options.people)
        town.courses = made["courses"]
        versions = {"Python": platform.python_version(), **made["versions"], "cores": os.cpu_count()}
        print(", ".join(f"{name} {version}" for name, version in versions.items()), flush=True)
        for worker in town.workers:
            worker.start()
        with ThreadPoolExecutor() as pool:
            list(pool.map(MovedNode.start, town.machines.nodes))
        town.people.start(options.at_once)
        print(f"two nodes, two workers and {options.people} people after {time.time() - begun:.0f} s", flush=True)
        session = offers(town)
        rush(town, session)
        sessions = line(town)
        night(town, sessions)
        morning(town)
        code = report(town)
        print(f"{time.time() - begun:.0f} s in all")
        return code
    except SystemExit:
        for log in sorted(folder.glob("*.log")):
            print(f"== {log.name}\n" + "\n".join(log.read_text().splitlines()[-15:]))
        raise
    finally:
        for worker in town.workers:
            worker.kill()
        town.clerk.stop()
        town.machines.stop()
        town.postman.stop()


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=1_000, help="how many want a seat (default 1,000)")
    parser.add_argument("--seats", type=int, default=30, help="the last seats, and those of each session (default 30)")
    parser.add_argument("--at-once", type=int, default=32, help="people who press at once (default 32)")
    parser.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    parser.add_argument("--down", type=float, default=3.0, help="seconds for which a node or database is away")
    parser.add_argument("--tick", type=float, default=2.0, help="seconds that a time of the story lasts at least")
    parser.add_argument("--slow", type=float, default=0.1, help="seconds that a slow mail server takes for a message")
    parser.add_argument("--patience", type=float, default=240.0, help="seconds after which the test gives up")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="48 people, 6 seats and fewer faults, for the tests")
    options = parser.parse_args()
    options.faults = ["kill node 1", "restart database", "kill node 2", "kill workers again"]
    if options.quick:
        options.people, options.seats, options.at_once, options.down, options.tick = 48, 6, 12, 0.5, 0.7
        options.faults = ["kill node 1"]
    if options.database == "sqlite":
        options.faults = [name for name in options.faults if name != "restart database"]
    with tempfile.TemporaryDirectory(prefix="kazipot-seats-") as folder:
        return run(options, Path(folder))


if __name__ == "__main__":
    raise SystemExit(main())
