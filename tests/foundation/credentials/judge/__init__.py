"""Others' code that verifies Open Badges: npm packages, installed by the lock, run by Node without any network."""

import fcntl
import json
import shutil
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parent
LOCK = FOLDER / "package-lock.json"
STAMP = FOLDER / "node_modules" / ".lock.stamp"


def prepare() -> None:
    """Install the packages once for each lock; a machine without Node fails the test, it doesn't skip it."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.fail("No Node on this machine. Install it: apt-get install nodejs npm", pytrace=False)
    with (FOLDER / ".preparing").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not STAMP.exists() or STAMP.read_text() != LOCK.read_text():
            command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
            if done.returncode:
                pytest.fail(f"The packages of the judge can't be installed:\n{done.stderr}", pytrace=False)
            STAMP.write_text(LOCK.read_text())


def verdict(credential: Mapping[str, Any], documents: Mapping[str, Any], *, at: datetime) -> dict[str, Any]:
    """What the judge says of a credential: {"verified": …, "revoked": …, "errors": […]}."""
    told = json.dumps({"credential": credential, "documents": documents, "now": at.isoformat()})
    done = subprocess.run(
        ["node", "verify.mjs"], cwd=FOLDER, input=told, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found
