"""The server as `./kazipot serve` starts it."""

import contextlib
import http.client
import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.answering.machines import ROOT, free_ports

from kazipot.project.cli import serving


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A server with a data folder of its own."""
    (port,) = free_ports(1)
    env = {name: text for name, text in os.environ.items() if not name.startswith(("KAZIPOT_", "DJANGO_", "PYTEST_"))}
    env.pop("DATABASE_URL", None)
    env |= {"PYTHONPATH": str(ROOT / "src"), "KAZIPOT_DATA": str(tmp_path)}
    with subprocess.Popen(serving.command("127.0.0.1", port), env=env) as process:
        yield port
        process.terminate()


def is_up(port: int) -> bool:
    with (
        contextlib.suppress(OSError),
        contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection,
    ):
        return healthy(connection)
    return False


def healthy(connection: http.client.HTTPConnection) -> bool:
    connection.request("GET", "/healthz")
    answer = connection.getresponse()
    answer.read()
    return answer.status == 200


def test_browsers_that_keep_their_connection_open_keep_nobody_out(port: int) -> None:
    for _attempt in range(200):
        if is_up(port):
            break
        time.sleep(0.1)
    kept = [http.client.HTTPConnection("127.0.0.1", port, timeout=5) for _ in range(10 * int(serving.THREADS))]
    assert all(healthy(connection) for connection in kept)
    for connection in kept:
        connection.close()
