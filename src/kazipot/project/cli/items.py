"""The item bank on the command line: the shipped items come in, and items are checked before they do."""

import argparse
import json
import sys
from dataclasses import asdict
from random import SystemRandom

from kazipot.foundation import clock
from kazipot.foundation.errors import InputRefused
from kazipot.verification import queries
from kazipot.verification.exports import Checked, answers_csv, check_items, export_items
from kazipot.verification.imports import read_exchange
from kazipot.verification.operations import load_builtin_items, note_answers_taken, write_items

PARTLY = 1


def run_items(options: argparse.Namespace) -> int:
    """Load or check. A check fails (1) on findings; faults are refused as everywhere (2)."""
    if options.action == "answers":
        return _answers(options)
    if options.step == "load":
        print(json.dumps(asdict(load_builtin_items(at=clock.now(), actor=None))))
        return 0
    if options.step == "import":
        return _import(options)
    if options.step == "export":
        return _export(options)
    checked = check_items(options.files)
    if options.json:
        print(json.dumps(checked.as_json(), ensure_ascii=False))
    else:
        _tell(checked)
    return 1 if checked.findings else 0


def _answers(options: argparse.Namespace) -> int:
    items, rows = queries.answers_to_calibrate(stories=options.stories, rng=SystemRandom())
    options.out.write_bytes(b"".join(answers_csv(items, rows)))
    note_answers_taken(tests=len(rows), stories=options.stories, at=clock.now(), actor=None)
    print(json.dumps({"items": len(items), "tests": len(rows)}))
    return 0


def _tell(checked: Checked) -> None:
    for problem in checked.findings:
        print(problem.as_line(), file=sys.stderr)
    print(f"{checked.items} items, {checked.artefacts} with something to look at")
    for area, number in checked.areas.items():
        print(f"  {area}: {number}")


def _import(options: argparse.Namespace) -> int:
    """Drafts of another system's questions; all, or with --partly those that can be taken, and then 1."""
    found = read_exchange(
        options.file.name, options.file.read_bytes(), area=options.area, language=options.language,
        format_=options.format,
    )  # fmt: skip
    if options.json:
        told = {"format": found.format, "dry_run": options.dry_run, "items": [item.key for item in found.items]}
        print(json.dumps({**told, "problems": [each.as_json() for each in found.problems]}, ensure_ascii=False))
    else:
        for problem in found.problems:
            print(problem.as_line(), file=sys.stderr)
        print(f"{found.format}: {len(found.items)} items, {len(found.problems)} that cannot be taken")
    if found.problems and not options.partly:
        raise InputRefused("", [])
    if not options.dry_run:
        reason = f"{options.file.name} ({found.format})"
        write_items(definitions=found.items, reason=reason, at=clock.now(), actor=None)
    return PARTLY if found.problems else 0


def _export(options: argparse.Namespace) -> int:
    """A file of items; what is not in it goes to standard error."""
    items = queries.shipped_items() if options.shipped else queries.newest_definitions()
    wanted = [item for item in items if options.area in {"", item.area}]
    languages = ("sl", "en") if options.language == "both" else (options.language,)
    made = export_items(wanted, options.format, languages)
    options.out.write_bytes(made.content)
    for problem in made.problems:
        print(problem.as_line(), file=sys.stderr)
    print(f"{options.out}: {len(wanted)} items")
    return 0
