"""The machines of the test beside nodes and PostgreSQL: workers, the embedded database, the clerk, and the people."""

import json
import os
import queue
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from answering.machines import ROOT, Node
from answering.person import Habits, Lost, Stopped

from kazipot.project.cli import serving

from .holder import Holder


class Embedded:
    """SQLite in the data folder; there is nothing to start or to stop."""

    address = ""

    def stop(self) -> None:
        """Nothing."""


@dataclass(slots=True)
class MovedNode(Node):
    """An app node by the clock of the test."""

    def command(self) -> list[str]:
        """As `./kazipot serve` starts the server, with the test's clock around the application."""
        return [*serving.command("127.0.0.1", self.port)[:-1], "seats.wsgi:application"]


@dataclass(slots=True)
class Worker:
    """A worker process that can be killed."""

    env: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    killed: int = 0

    def start(self) -> None:
        """Start; it takes a moment until it works."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "seats.working"], env=self.env, cwd=ROOT, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """`kill -9`."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.killed += 1

    def is_alive(self) -> bool:
        """Whether it hasn't died by itself."""
        return self.process is not None and self.process.poll() is None


class Clerk:
    """The process of `seats.records`."""

    def __init__(self, env: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "seats.records"], env=env, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True,
        )  # fmt: skip

    def __call__(self, name: str, **arguments: Any) -> Any:
        """Do it; what it found."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps([name, arguments]) + "\n")
        self.process.stdin.flush()
        if not (line := self.process.stdout.readline()):
            raise SystemExit(f"The clerk could not {name}; the message is above.")
        return json.loads(line)

    def stop(self) -> None:
        """Let it go."""
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()


@dataclass(slots=True)
class People:
    """Those who get links by mail and press: so many at once. While `draw` is None, links are kept for later."""

    habits: Habits
    seed: int
    draw: Callable[[random.Random], str] | None = None
    kept: list[str] = field(default_factory=list)
    diary: list[dict[str, Any]] = field(default_factory=list)
    pressing: "queue.Queue[tuple[str, str]]" = field(default_factory=queue.Queue)

    def start(self, at_once: int) -> None:
        """Begin to wait for links."""
        for _ in range(at_once):
            threading.Thread(target=self._press_on, daemon=True).start()

    def receive(self, link: str) -> None:
        """A link has come."""
        if self.draw is None:
            self.kept.append(link)
        elif wish := self.draw(random.Random(f"{self.seed} {link}")):
            self.pressing.put((link, wish))

    def done(self) -> int:
        """How many have seen what became of their press."""
        return sum(entry["what"] in {"accepted", "declined", "full", "over", "closed"} for entry in list(self.diary))

    def _press_on(self) -> None:
        while True:
            link, wish = self.pressing.get()
            told = {"who": link}

            def note(entry: dict[str, Any], told: dict[str, Any] = told) -> None:
                self.diary.append(told | entry)

            person = Holder(0, link, self.habits, random.Random(link), note, wish=wish)
            try:
                person.answer()
            except Stopped:
                note({"what": "stopped"})
            except Lost as lost:
                note({"what": "lost", "why": str(lost)})
            except Exception as error:
                note({"what": "lost", "why": repr(error)})
            finally:
                self.pressing.task_done()
