"""What every test may use: a browser, a quiet network, translations, and either database."""

import os
import shutil
import socket
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from kazipot.project import catalogue

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's loop runs beside the live server's threads
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_connect = socket.socket.connect


def _connect_nearby(self: socket.socket, address: Any) -> None:
    """Tests reach this machine only."""
    if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
        raise RuntimeError(f"A test tried to reach {address[0]}; tests use this machine only.")
    _connect(self, address)


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once, and close the way out."""
    if not hasattr(config, "workerinput"):
        catalogue.compile_all()
    socket.socket.connect = _connect_nearby  # type: ignore[method-assign]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium; a machine without one fails the test, it doesn't skip it."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail("No Chromium on this machine. Install it: apt-get install chromium", pytrace=False)
    return {**browser_type_launch_args, "executable_path": found, "args": list(QUIET)}


@pytest.fixture
def at() -> datetime:
    """A moment for operations: 1 June 2026, nine o'clock in Ljubljana."""
    return datetime(2026, 6, 1, 9, tzinfo=ZoneInfo("Europe/Ljubljana"))
