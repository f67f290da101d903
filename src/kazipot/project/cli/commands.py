"""What each command does, once Django is ready."""

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import translation

from kazipot.advisors.imports import receive_maildir
from kazipot.advisors.operations import watch as watch_vacancies
from kazipot.core.allocation.checker import check
from kazipot.core.allocation.highs import Infeasible
from kazipot.core.allocation.solver import solve
from kazipot.foundation import clock, outbox
from kazipot.foundation.errors import DomainError, InputRefused
from kazipot.foundation.guessing import forget_wrong_codes
from kazipot.framework.imports import import_framework_file
from kazipot.hiring.operations import forget_candidates
from kazipot.needs.imports import audit_file, protect_file, suggest_from_file, widths_as_json
from kazipot.needs.operations import forget_answer_files, remind_due
from kazipot.organisation import queries as organisation
from kazipot.organisation.imports import import_people
from kazipot.organisation.operations import forget_uploads
from kazipot.project import catalogue
from kazipot.project.cli import demo, mail, serving
from kazipot.project.cli.credentials import run_credentials
from kazipot.project.cli.items import run_items
from kazipot.strategy import exports
from kazipot.strategy import queries as strategy
from kazipot.training.exports import (
    clash_in_words,
    plan_as_json,
    plan_in_words,
    report_as_json,
    verdict_as_json,
    verdict_in_words,
    violation_in_words,
    write_json,
)
from kazipot.training.imports import read_instance, read_plan
from kazipot.training.operations import (
    ask_for_evaluations,
    expire_offers,
    forget_people_of_plans,
    issue_attendance_certificates,
    refill_due,
    remind_of_seats,
    revoke_corrected_certificates,
)
from kazipot.training.tasks import work_out_outlook, work_out_plan
from kazipot.verification import queries as verification
from kazipot.verification.exports import (
    Wish,
    audit_as_json,
    audit_as_text,
    calibrate_file,
    simulate_file,
    simulation_text,
)
from kazipot.verification.imports import read_bounces
from kazipot.verification.operations import (
    ask_for_knowledge,
    close_forgotten,
    count_exposure,
    forget_candidate_tests,
    look_over,
    mark_refused,
    note_bounces,
    run_weeks,
    send_notices,
)
from kazipot.verification.queries import replay

REFUSED = 2
SEED = 1
"""The audit of a table looks at possible tables by chance; the same chance every time."""
PAUSE = 15.0
"""Seconds between two looks of a worker."""


def run(options: argparse.Namespace) -> int:
    """Run a command in the user's language; a refused input is one sentence per problem and exit code 2."""
    with translation.override("sl" if os.environ.get("LANG", "").startswith("sl") else "en"):
        try:
            needs_records = options.command in NEED_RECORDS or getattr(options, "needs_records", False)
            if needs_records and (fault := _database_fault()):
                _refused([fault])
                return mail.TRY_AGAIN if options.command == "mail" else REFUSED
            return COMMANDS[options.command](options)
        except InputRefused as error:
            return _refused([problem.as_line() for problem in error.problems])
        except DomainError as error:
            return _refused([str(error)])
        except FileNotFoundError as error:
            return _refused([f"{error.filename}: there is no such file. Check the path."])
        except (IsADirectoryError, NotADirectoryError, PermissionError) as error:
            return _refused([f"{error.filename}: this cannot be opened as a file. Check the path and its permissions."])


def _refused(lines: list[str]) -> int:
    for line in lines:
        print(line, file=sys.stderr)
    return REFUSED


def prepare() -> None:
    """Bring database, translations and static files up to date."""
    catalogue.compile_all()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)


def _demo(options: argparse.Namespace) -> int:
    if not options.no_serve and (fault := serving.fault_of("127.0.0.1", options.port)):
        return _refused([fault])
    if fault := demo.fault_of(fresh=options.fresh):
        return _refused([fault])
    demo.clear(fresh=options.fresh)
    prepare()
    demo.build(people=options.people, seed=options.seed)
    os.environ["KAZIPOT_TODAY"] = demo.last_day()  # for the server, which reads the settings anew
    demo.tell(options.port)
    return 0 if options.no_serve else serving.serve("127.0.0.1", options.port)


def _serve(options: argparse.Namespace) -> int:
    if fault := serving.fault_of(options.host, options.port):
        return _refused([fault])
    prepare()
    return serving.serve(options.host, options.port)


