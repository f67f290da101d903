"""The item bank on the command line: the shipped items come in, and items are checked before they do."""

import argparse
import json
import sys
from dataclasses import asdict

from kazipot.foundation import clock
from kazipot.verification.exports import Checked, check_items
from kazipot.verification.operations import load_builtin_items


def run_items(options: argparse.Namespace) -> int:
    """Load or check. A check fails (1) on findings; faults are refused as everywhere (2)."""
    if options.step == "load":
        print(json.dumps(asdict(load_builtin_items(at=clock.now(), actor=None))))
        return 0
    checked = check_items(options.files)
    if options.json:
        print(json.dumps(checked.as_json(), ensure_ascii=False))
    else:
        _tell(checked)
    return 1 if checked.findings else 0


def _tell(checked: Checked) -> None:
    for problem in checked.findings:
        print(problem.as_line(), file=sys.stderr)
    print(f"{checked.items} items, {checked.artefacts} with something to look at")
    for area, number in checked.areas.items():
        print(f"  {area}: {number}")
