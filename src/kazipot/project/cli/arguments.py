"""What the command line understands."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

SMALLEST_CITY, LARGEST_CITY = 100, 50_000
MOST_SIMULATED = 1_000_000


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it like 2024-12-31") from None


def _size(text: str) -> int:
    """People of a demo city: with fewer, whole parts of the story would have nobody in them."""
    if not text.isdecimal() or not SMALLEST_CITY <= int(text) <= LARGEST_CITY:
        raise argparse.ArgumentTypeError(f"{text!r}: choose from {SMALLEST_CITY} to {LARGEST_CITY} people")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; choose one from 1 to 65535")
    return int(text)


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_SIMULATED:
        raise argparse.ArgumentTypeError(f"{text!r}: choose from 1 to {MOST_SIMULATED}")
    return int(text)


def _add_verification(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """Calibration of items and simulation of adaptive tests."""
    verification = commands.add_parser("verification", help="item banks and adaptive tests, the duty's records")
    actions = verification.add_subparsers(dest="action", required=True)
    audit = actions.add_parser(
        "audit", parents=[common], help="find impossible records; exit status 1 if there are any"
    )
    audit.add_argument("--json", action="store_true")
    bounces = actions.add_parser("bounces", parents=[common], help="mark addresses by messages that came back (.eml)")
    bounces.add_argument("files", type=Path, nargs="+")
    again = actions.add_parser(
        "replay", parents=[common], help="go through a sitting again from its log; fails if anything differs (JSON)"
    )
    again.add_argument("sitting", type=int, help="its number, as in the reference S-NUMBER of a result")
    calibrate = actions.add_parser(
        "calibrate", parents=[common], help="calibrate items from a wide table of answers (CSV or XLSX)"
    )
    calibrate.add_argument("file", type=Path)
    calibrate.add_argument("--model", choices=["rasch", "2pl", "3pl", "grm", "gpcm"], required=True)
    calibrate.add_argument("--out", type=Path, required=True, help="where the bank is written (JSON)")
    answers = actions.add_parser(
        "answers", parents=[common], help="answers of finished tests as the table that calibrate reads; without people"
    )
    answers.add_argument("--stories", action="store_true", help="with stories, to be calibrated by gpcm")
    answers.add_argument("--out", type=Path, required=True)
    answers.set_defaults(needs_records=True)
    simulate = actions.add_parser(
        "simulate", parents=[common], help="how long an adaptive test gets, and how often it errs"
    )
    simulate.add_argument("--bank", type=Path, required=True, help="calibrated items (JSON)")
    simulate.add_argument("--people", type=_count, default=10_000)
    simulate.add_argument("--cut", type=float, required=True, help="the pass mark, in standard deviations of ability")
    simulate.add_argument("--false-pass", type=float, default=0.05, help="allowed among people below the pass mark")
    simulate.add_argument("--false-fail", type=float, default=0.05, help="allowed among people above the pass mark")
    simulate.add_argument("--min-items", type=_count, default=0, help="shortest sitting (default 5)")
    simulate.add_argument("--max-items", type=_count, default=0, help="longest sitting (default 40)")
    simulate.add_argument("--max-exposure", type=float, default=1.0, help="largest share of people shown an item")
    simulate.add_argument(
        "--undecided", action="store_true", help="leave the unsure undecided, to be asked again later"
    )
    simulate.add_argument("--seed", type=int, default=1, help="the same seed gives the same people")
    simulate.add_argument("--json", action="store_true")
    _add_items(actions, common)


def _add_items(actions: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser) -> None:
    """`verification items load` and `verification items check`."""
    items = actions.add_parser("items", help="the bank of test items").add_subparsers(dest="step", required=True)
    load = items.add_parser("load", parents=[common], help="bring the bank up to the items that ship (JSON)")
    load.set_defaults(needs_records=True)
    check = items.add_parser("check", parents=[common], help="faults of items, and what gives their answers away")
    check.add_argument("files", type=Path, nargs="*", metavar="FILE", help="YAML; without any, the items that ship")
    check.add_argument("--json", action="store_true")
    _add_exchange(items, common)


def _add_exchange(
    items: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    """`verification items import` and `verification items export`."""
    formats = ["gift", "moodle", "qti"]
    taken = items.add_parser("import", parents=[common], help="questions of other systems, as drafts")
    taken.add_argument("file", type=Path, help="GIFT, Moodle XML, or QTI 3.0 or 2.1 (package or one item)")
    taken.add_argument("--format", choices=formats, default="", help="recognised if not given")
    taken.add_argument("--area", default="", help="of questions that name none: phishing, passwords …")
    taken.add_argument("--language", choices=["sl", "en"], default="sl", help="of texts that do not tell theirs")
    taken.add_argument("--partly", action="store_true", help="leave out what cannot be taken")
    taken.add_argument("--dry-run", action="store_true", help="only say what would come in")
    taken.add_argument("--json", action="store_true")
    taken.set_defaults(needs_records=True)
    given = items.add_parser("export", parents=[common], help="items for other systems")
    given.add_argument("--format", choices=formats, required=True)
    given.add_argument("--out", type=Path, required=True)
    given.add_argument("--language", choices=["both", "sl", "en"], default="both")
    given.add_argument("--area", default="", help="only of this area")
    given.add_argument("--shipped", action="store_true", help="the items that ship, not those of the bank")
    given.set_defaults(needs_records=True)


def _threshold(text: str) -> int:
    if not text.isdecimal() or not 2 <= int(text) <= 1_000:
        raise argparse.ArgumentTypeError(f"{text!r}: choose a whole number from 2 to 1000")
    return int(text)


def _protection(needs: Any, common: argparse.ArgumentParser) -> None:
    """The commands that protect a table of counts and audit a protected one."""
    table = argparse.ArgumentParser(add_help=False)
    table.add_argument("table", type=Path, help="CSV: a column per dimension and count, a row per leaf cell")
    table.add_argument("--hierarchy", type=Path, required=True, help="CSV: dimension,child,parent; the root is *")
    table.add_argument("--k", type=_threshold, default=5, help="counts of 1 to k - 1 are small (default 5)")
    table.add_argument("--protect-zeros", action="store_true", help="0 is a small count, too")
    protect = needs.add_parser("protect", parents=[common, table], help="protect a hierarchical table of counts")
    protect.add_argument("--out", type=Path, required=True, help="where to write all cells of the table (CSV)")
    protect.add_argument("--audit", action="store_true", help="what can be derived, as JSON; exit status 1 on a leak")
    audit = needs.add_parser("audit", parents=[common, table], help="audit a table protected by whomever")
    audit.add_argument("protected", type=Path, help="CSV as protect writes it")


def _add_training(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", common: argparse.ArgumentParser
) -> None:
    training = commands.add_parser("training", help="the training year").add_subparsers(dest="action", required=True)
    plan = training.add_parser("plan", parents=[common], help="which sessions to buy, who is offered a seat (JSON)")
    plan.add_argument("--instance", type=Path, required=True, metavar="FILE")
    plan.add_argument("--out", type=Path, required=True, metavar="FILE")
    plan.add_argument("--report", type=Path, metavar="FILE", help="also write reasons per person, comparison, frontier")
    check = training.add_parser("check", parents=[common], help="verify a plan and recompute its figures")
    check.add_argument("--instance", type=Path, required=True, metavar="FILE")
    check.add_argument("--plan", type=Path, required=True, metavar="FILE")
    check.add_argument("--json", action="store_true")


def parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    top = argparse.ArgumentParser(prog="kazipot", description="Runs a city's digital-competence programme.")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--data", metavar="FOLDER", help="data folder (default: KAZIPOT_DATA or the user's data folder)"
    )

    demo = commands.add_parser("demo", parents=[common], help="build the demo city and serve the application")
    demo.add_argument("--fresh", action="store_true", help="start over")
    demo.add_argument(
        "--people", type=_size, default=600, help="size of the city (default 600; the whole family 14000)"
    )
    demo.add_argument("--seed", type=int, default=1, help="the same seed gives the same city")
    demo.add_argument("--port", type=_port, default=8000)
    demo.add_argument("--no-serve", action="store_true", help="only build")

    serve = commands.add_parser("serve", parents=[common], help="serve the application")
    serve.add_argument("--host", default="127.0.0.1")
    serve.add_argument("--port", type=_port, default=8000)

    worker = commands.add_parser("worker", parents=[common], help="send mail, let old offers expire, work out plans")
    worker.add_argument("--once", action="store_true", help="do what is due and stop")

    people = commands.add_parser("people", help="employees").add_subparsers(dest="action", required=True)
    roster = people.add_parser("import", parents=[common], help="import a roster (CSV or XLSX)")
    roster.add_argument("file", type=Path)
    roster.add_argument("--as-of", type=_day, help="the day the roster speaks of (default: today)")
    roster.add_argument("--dry-run", action="store_true", help="only show what would change")
    roster.add_argument("--confirm-leavers", action="store_true", help="yes, more than 10 %% of employees leave")
    roster.add_argument("--json", action="store_true")

    mail = commands.add_parser("mail", help="mail that comes in").add_subparsers(dest="action", required=True)
    receive = mail.add_parser("receive", parents=[common], help="take one message (RFC 5322) from standard input")
    receive.add_argument("--to", default="", help="the address to which the server delivered it")
    receive.add_argument("--maildir", type=Path, help="take what lies new in this folder instead")

    framework = commands.add_parser("framework", help="competences").add_subparsers(dest="action", required=True)
    workbook = framework.add_parser("import", parents=[common], help="import the DigComp 3.0 workbook")
    workbook.add_argument("file", type=Path)
    workbook.add_argument("--json", action="store_true")

    needs = commands.add_parser("needs", help="training needs").add_subparsers(dest="action", required=True)
    codes = needs.add_parser(
        "suggest-codes", parents=[common], help="suggest DigComp 3.0 competences for Slovenian texts (JSON)"
    )
    codes.add_argument("file", type=Path)
    _protection(needs, common)

    hiring = commands.add_parser("hiring", help="job postings").add_subparsers(dest="action", required=True)
    posting = hiring.add_parser(
        "check", parents=[common], help="which digital competences a Slovenian posting demands (TXT, DOCX, PDF, HTML)"
    )
    posting.add_argument("file", type=Path, help="the posting, or - for standard input")
    posting.add_argument("--json", action="store_true")

    _add_training(commands, common)
    _add_verification(commands, common)
    credentials = commands.add_parser("credentials", help="keys that sign certificates, and the check of a badge")
    keys = credentials.add_subparsers(dest="action", required=True)
    keys.add_parser(
        "rotate-key", parents=[common], help="sign with a new key; the old ones still prove what they signed"
    )
    verify = keys.add_parser(
        "verify", parents=[common], help="is a badge (JSON) genuine, issued here, and valid today? exit status 1 if not"
    )
    verify.add_argument("file", type=Path)

    indicators = commands.add_parser("indicators", parents=[common], help="the indicators as of a day")
    indicators.add_argument("action", nargs="?", choices=["show", "verify"], default="show")
    indicators.add_argument("--as-of", type=_day)
    indicators.add_argument("--json", action="store_true")

    commands.add_parser("doctor", parents=[common], help="check this installation")

    test = commands.add_parser("test", parents=[common], help="run all tests", prefix_chars="+")
    test.add_argument("arguments", nargs=argparse.REMAINDER, help="arguments of pytest; --postgresql first for that")
    return top