def _keep_working(options: argparse.Namespace) -> int:
    """A worker outlives a database that is away for a while; what it had begun is done again."""
    while True:
        try:
            return _worker(options)
        except (OperationalError, InterfaceError) as error:
            connection.close()
            if options.once:
                raise
            print(f"{clock.now().isoformat(timespec='seconds')}  {error}".rstrip(), file=sys.stderr, flush=True)
            time.sleep(PAUSE)


def _worker(options: argparse.Namespace) -> int:
    while True:
        at = clock.now()
        forget_uploads(at=at)
        forget_candidates(at=at)
        forget_candidate_tests()
        forget_answer_files(at=at)
        forget_people_of_plans(at=at)
        forget_wrong_codes(at=clock.monotonic_now())
        mark_refused(at=at)
        watch_vacancies(at=at)
        reminded = remind_due(at=at) + run_weeks(at=at) + send_notices(at=at) + remind_of_seats(at=at)
        expired = expire_offers(at=at)
        refill_due(at=at)
        if settings.KAZIPOT_MAILDIR:
            receive_maildir(Path(settings.KAZIPOT_MAILDIR), at=at)
        delivered = outbox.deliver_due(at=clock.now())  # the round may have taken longer than a lease lasts
        print(f"{at.isoformat(timespec='seconds')}  {delivered}  reminded: {reminded}  expired: {expired}", flush=True)
        close_forgotten(at=at)
        count_exposure(at=at)
        look_over(at=at)
        revoke_corrected_certificates(at=at)
        issue_attendance_certificates(at=at)
        ask_for_evaluations(at=at)
        ask_for_knowledge(at=at)
        if rule := strategy.training_rule():
            work_out_outlook(at=at, notice_days=rule.notice_days, target=rule.target)
        if work_out_plan(at=at, moment=clock.monotonic_now()):
            continue  # others may wait, and so may mail
        if options.once:
            return 0
        time.sleep(PAUSE)


def _people(options: argparse.Namespace) -> int:
    at = clock.now()
    plan, roster = import_people(
        options.file,
        as_of=options.as_of or at.date(),
        at=at,
        dry_run=options.dry_run,
        confirm_leavers=options.confirm_leavers,
    )
    changes = organisation.changes_of(plan) if options.dry_run else []
    vacant = 0 if options.dry_run else watch_vacancies(at=at)[0]
    if options.json:
        told = {
            "dry_run": options.dry_run,
            **plan.summary(),
            "ignored_columns": roster.ignored_columns,
            "changes": [asdict(change) for change in changes],
            "new_vacancies": vacant,
        }
        print(json.dumps(told, ensure_ascii=False))
        return 0
    for change in changes:
        print(f"  {change.kind:<8} {change.name}: {change.text}")
    print("would change:" if options.dry_run else "changed:")
    for what, number in plan.summary().items():
        print(f"  {what}: {number}")
    if vacant:
        text = translation.ngettext(
            "%(number)s unit has no digital advisor now; its head is told.",
            "%(number)s units have no digital advisor now; their heads are told.",
            vacant,
        )
        print(text % {"number": vacant})
    for heading in roster.ignored_columns:
        print(f"  column not used: {heading}")
    if options.dry_run and plan.needs_confirmation:
        print("  more than 10 % of the employments would end: --confirm-leavers will be needed")
    return 0


def _framework(options: argparse.Namespace) -> int:
    book, added = import_framework_file(options.file, at=clock.now())
    held = {
        "areas": book.areas,
        "competences": len(book.descriptors),
        "statements": len(book.statements),
        "outcomes": len(book.outcomes),
    }
    print(json.dumps({"held": held, "added": added}))
    return 0


def _needs(options: argparse.Namespace) -> int:
    if options.action in ("protect", "audit"):
        return _protection(options)
    print(json.dumps(suggest_from_file(options.file), ensure_ascii=False, indent=1))
    return 0


def _verification(options: argparse.Namespace) -> int:
    if options.action in ("audit", "bounces"):
        if fault := _database_fault():
            return _refused([fault])
        return _audit(options) if options.action == "audit" else _bounces(options)
    if options.action == "replay":
        again = replay(options.sitting)
        if again is None:
            text = f"There is no sitting {options.sitting}. Its number stands in the reference of the result."
            return _refused([text])
        print(json.dumps(asdict(again), ensure_ascii=False))
        return 1 if again.differences else 0
    if options.action in ("items", "answers"):
        return run_items(options)
    if options.action == "calibrate":
        found = calibrate_file(options.file, options.model, options.out)
        told = {key: found[key] for key in ("model", "log_likelihood", "n_persons", "aic", "bic")}
        print(json.dumps({**told, "items": len(found["items"])}))
        return 0
    wish = Wish(
        options.people, options.cut, options.false_pass, options.false_fail, options.min_items, options.max_items,
        options.max_exposure, options.undecided, options.seed,
    )  # fmt: skip
    simulated = simulate_file(options.bank, wish)
    print(json.dumps(simulated, ensure_ascii=False) if options.json else simulation_text(simulated))
    return 0


