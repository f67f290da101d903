"""What goes out of the verification room: calibrated items, and what simulated sittings say of a bank."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from numpy.random import PCG64, Generator

from kazipot.core.items.checking import faults_of
from kazipot.core.items.lint import findings_in
from kazipot.core.items.written import items_from_yaml
from kazipot.core.psychometrics.calibration import Calibration, Estimate, calibrate
from kazipot.core.psychometrics.pool import pool_of
from kazipot.core.psychometrics.simulation import fixed_form, rates, simulate, sit_fixed, tuned_exposure
from kazipot.core.psychometrics.sitting import Test, test_of
from kazipot.core.psychometrics.stopping import Rules
from kazipot.foundation.errors import Problem
from kazipot.verification.errors import ItemFaulty, as_problem
from kazipot.verification.imports import Bank, read_bank, read_responses, worded
from kazipot.verification.queries import shipped_items

FIXED_LENGTH = 30
DIGITS = 6


def calibrate_file(path: Path, model: str, out: Path) -> dict[str, Any]:
    """Calibrates the items of a file of answers and writes the bank as JSON. Raises InputRefused."""
    responses = read_responses(path)
    with worded(path.name):
        found = calibrate(responses, model)
    written = calibration_json(found)
    out.write_text(json.dumps(written, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    return written


def calibration_json(found: Calibration) -> dict[str, Any]:
    """A calibration as plain data: the bank's items with their standard errors, and the fit of the whole."""
    return {
        "model": found.model,
        "log_likelihood": round(found.log_likelihood, DIGITS),
        "n_persons": found.persons,
        "parameters": found.parameters,
        "aic": round(found.aic, DIGITS),
        "bic": round(found.bic, DIGITS),
        "standard_errors": found.errors_from,
        "last_change": found.last_change,
        "items": [_item_json(estimate) for estimate in found.estimates],
    }


def _item_json(estimate: Estimate) -> dict[str, Any]:
    item = estimate.item
    many = item.model in ("grm", "gpcm")
    errors: dict[str, Any] = {
        "a": round(estimate.se_a, DIGITS),
        "b": [round(error, DIGITS) for error in estimate.se_b] if many else round(estimate.se_b[0], DIGITS),
    }
    if item.model == "3pl":
        errors["c"] = round(estimate.se_c, DIGITS)
    return {
        "item": item.name,
        "a": round(item.a, DIGITS),
        "b": [round(step, DIGITS) for step in item.b] if many else round(item.b[0], DIGITS),
        "c": round(item.c, DIGITS),
        "se": errors,
        "answers": estimate.answers,
    }


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a simulation; 0 items stands for what fits the bank."""

    people: int
    cut: float
    false_pass: float
    false_fail: float
    min_items: int = 0
    max_items: int = 0
    max_exposure: float = 1.0
    undecided: bool = False
    seed: int = 1


def simulate_file(path: Path, wish: Wish) -> dict[str, Any]:
    """How sittings with a bank's items would go, for people with ability N(0, 1). Raises InputRefused."""
    bank = read_bank(path)
    with worded(path.name):
        test = _test(bank, wish)
        rng = Generator(PCG64(wish.seed))
        ability = rng.normal(size=wish.people)
        probabilities = tuned_exposure(test, rng)
        found = rates(test, simulate(test, ability, rng, probabilities))
    form = fixed_form(test, min(FIXED_LENGTH, test.pool.size))
    fixed = rates(test, sit_fixed(test, form, ability, rng))
    return {
        "mean_length": found.mean_length,
        "p95_length": found.p95_length,
        "false_pass": found.false_pass,
        "false_fail": found.false_fail,
        "false_near_cut": found.near_cut,
        "max_exposure": found.max_exposure,
        "blueprint_violations": found.blueprint_violations,
        "accuracy": found.accuracy,
        "undecided": found.undecided,
        "at_maximum_length": found.at_maximum,
        "minimum_length": test.rules.min_items,
        "maximum_length": test.rules.max_items,
        "people": {"below": found.below, "above": found.above, "near_cut": found.near},
        "rates_kept": found.false_pass <= wish.false_pass and found.false_fail <= wish.false_fail,
        "note": _note(test),
        "fixed_form": {
            "length": len(form),
            "false_pass": fixed.false_pass,
            "false_fail": fixed.false_fail,
            "false_near_cut": fixed.near_cut,
            "accuracy": fixed.accuracy,
        },
    }


