"""Serves the application with Granian."""

import os
import socket
import sys
from typing import NoReturn

THREADS = str(2 * (os.cpu_count() or 1))
"""Requests that are worked on at once; the others wait."""
CONNECTIONS = "900"
"""Connections that are held at once, the rest wait in the queue of the socket. Browsers keep theirs open for half a
minute after a page, so there must be many more than threads, and fewer than the 1,024 files that a process may open."""


def fault_of(host: str, port: int) -> str:
    """Why the port can't be used; empty when it can."""
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        return f"Port {port} is in use. Stop what uses it or choose another: --port {port + 1}"
    return ""


def command(host: str, port: int) -> list[str]:
    """What starts the server."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", "1", "--blocking-threads", THREADS, "--backpressure", CONNECTIONS, "--no-ws",
        "--log-level", "warning", "kazipot.project.wsgi:application",
    ]  # fmt: skip


def serve(host: str, port: int) -> NoReturn:
    """Become the server."""
    sys.stdout.flush()
    os.execv(sys.executable, command(host, port))  # noqa: S606