def _audit(options: argparse.Namespace) -> int:
    """Impossible records; exit status 1 if there are any."""
    on = clock.today()
    found = verification.audit_of(on)
    people = verification.people_called(found)
    if options.json:
        print(json.dumps(audit_as_json(found, people, on), ensure_ascii=False))
    else:
        print(audit_as_text(found, people))
    return 1 if found else 0


def _bounces(options: argparse.Namespace) -> int:
    """Mark the addresses that delivery reports say have failed for good."""
    bounced = [(row.email, row.reason) for file in options.files for row in read_bounces(file.read_bytes())]
    new = note_bounces(bounced=bounced, at=clock.now(), actor=None)
    print(f"{len(bounced)} failed addresses, {new} of them new")
    return 0


def _protection(options: argparse.Namespace) -> int:
    """Protect a table or audit one; the audit goes to standard error and fails if a cell can be derived."""
    auditor = np.random.default_rng(SEED)
    rule: dict[str, Any] = {"k": options.k, "protect_zeros": options.protect_zeros}
    if options.action == "audit":
        table, intervals = audit_file(options.table, options.hierarchy, options.protected, auditor=auditor, **rule)
    else:
        chance = auditor if options.audit else None
        done = protect_file(options.table, options.hierarchy, options.out, auditor=chance, **rule)
        table, intervals = done.table, done.intervals
        found = done.protected
        print(
            f"{found.lost} of {found.published.size} cells suppressed, {found.small} of them small;"
            f" the fewest possible: {'this' if found.optimal else f'at least {found.bound}'}"
        )
        if not options.audit:
            return 0
    print(json.dumps(widths_as_json(table, intervals), ensure_ascii=False), file=sys.stderr)
    return 1 if any(interval.leaks for interval in intervals) else 0


def _training(options: argparse.Namespace) -> int:
    problem = read_instance(options.instance)
    if options.action == "plan":
        try:
            plan = solve(problem)
        except Infeasible:
            return _refused([clash_in_words(problem)])
        write_json(plan_as_json(plan), options.out)
        if options.report:
            write_json(report_as_json(problem, plan), options.report)
        print("\n".join(plan_in_words(problem, plan)))
        return 0
    verdict = check(problem, read_plan(options.plan))
    if options.json:
        print(json.dumps(verdict_as_json(verdict), ensure_ascii=False))
    else:
        print("\n".join(verdict_in_words(verdict)))
        for violation in verdict.violations:
            print(violation_in_words(violation), file=sys.stderr)
    return 1 if verdict.violations else 0


def _indicators(options: argparse.Namespace) -> int:
    as_of: date = options.as_of or clock.today()
    if options.action == "verify":
        differences = strategy.verify(options.as_of)
        for difference in differences:
            print(difference)
        return 1 if differences else 0
    if options.json:
        print(json.dumps(exports.as_json(as_of), ensure_ascii=False))
    else:
        print(exports.as_text(as_of))
    return 0


def _database_fault() -> str:
    """Why the records can't be used; empty when they can."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "The database is not up to date. Start ./kazipot serve once."
    except OperationalError as error:
        return f"The database cannot be reached: {error}. Check DATABASE_URL."
    return ""


def _doctor(_options: argparse.Namespace) -> int:
    fault = _database_fault()
    faults = [fault] if fault else []
    faults.extend(f"Translations: {fault}" for fault in catalogue.problems())
    folder: Path = settings.DATA
    if not os.access(folder, os.W_OK):
        faults.append(f"The data folder {folder} cannot be written. Change its owner or choose another with --data.")
    for fault in faults:
        print(fault)
    if not faults:
        print("Everything is in order.")
    return 1 if faults else 0


NEED_RECORDS = {"credentials", "mail", "people", "framework", "indicators", "worker"}
COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "demo": _demo,
    "serve": _serve,
    "worker": _keep_working,
    "mail": mail.receive,
    "people": _people,
    "framework": _framework,
    "needs": _needs,
    "training": _training,
    "verification": _verification,
    "credentials": run_credentials,
    "indicators": _indicators,
    "doctor": _doctor,
}