def _test(bank: Bank, wish: Wish) -> Test:
    usual = Rules(wish.cut)
    most = wish.max_items or min(usual.max_items, max(len(bank.items), 1))
    rules = Rules(
        wish.cut, wish.false_pass, wish.false_fail, max_items=most,
        min_items=wish.min_items or min(usual.min_items, most), max_exposure=wish.max_exposure,
        unsure="undecided" if wish.undecided else "decide",
    )  # fmt: skip
    rules.refuse()
    return test_of(pool_of(bank.items, bank.blueprint), rules)


def _note(test: Test) -> str:
    if test.rules.unsure == "undecided":
        return _(
            "Who is too close to the pass mark to be told apart within the maximum length stays undecided and is asked "
            "again later."
        )
    return _(
        "Nobody can quickly decide about people at the pass mark. Their sittings end at the maximum length, or before "
        "it when further items would hardly turn the decision, and they pass or fail by the likelier side."
    )


def simulation_text(found: dict[str, Any]) -> str:
    """What a simulation found, for a terminal."""
    fixed = found["fixed_form"]
    lines = [
        _("items in a sitting: %(mean).1f on average, %(most).0f at the 95th percentile")
        % {"mean": found["mean_length"], "most": found["p95_length"]},
        _("false pass: %(passed).3f, false fail: %(failed).3f, near the pass mark: %(near).3f")
        % {"passed": found["false_pass"], "failed": found["false_fail"], "near": found["false_near_cut"]},
        _("undecided: %(undecided).3f, at the maximum length: %(most).3f")
        % {"undecided": found["undecided"], "most": found["at_maximum_length"]},
        _("shown most often: %(share).3f of people, sittings off the blueprint: %(off)d")
        % {"share": found["max_exposure"], "off": found["blueprint_violations"]},
        _("a fixed form of %(length)d items: false pass %(passed).3f, false fail %(failed).3f")
        % {"length": fixed["length"], "passed": fixed["false_pass"], "failed": fixed["false_fail"]},
        found["note"],
    ]
    if not found["rates_kept"]:
        lines.append(_("The error rates asked for were not kept: add items, or allow longer sittings."))
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of items found: how many there are, by area, with an artefact, and what gives answers away."""

    items: int
    artefacts: int
    areas: dict[str, int]
    findings: list[Problem]

    def as_json(self) -> dict[str, Any]:
        """The check as plain data."""
        return {
            "items": self.items, "artefacts": self.artefacts, "areas": self.areas,
            "findings": [finding.as_json() for finding in self.findings],
        }  # fmt: skip


def check_items(files: Sequence[Path]) -> Checked:
    """Items of YAML files, or those that ship. A file's name is the area of items that name none. Raises ItemFaulty."""
    found, faults = [], []
    if not files:
        found = shipped_items()
    for path in files:
        items, wrong = items_from_yaml(path.read_text(encoding="utf-8-sig"), area=path.stem)
        found += items
        faults += wrong
    faults += [fault for item in found for fault in faults_of(item)]
    if faults:
        raise ItemFaulty(faults)
    areas = Counter(item.area for item in found)
    seen = sum(bool(item.artefact) or any(part.artefact for part in item.parts) for item in found)
    return Checked(len(found), seen, dict(sorted(areas.items())), [as_problem(each) for each in findings_in(found)])
