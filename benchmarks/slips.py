"""How long slips take to be typeset, and how much memory: a PDF, or a ZIP of PDFs sent as it is made.

    .venv/bin/python benchmarks/slips.py [--slips 500 3000 14000]

Each line is one run in a process of its own: units of 35 people, every name and unit with Slovenian letters.

- first: seconds until the first bytes can be sent; total: until the last;
- CPU: seconds of computing (others may work on the machine);
- QR: seconds of it that the QR codes take, measured apart on 200 of them;
- peak: the largest memory that the process had, which is what an app node needs.
"""

import argparse
import importlib
import json
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ADDRESS = "https://kazipot.example.org"
IN_A_UNIT = 35


def letters(slips: int) -> list[Any]:
    """Letters of so many people, by unit."""
    operations = importlib.import_module("kazipot.needs.operations")
    organisation = importlib.import_module("kazipot.organisation.queries")
    new_code = importlib.import_module("kazipot.foundation.tokens").new_code
    made = []
    for number in range(slips):
        unit = number // IN_A_UNIT
        place = organisation.Workplace(
            "MU", "Mestna uprava", "City administration", f"{unit:04}", f"Služba številka {unit}", f"Service {unit}",
            f"Vzdrževalec {number % 5}", f"{number:06}",
        )  # fmt: skip
        made.append(operations.Letter(number, number, f"Žiga{number % 97} Čuček{number}", "sl", place, new_code()))
    return made


def inside(slips: int) -> dict[str, float]:
    """One run: seconds and megabytes."""
    importlib.import_module("django").setup()
    printed = importlib.import_module("kazipot.needs.exports.printed")
    exports = importlib.import_module("kazipot.organisation.exports")
    told = letters(slips)
    begun, computed = time.perf_counter(), time.process_time()
    notice = printed.Notice(date(2026, 3, 31), ADDRESS, 8)
    response = printed.slips(told, name="slips", notice=notice, at=datetime(2026, 3, 10, tzinfo=UTC))
    size, first = 0, 0.0
    for piece in response.streaming_content if response.streaming else [response.content]:
        first = first or time.perf_counter() - begun
        size += len(piece)
    found = {
        "first": first,
        "total": time.perf_counter() - begun,
        "cpu": time.process_time() - computed,
        "size": size / 1e6,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    computed = time.process_time()
    for letter in told[:200]:
        exports.qr(f"{ADDRESS}/needs/answer/{letter.code}")
    found["qr"] = (time.process_time() - computed) / min(200, slips) * slips
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slips", type=int, nargs="+", default=[500, 3_000, 14_000])
    parser.add_argument("--inside", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        print(json.dumps(inside(asked.inside)))
        return
    print(
        f"Python {platform.python_version()}, typst {version('typst')}, segno {version('segno')}, "
        f"{os.cpu_count()} cores"
    )
    print(
        f"{'slips':>7} {'first s':>8} {'total s':>8} {'CPU s':>7} {'ms each':>8} {'QR s':>6} {'MB':>6} {'peak MB':>8}"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "kazipot.project.settings.test"}
    for slips in asked.slips:
        ran = subprocess.run(
            [sys.executable, __file__, "--inside", str(slips)], env=env, check=True, capture_output=True, text=True
        )
        row = json.loads(ran.stdout)
        print(
            f"{slips:7} {row['first']:8.1f} {row['total']:8.1f} {row['cpu']:7.1f} {row['cpu'] / slips * 1000:8.1f} "
            f"{row['qr']:6.1f} {row['size']:6.1f} {row['peak']:8.0f}"
        )


if __name__ == "__main__":
    main()
