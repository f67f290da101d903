"""Many people at once, in one process: a job comes in on standard input, the diary goes to standard output."""

import itertools
import json
import random
import sys
import threading
import time
import traceback
from typing import Any

from .person import Habits, Lost, Person, Stopped


def walk(job: dict[str, Any], kind: type[Person] = Person) -> None:
    """Let the job's people answer: so many at once, begun at a pace or as soon as somebody is done."""
    habits = Habits(**{**job["habits"], "ports": tuple(job["habits"]["ports"])})
    order = itertools.count()
    diary = threading.Lock()

    def note(entry: dict[str, Any]) -> None:
        line = json.dumps(entry, ensure_ascii=False)
        with diary:
            print(line)

    def one_after_another() -> None:
        while (number := next(order)) < len(job["people"]):
            begin = job["begin"] + number / job["pace"] if job["pace"] else job["begin"]
            if max(begin, time.time()) >= job["end"]:
                return
            time.sleep(max(0.0, begin - time.time()))
            invitation, address = job["people"][number]
            told = {"who": invitation}
            person = kind(
                invitation,
                address,
                habits,
                random.Random(f"{job['seed']} {invitation}"),
                lambda e, told=told: note(told | e),
            )
            try:
                person.answer()
            except Stopped:
                note(told | {"what": "stopped"})
            except Lost as lost:
                note(told | {"what": "lost", "why": str(lost)})
            except Exception:
                note(told | {"what": "lost", "why": traceback.format_exc()})

    threads = [threading.Thread(target=one_after_another) for _ in range(job["at_once"])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def main() -> None:
    """Read the job, walk, and leave a complete diary."""
    walk(json.load(sys.stdin))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
